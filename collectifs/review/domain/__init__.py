"""What an inspector may look for, in plain values."""
