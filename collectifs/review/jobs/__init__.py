"""What a worker does for those who read."""
