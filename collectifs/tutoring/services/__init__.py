"""What managers, heads and tutors do; nothing here commits."""
