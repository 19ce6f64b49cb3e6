"""A meeting, the events that it is made of, and who was there."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from collectifs.extensions import Base
from collectifs.models.base import HasId, Instant, KeyId, Sealed, UtcDateTime


class Meeting(HasId, Base):
    """A date, hours, a place (required: there is no other way to meet) and a prepared agenda.

    `steps` is the agenda as plain data, `prepared_at` when the pilot last saved it; `sequence` numbers
    the last event, for screens that poll.
    """

    __tablename__ = "meetings"
    __table_args__ = (
        UniqueConstraint("collective_id", "number"),
        CheckConstraint("place <> ''", name="place"),
        CheckConstraint("ends_at > starts_at", name="hours"),
    )

    collective_id: Mapped[UUID] = mapped_column(ForeignKey("collectives.id"), index=True)
    number: Mapped[int]
    starts_at: Mapped[Instant]
    ends_at: Mapped[Instant]
    place: Mapped[str] = mapped_column(String(200))
    access_note: Mapped[str] = mapped_column(String(400), default="")
    canvas_id: Mapped[str] = mapped_column(String(60))
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    spare_id: Mapped[str] = mapped_column(String(60), default="")
    prepared_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    key_id: Mapped[KeyId]
    sequence: Mapped[int] = mapped_column(default=0)
    notes_perished_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class MeetingEvent(HasId, Base):
    """A gesture of a meeting; its state is folded from all of them.

    Steering carries no author and no device. The private lane goes only to its author.
    """

    __tablename__ = "meeting_events"
    __table_args__ = (
        UniqueConstraint("meeting_id", "sequence"),
        Index("ix_meeting_events_meeting_kind", "meeting_id", "kind"),
    )

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"))
    sequence: Mapped[int]
    kind: Mapped[str] = mapped_column(String(32))
    hand: Mapped[int]
    happened_at: Mapped[Instant]
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    is_private: Mapped[bool] = mapped_column(default=False)
    body: Mapped[Sealed]


class Attendance(HasId, Base):
    """Who was at a meeting, as marked in the room; the last word counts."""

    __tablename__ = "attendances"
    __table_args__ = (UniqueConstraint("meeting_id", "user_id"),)

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)
    state: Mapped[str] = mapped_column(String(16))
    marked_at: Mapped[Instant]
