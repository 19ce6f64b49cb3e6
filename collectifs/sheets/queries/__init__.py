"""Sheets as people read them, their versions, what was agreed."""
