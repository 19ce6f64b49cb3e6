"""The rules about sheets, in pure Python."""
