"""Tutoring of pupils and students: programmes of a school, notebooks by codes, a tutor's own notes. Off by default."""
