"""Ways to go further, at the foot of a sheet: what it is filed under proposes them, or its pilot chose them."""

from collections.abc import Sequence

from collectifs.meetings.domain.resources import Resource, proposed
from collectifs.meetings.queries.resources import shelf
from collectifs.sheets.domain.sheet import SheetContent


def links_of(content: SheetContent | None, among: Sequence[Resource] | None = None) -> tuple[Resource, ...]:
    """Those that were chosen by hand, else the two that answer best to its tags; no query where there is neither.

    As they are kept now, or `among` those that are at hand: one that the administration hides is left out.
    """
    if not content or not content.tags:
        return ()
    chosen, found = content.tags.resource, shelf() if among is None else among
    return tuple(each for each in found if each.id in chosen) if chosen else proposed(content.tags.words(), found)
