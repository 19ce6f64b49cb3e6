"""Rules that look across subjects."""
