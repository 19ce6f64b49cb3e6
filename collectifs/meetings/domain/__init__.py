"""The rules about meetings, in pure Python."""
