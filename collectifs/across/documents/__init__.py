"""Files that hold several subjects at once."""
