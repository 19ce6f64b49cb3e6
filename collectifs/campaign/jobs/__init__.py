"""What the worker does for a campaign."""
