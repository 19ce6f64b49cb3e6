"""A meeting, the events that it is made of, and who was there."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from collectifs.kernel.extensions import Base
from collectifs.kernel.models import HasId, Instant, KeyId, Sealed, UtcDateTime


class MeetingChange(HasId, Base):
    """The history of a meeting: planned, moved, cancelled. It holds the date and place from that moment on."""

    __tablename__ = "meeting_changes"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    starts_at: Mapped[Instant]
    ends_at: Mapped[Instant]
    place: Mapped[str] = mapped_column(String(200))
    at: Mapped[Instant]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))


class MeetingEvent(HasId, Base):
    """A gesture of a meeting; its state is folded from all of them.

    Steering carries no author and no device. The private lane goes only to its author. `note_id`: the note that
    it is about, so that whose words an edit belongs to is one indexed question.
    """

    __tablename__ = "meeting_events"
    __table_args__ = (
        UniqueConstraint("meeting_id", "sequence"),
        Index("ix_meeting_events_meeting_kind", "meeting_id", "kind"),
        Index("ix_meeting_events_note", "meeting_id", "note_id"),
    )

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"))
    sequence: Mapped[int]
    kind: Mapped[str] = mapped_column(String(32))
    hand: Mapped[int]
    happened_at: Mapped[Instant]
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    is_private: Mapped[bool] = mapped_column(default=False)
    note_id: Mapped[UUID | None]
    body: Mapped[Sealed]


class HandOffer(HasId, Base):
    """A square code by which another device takes *la main*: one use, two minutes; only its print is kept."""

    __tablename__ = "hand_offers"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"), index=True)
    offered_by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    made_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class PreparedDevice(HasId, Base):
    """A device that keeps the journal of a meeting, encrypted, so that nobody forgets that words wait on it.

    `kind` is « phone » or « computer »: what its owner would recognise, no more. `returned_at`: it said that all
    had left and that it erased its copy.
    """

    __tablename__ = "prepared_devices"
    __table_args__ = (UniqueConstraint("meeting_id", "device"),)

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)
    device: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(16))
    prepared_at: Mapped[Instant]
    seen_at: Mapped[Instant]
    returned_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class ParkedItem(HasId, Base):
    """A thing set aside for another time (« pense-bête »): it belongs to the series, and is sealed under it."""

    __tablename__ = "parked_items"

    collective_id: Mapped[UUID] = mapped_column(ForeignKey("collectives.id"), index=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"))
    key_id: Mapped[KeyId]
    text: Mapped[Sealed]
    parked_at: Mapped[Instant]


class Attendance(HasId, Base):
    """Who was at a meeting, as marked in the room; the last word counts."""

    __tablename__ = "attendances"
    __table_args__ = (UniqueConstraint("meeting_id", "user_id"),)

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)
    state: Mapped[str] = mapped_column(String(16))
    marked_at: Mapped[Instant]


class AttendanceChange(HasId, Base):
    """The history of an attendance that was ticked or corrected after the meeting: by whom, from what, to what."""

    __tablename__ = "attendance_changes"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"), index=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    before: Mapped[str] = mapped_column(String(16), default="")
    after: Mapped[str] = mapped_column(String(16))
    at: Mapped[Instant]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))


class MeetingGuest(HasId, Base):
    """Somebody received for one meeting, without an account: a line of the attendance sheet."""

    __tablename__ = "meeting_guests"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    establishment: Mapped[str] = mapped_column(String(120), default="")
    state: Mapped[str] = mapped_column(String(16), default="")
    added_at: Mapped[Instant]
    added_by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))


class FollowUp(HasId, Base):
    """What one member says became of the answers of a meeting, all of it optional.

    `body` is JSON sealed under the series: for each answer a state and a word. Nobody is asked for it.
    """

    __tablename__ = "follow_ups"
    __table_args__ = (UniqueConstraint("meeting_id", "user_id"),)

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)
    key_id: Mapped[KeyId]
    body: Mapped[Sealed]
    saved_at: Mapped[Instant]
