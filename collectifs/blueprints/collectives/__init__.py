"""A collective: its own page and its charter, and what a manager does around it."""
