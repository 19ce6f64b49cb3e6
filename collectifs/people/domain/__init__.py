"""The rules about people, in pure Python."""
