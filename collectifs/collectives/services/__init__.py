"""Founding, inviting, piloting, leaving."""
