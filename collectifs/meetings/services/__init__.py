"""Planning, preparing, marking who came, proposing a situation."""
