"""Territories, and who manages and inspects each of them."""
