"""Every page of this area."""

from collectifs.blueprints.book import answering, editing, pages, printing, public, removing, requests
from collectifs.blueprints.book.area import bp

__all__ = ["answering", "bp", "editing", "pages", "printing", "public", "removing", "requests"]
