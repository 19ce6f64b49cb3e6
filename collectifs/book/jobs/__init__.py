"""What the worker does for the book."""
