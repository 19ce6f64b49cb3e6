"""The book of the year: its editing, the yes of each person, what everybody reads."""
