"""What is done later about notes."""
