"""What is read of the book."""
