"""What is read of the network."""
