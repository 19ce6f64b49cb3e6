"""Every page of this area."""

from collectifs.blueprints.events import door, host, keeping, left_pages, managing, own, people, programme, public
from collectifs.blueprints.events.area import bp

__all__ = ["bp", "door", "host", "keeping", "left_pages", "managing", "own", "people", "programme", "public"]
