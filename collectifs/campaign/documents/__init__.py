"""The papers of a call."""
