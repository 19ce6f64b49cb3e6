"""What is done after an act on a sheet."""
