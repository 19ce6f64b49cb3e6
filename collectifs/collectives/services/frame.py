"""Adjusting the frame of a collective: proposing a text, saying yes to it."""

from collections.abc import Set
from datetime import datetime
from uuid import UUID, uuid4

from collectifs.collectives.domain.frame import Adjustment, check_frame, check_is_asked, everybody_agrees, is_latest
from collectifs.collectives.domain.work import MailFrameAsked
from collectifs.collectives.models import Collective, FrameAdjustment, FrameYes
from collectifs.collectives.queries.collectives import CollectiveAccess, locked_collective
from collectifs.collectives.queries.frame import frame_of
from collectifs.kernel.audit import ask, record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.vault import make_key
from collectifs.kernel.vault.texts import seal_text
from collectifs.people.domain.person import Person


def series_key(collective: Collective) -> str:
    """The key of a series, made with the first thing that it seals (`collective` held by the caller)."""
    if collective.series_key_id is None:
        collective.series_key_id = make_key()
    return collective.series_key_id


def adjust_frame(
    access: CollectiveAccess, *, text: str, is_wording: bool, seen: int, now: datetime, by: Person
) -> FrameAdjustment:
    """Put other words to the collective. Whoever writes them says yes; a correction of words holds at once.

    Each of the others is asked by one mail. What waited for a yes is left. `seen`: the number of the last text that
    the form was filled on.
    """
    collective, frame = locked_collective(access.collective.id), frame_of(access)
    check_frame(text, frame, collective.season, now.date())
    if not is_latest(seen, frame.adjustments):
        raise RuleBroken("Quelqu’un a proposé un autre cadre entre-temps : relisez-le avant d’envoyer le vôtre.")
    row = FrameAdjustment(
        id=uuid4(),
        collective_id=collective.id,
        number=seen + 1,
        key_id=series_key(collective),
        asks_again=not is_wording,
        proposed_at=now,
    )
    seal_text(row, FrameAdjustment.text, text)
    db.session.add(row)
    db.session.flush()
    record("frame_adjusted", row, by=by)
    if not _add_yes(row, {by.id}, frame.members, now, by.id):
        for user_id in sorted(frame.members - {by.id}):
            ask(MailFrameAsked(user_id, row.id))
    return row


def agree_to_frame(access: CollectiveAccess, *, number: int, now: datetime, by: Person) -> bool:
    """One's own yes to the text that waits. Says whether it holds from now on."""
    locked_collective(access.collective.id)
    frame = frame_of(access)
    return _say_yes(check_is_asked(frame, number, by.id), frame.members, now, by.id)


def accept_frame_with_charter(access: CollectiveAccess, *, now: datetime, by: Person) -> None:
    """Whoever accepts the charter has read what waits beside it: their yes counts there too."""
    frame = frame_of(access)
    if frame.adjustments and by.id not in frame.adjustments[-1].yes:
        _say_yes(frame.adjustments[-1], frame.members | {by.id}, now, by.id)


def _say_yes(waiting: Adjustment, members: frozenset[UUID], now: datetime, user_id: UUID) -> bool:
    row = db.session.get_one(FrameAdjustment, waiting.id)
    return _add_yes(row, waiting.yes | {user_id}, members, now, user_id)


def _add_yes(row: FrameAdjustment, yes: Set[UUID], members: Set[UUID], now: datetime, user_id: UUID) -> bool:
    db.session.add(FrameYes(adjustment_id=row.id, user_id=user_id, said_at=now))
    if row.agreed_at is None and (not row.asks_again or everybody_agrees(members, yes)):
        row.agreed_at = now
        record("frame_agreed", row, by=None)
    db.session.flush()
    return row.agreed_at is not None
