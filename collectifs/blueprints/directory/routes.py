"""Every page of this area."""

from collectifs.blueprints.directory import keeping, launching, own, public
from collectifs.blueprints.directory.area import bp

__all__ = ["bp", "keeping", "launching", "own", "public"]
