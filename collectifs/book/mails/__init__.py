"""The mails of the book."""
