"""The door: links, passwords, leaving."""
