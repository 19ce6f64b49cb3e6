"""Who has presented in a series: a memory for whoever pilots, from what is sealed, as long as it is not erased."""

from dataclasses import dataclass
from uuid import UUID

from collectifs.collectives.queries.collectives import MemberFacts, members_of
from collectifs.kernel.extensions import db
from collectifs.kernel.vault import Perished
from collectifs.meetings.models import SynthesisSheet
from collectifs.meetings.queries.situations import chosen_for, situation_rows
from collectifs.sheets.queries.sheets import open_presenter, sheet_ids_of


@dataclass(frozen=True)
class Presenters:
    """The people who presented; `is_whole` is false once who presented at some meeting was erased."""

    ids: frozenset[UUID]
    is_whole: bool


def presenters_of(collective_id: UUID) -> Presenters:
    """Who presented in the series: by the sheets, and by the situations that were chosen."""
    authors = _authors(collective_id)
    ids, is_whole = set(authors.values()), True
    for sheet in (db.session.get_one(SynthesisSheet, sheet_id) for sheet_id in sheet_ids_of(collective_id)):
        presenter = open_presenter(sheet)
        if presenter is not None:
            ids.add(presenter)
        elif sheet.presenter is not None and sheet.meeting_id not in authors:
            is_whole = False
    return Presenters(frozenset(ids), is_whole)


def _authors(collective_id: UUID) -> dict[UUID, UUID]:
    """Whose situation each meeting worked on."""
    found = {}
    for situation in situation_rows(collective_id):
        try:
            meeting_id = chosen_for(situation)
        except Perished:
            continue
        if meeting_id is not None:
            found[meeting_id] = situation.author_id
    return found


def never_presented(collective_id: UUID, presenters: Presenters) -> list[MemberFacts]:
    """The present members who have not presented yet, by name; nobody as long as nobody has."""
    if not presenters.ids:
        return []
    return [member for member in members_of(collective_id) if member.user_id not in presenters.ids]
