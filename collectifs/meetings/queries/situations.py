"""Situations: opened for their author, and for the pilot once sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from collectifs.collectives.domain.piloting import deputy_still_chooses
from collectifs.collectives.models import Meeting
from collectifs.collectives.queries.collectives import CollectiveAccess, get_collective
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.vault import Perished, Tampered
from collectifs.kernel.vault.texts import open_text, text_or_closed
from collectifs.meetings.models import Situation

NO_MEETING = UUID(int=0)
WORDS = (Situation.title, Situation.sentence, Situation.question, Situation.story)


@dataclass(frozen=True)
class SituationAccess:
    """A situation with the ids that the rules on access need. `deputy_ids`: who stands in at the meeting it is for."""

    situation: Situation
    access: CollectiveAccess
    deputy_ids: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class OpenedSituation:
    """A situation in clear."""

    id: UUID
    author_id: UUID
    title: str
    sentence: str
    question: str
    story: str
    shows_title: bool
    sent_at: datetime
    chosen_for: UUID | None = None


@dataclass(frozen=True)
class ShownTitle:
    """A title as a member reads it before the meeting: never with a name, unless it is their own."""

    id: UUID
    title: str
    is_mine: bool
    is_shown: bool


def get_situation(situation_id: UUID) -> SituationAccess | None:
    """A situation that was not withdrawn."""
    situation = db.session.get(Situation, situation_id)
    access = get_collective(situation.collective_id) if situation and not situation.withdrawn_at else None
    return SituationAccess(situation, access, _deputies(situation, access)) if situation and access else None


def _deputies(situation: Situation, access: CollectiveAccess) -> frozenset[UUID]:
    """They read what was chosen for their meeting and, until the room has chosen, what waits."""
    try:
        meeting_id, now = chosen_for(situation), clock.now()
    except Perished:
        return frozenset()
    meetings = {
        each.meeting_id
        for each in access.deputies
        if each.meeting_id == meeting_id or (meeting_id is None and deputy_still_chooses(each.meeting_ends_at, now))
    }
    return frozenset[UUID]().union(*(access.deputies_for(each) for each in meetings))


def open_situation(situation: Situation) -> OpenedSituation:
    """Its words, each on its own: one that does not open says so. Raises Perished."""
    words = {column.key: text_or_closed(situation, column) for column in WORDS}
    return OpenedSituation(
        situation.id,
        situation.author_id,
        shows_title=situation.shows_title,
        sent_at=situation.sent_at,
        chosen_for=_chosen_if_known(situation),
        **words,
    )


def chosen_for(situation: Situation) -> UUID | None:
    """The meeting that chose it, if one did. Raises Perished, also when that does not open."""
    if situation.chosen is None:
        return None
    try:
        meeting_id = UUID(open_text(situation, Situation.chosen))
    except Tampered:
        raise Perished from None
    return None if meeting_id == NO_MEETING else meeting_id


def _chosen_if_known(situation: Situation) -> UUID | None:
    try:
        return chosen_for(situation)
    except Perished:
        return None


def words_of(situation: Situation) -> OpenedSituation | None:
    """Its words, or None once they have perished."""
    try:
        return open_situation(situation)
    except Perished:
        return None


_SENT = (
    select(Situation)
    .where(Situation.collective_id == bindparam("collective_id"), Situation.withdrawn_at.is_(None))
    .order_by(Situation.sent_at, Situation.id)
)


def situation_rows(collective_id: UUID) -> list[Situation]:
    """The rows of a collective's situations that were not withdrawn, oldest first."""
    return list(db.session.scalars(_SENT, {"collective_id": collective_id}))


def opened_among(rows: Iterable[Situation]) -> list[OpenedSituation]:
    """The words of those that have not perished: what the pilot reads."""
    return [opened for opened in map(words_of, rows) if opened]


def waiting_among(rows: Iterable[Situation], meeting_id: UUID | None = None) -> list[OpenedSituation]:
    """What may still be chosen: those that no meeting worked on (`meeting_id` apart)."""
    return [each for each in opened_among(rows) if each.chosen_for in (None, meeting_id)]


def written_by(author_id: UUID, rows: Iterable[Situation]) -> list[OpenedSituation]:
    """What a member wrote among them, newest first."""
    own = [row for row in rows if row.author_id == author_id]
    return opened_among(sorted(own, key=lambda row: row.sent_at, reverse=True))


def situations_by(author_id: UUID, collective_id: UUID) -> list[OpenedSituation]:
    """What a member proposed to a collective and did not withdraw, newest first."""
    return written_by(author_id, situation_rows(collective_id))


def reader_ids_of(access: CollectiveAccess) -> frozenset[UUID]:
    """Who reads a situation that waits, besides its author: those who pilot, and who stands in at a coming meeting."""
    now = clock.now()
    deputies = {each.user_id for each in access.deputies if deputy_still_chooses(each.meeting_ends_at, now)}
    return access.pilot_ids | (deputies & access.member_ids)


def situations_for(
    rows: Iterable[Situation], access: CollectiveAccess, meeting: Meeting, reader_id: UUID
) -> list[OpenedSituation]:
    """What may be chosen in a meeting, for who runs it: once it is over, a deputy reads only what was chosen."""
    waiting = waiting_among(rows, meeting.id)
    if reader_id in access.pilot_ids or deputy_still_chooses(meeting.ends_at, clock.now()):
        return waiting
    return [each for each in waiting if each.chosen_for == meeting.id]


def titles_shown(collective_id: UUID, reader_id: UUID) -> list[ShownTitle]:
    """What members read of the situations that wait: the titles that their authors show, and one's own."""
    return [
        ShownTitle(each.id, each.title, each.author_id == reader_id, each.shows_title)
        for each in waiting_among(situation_rows(collective_id))
        if each.shows_title or each.author_id == reader_id
    ]
