"""Everything that is read of a campaign."""
