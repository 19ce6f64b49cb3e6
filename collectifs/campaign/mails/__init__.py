"""What candidates are written, each at the address that they gave."""
