"""Mails at the end of a season."""
