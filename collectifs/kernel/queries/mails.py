"""At which pace people want which mails, and what waits for the mail of the week."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from collectifs.kernel.extensions import db
from collectifs.kernel.models import HeldMail, MailChoice
from collectifs.kernel.work import Pace


def pace_of(user_id: UUID, kind: str) -> Pace:
    """How soon somebody wants a kind of mail; at once, when they never said."""
    choice = db.session.get(MailChoice, (user_id, kind))
    return choice.pace if choice else Pace.NOW


def choices_of(user_id: UUID) -> dict[str, MailChoice]:
    """The choices that somebody made, by the kind of mail."""
    query = select(MailChoice).where(MailChoice.user_id == user_id).order_by(MailChoice.kind)
    return {row.kind: row for row in db.session.scalars(query)}


def held_for(user_id: UUID, kinds: Iterable[str] | None = None) -> list[HeldMail]:
    """What waits for somebody's mail of the week (of some kinds), oldest first."""
    query = select(HeldMail).where(HeldMail.user_id == user_id).order_by(HeldMail.held_at, HeldMail.id)
    if kinds is not None:
        query = query.where(HeldMail.kind.in_(list(kinds)))
    return list(db.session.scalars(query))


def readers_held_before(instant: datetime) -> list[UUID]:
    """For whom something has waited since before an instant."""
    query = select(HeldMail.user_id).where(HeldMail.held_at < instant).distinct().order_by(HeldMail.user_id)
    return list(db.session.scalars(query))
