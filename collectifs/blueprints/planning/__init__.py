"""The dates and places of a series, and the paper to run a meeting by."""
