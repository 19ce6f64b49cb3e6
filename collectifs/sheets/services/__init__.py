"""Writing, proposing, agreeing, transmitting, withdrawing."""
