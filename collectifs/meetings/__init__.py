"""Meetings: dates and places, the agenda of two hours, who came, the situations that are brought, their papers."""
