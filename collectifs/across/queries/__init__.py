"""Reading across subjects."""
