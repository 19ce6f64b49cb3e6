"""Two ways to go further, at the foot of a sheet: what it is filed under proposes them."""

from collectifs.meetings.domain.resources import Resource, proposed
from collectifs.meetings.queries.resources import shelf
from collectifs.sheets.domain.sheet import SheetContent


def links_of(content: SheetContent | None) -> tuple[Resource, ...]:
    """The resources that answer to its tags, as they are kept now; none, and no query, for a sheet without tags."""
    return proposed(content.tags.words(), shelf()) if content and content.tags else ()
