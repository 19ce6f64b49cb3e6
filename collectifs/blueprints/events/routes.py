"""Every page of this area."""

from collectifs.blueprints.events import managing, own, people, programme, public
from collectifs.blueprints.events.area import bp

__all__ = ["bp", "managing", "own", "people", "programme", "public"]
