"""The formats of the book: an edition in, bytes out; the same edition gives the same bytes."""
