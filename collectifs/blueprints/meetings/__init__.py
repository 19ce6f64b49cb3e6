"""A meeting before and after the room: its page, its preparation, the situations that members propose."""
