"""The rules about collectives, in pure Python."""
