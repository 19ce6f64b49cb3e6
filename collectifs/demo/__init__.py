"""The demonstration: imaginary people, collectives and situations, written only into an empty database."""
