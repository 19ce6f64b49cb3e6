"""The book of the year: what collectives agreed to give to everybody, in four formats of the same words."""
