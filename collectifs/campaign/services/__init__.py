"""What people do in a campaign."""
