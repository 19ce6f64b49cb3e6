"""Every page of this area."""

from collectifs.blueprints.tutoring import notebook, notes, papers, programmes
from collectifs.blueprints.tutoring.area import bp

__all__ = ["bp", "notebook", "notes", "papers", "programmes"]
