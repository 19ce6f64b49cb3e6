"""Who is known, what they were granted, on which territory."""
