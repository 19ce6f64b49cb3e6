"""Every page of this area."""

from collectifs.blueprints.events import own, public
from collectifs.blueprints.events.area import bp

__all__ = ["bp", "own", "public"]
