"""Situations: opened for their author, and for the pilot once sent."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from collectifs.extensions import db
from collectifs.models import Collective, Situation
from collectifs.queries.collectives import CollectiveAccess, collective_access
from collectifs.vault import Perished, open_sealed, place

NO_MEETING = UUID(int=0)
COLUMNS = ("title", "sentence", "question", "story")


@dataclass(frozen=True)
class SituationAccess:
    """A situation with the ids that the rules on access need."""

    situation: Situation
    access: CollectiveAccess


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


def get_situation(situation_id: UUID) -> SituationAccess | None:
    """A situation that was not withdrawn."""
    situation = db.session.get(Situation, situation_id)
    if situation is None or situation.withdrawn_at:
        return None
    collective = db.session.get_one(Collective, situation.collective_id)
    return SituationAccess(situation, collective_access(collective))


def open_situation(situation: Situation) -> OpenedSituation:
    """Its words. Raises Perished."""
    words = {
        column: open_sealed(
            getattr(situation, column),
            situation.key_id,
            place("situations", situation.id, column, situation.key_id),
        )
        for column in COLUMNS
    }
    return OpenedSituation(
        situation.id,
        situation.author_id,
        shows_title=situation.shows_title,
        sent_at=situation.sent_at,
        chosen_for=chosen_for(situation),
        **words,
    )


def chosen_for(situation: Situation) -> UUID | None:
    """The meeting that chose it, if one did. Raises Perished."""
    if situation.chosen is None:
        return None
    aad = place("situations", situation.id, "chosen", situation.key_id)
    meeting_id = UUID(open_sealed(situation.chosen, situation.key_id, aad))
    return None if meeting_id == NO_MEETING else meeting_id


def words_of(situation: Situation) -> OpenedSituation | None:
    """Its words, or None once they have perished."""
    try:
        return open_situation(situation)
    except Perished:
        return None


def situations_sent(collective_id: UUID) -> list[OpenedSituation]:
    """What the pilot reads: the situations sent to a collective and not withdrawn, oldest first."""
    return _opened(situation_rows(collective_id))


def situations_waiting(collective_id: UUID, meeting_id: UUID | None = None) -> list[OpenedSituation]:
    """What may still be chosen: those sent that no meeting worked on (`meeting_id` apart), oldest first."""
    return [each for each in situations_sent(collective_id) if each.chosen_for in (None, meeting_id)]


def situation_rows(collective_id: UUID) -> list[Situation]:
    """The rows of a collective's situations that were not withdrawn, oldest first."""
    return list(
        db.session.scalars(
            select(Situation)
            .where(Situation.collective_id == collective_id, Situation.withdrawn_at.is_(None))
            .order_by(Situation.sent_at, Situation.id)
        )
    )


def situations_by(author_id: UUID, collective_id: UUID) -> list[OpenedSituation]:
    """What a member proposed to a collective and did not withdraw, newest first."""
    rows = db.session.scalars(
        select(Situation)
        .where(
            Situation.author_id == author_id,
            Situation.collective_id == collective_id,
            Situation.withdrawn_at.is_(None),
        )
        .order_by(Situation.sent_at.desc(), Situation.id)
    )
    return _opened(list(rows))


def _opened(rows: list[Situation]) -> list[OpenedSituation]:
    return [opened for opened in map(words_of, rows) if opened]
