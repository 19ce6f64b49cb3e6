"""What the season comes to, in numbers: what the territory works on, what members say of it, whether to extend it."""
