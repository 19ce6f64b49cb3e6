"""What those who read are told by mail."""
