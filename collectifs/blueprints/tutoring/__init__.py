"""Tutoring of pupils and students: opening it, programmes, notebooks; a tutor's own notes."""
