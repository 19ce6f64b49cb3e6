"""What is done with the book."""
