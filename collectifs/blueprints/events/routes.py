"""Every page of this area."""

from collectifs.blueprints.events import (
    book_pages,
    door,
    host,
    keeping,
    left_pages,
    managing,
    own,
    people,
    programme,
    public,
)
from collectifs.blueprints.events.area import bp

__all__ = [
    "book_pages",
    "bp",
    "door",
    "host",
    "keeping",
    "left_pages",
    "managing",
    "own",
    "people",
    "programme",
    "public",
]
