"""The one number that screens ask for again and again."""

from uuid import UUID

from sqlalchemy import select

from collectifs.collectives.models import Meeting
from collectifs.kernel.extensions import db


def sequence_of(meeting_id: UUID) -> int | None:
    """How many gestures a meeting has received: one column, by primary key."""
    return db.session.scalar(select(Meeting.sequence).where(Meeting.id == meeting_id))
