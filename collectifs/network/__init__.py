"""The network: days of workshops to which people of several collectives and programmes come."""
