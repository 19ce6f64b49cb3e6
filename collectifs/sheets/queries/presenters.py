"""Who has presented in a series: a memory for whoever pilots, from what is sealed, as long as it is not erased."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from collectifs.collectives.queries.collectives import MemberFacts
from collectifs.kernel.vault import Perished
from collectifs.meetings.models import Situation
from collectifs.meetings.queries.situations import chosen_for
from collectifs.sheets.queries.sheets import SheetAccess, open_presenter


@dataclass(frozen=True)
class Presenters:
    """The people who presented; `is_whole` is false once who presented at some meeting was erased."""

    ids: frozenset[UUID]
    is_whole: bool


def presenters_of(sheets: Iterable[SheetAccess], situations: Iterable[Situation]) -> Presenters:
    """Who presented in a series: by its sheets, and by its situations that were chosen."""
    authors = _authors(situations)
    ids, is_whole = set(authors.values()), True
    for sheet in (each.sheet for each in sheets):
        presenter = open_presenter(sheet)
        if presenter is not None:
            ids.add(presenter)
        elif sheet.presenter is not None and sheet.meeting_id not in authors:
            is_whole = False
    return Presenters(frozenset(ids), is_whole)


def _authors(situations: Iterable[Situation]) -> dict[UUID, UUID]:
    """Whose situation each meeting worked on."""
    found = {}
    for situation in situations:
        try:
            meeting_id = chosen_for(situation)
        except Perished:
            continue
        if meeting_id is not None:
            found[meeting_id] = situation.author_id
    return found


def never_presented(members: Iterable[MemberFacts], presenters: Presenters) -> list[MemberFacts]:
    """The present members who have not presented yet, by name; nobody as long as nobody has."""
    if not presenters.ids:
        return []
    return [member for member in members if member.user_id not in presenters.ids]
