"""The one-page sheet: what it says, how the collective agrees to it, what leaves, what was tried afterwards."""
