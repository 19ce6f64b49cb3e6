"""The papers of the network."""
