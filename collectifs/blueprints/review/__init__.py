"""The inspection's reading of what the collectives let out."""
