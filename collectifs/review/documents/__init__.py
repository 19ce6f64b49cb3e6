"""Sheets of several collectives in one file."""
