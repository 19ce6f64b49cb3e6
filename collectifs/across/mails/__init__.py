"""Mails that time alone asks for, about what waits for somebody."""
