"""Every page of this area."""

from collectifs.blueprints.directory import after, keeping, launching, launching_one, own, public
from collectifs.blueprints.directory.area import bp

__all__ = ["after", "bp", "keeping", "launching", "launching_one", "own", "public"]
