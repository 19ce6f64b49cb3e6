"""Rules in pure Python: a text and a context go in, marks come out."""
