"""The rules of the book, in pure Python."""
