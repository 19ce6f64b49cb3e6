"""The rules of the network."""
