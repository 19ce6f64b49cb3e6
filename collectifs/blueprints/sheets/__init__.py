"""The sheet: written, put to the collective, read, let out, taken back."""
