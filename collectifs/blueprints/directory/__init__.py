"""The directory of programmes: everybody's page, a relay's own, a manager's."""
