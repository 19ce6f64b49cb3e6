"""The guard of anonymity: which words of a text could tell a reader who is spoken of."""
