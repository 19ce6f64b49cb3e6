"""What was answered and counted, read."""
