"""The first page, and the pages that everybody may read."""
