"""What time alone decides, in every subject."""
