"""Days of workshops: their public page, one's own registration, and their manager's pages."""
