"""The report on paper, and its charts."""
