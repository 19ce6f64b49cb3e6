"""Dates that a collective is asked about: the pilot proposes some, each member answers, the pilot chooses."""
