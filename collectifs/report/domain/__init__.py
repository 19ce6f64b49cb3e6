"""The rules about the end of a season, in pure Python."""
