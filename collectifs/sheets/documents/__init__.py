"""The page of the sheet."""
