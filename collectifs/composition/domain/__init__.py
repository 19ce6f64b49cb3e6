"""The rules of composition, in pure Python: what a good draft is, and how one is looked for."""
