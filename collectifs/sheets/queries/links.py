"""Ways to go further, at the foot of a sheet: what it is filed under proposes them, or its pilot chose them."""

from collectifs.meetings.domain.resources import Resource, proposed
from collectifs.meetings.queries.resources import shelf
from collectifs.sheets.domain.sheet import SheetContent


def links_of(content: SheetContent | None) -> tuple[Resource, ...]:
    """Those that were chosen by hand, else the two that answer best to its tags; no query where there is neither.

    As they are kept now: one that the administration hides is left out.
    """
    if not content or not content.tags:
        return ()
    chosen = content.tags.resource
    return tuple(each for each in shelf() if each.id in chosen) if chosen else proposed(content.tags.words(), shelf())
