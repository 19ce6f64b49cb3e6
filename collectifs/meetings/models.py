"""What happens at meetings: gestures, who came, what changed, dates that are asked about, situations that members
propose, the one sheet of each.

Situations are read by their author, and by the pilot once sent. Gestures are rows of their meeting: whether it began
is read of them.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from collectifs.collectives.models import Meeting
from collectifs.kernel.extensions import Base
from collectifs.kernel.models import HasId, HasKey, Instant, KnownWord, Sealed, UtcDateTime, words
from collectifs.meetings.domain.attendance import AttendanceState
from collectifs.meetings.domain.devices import DeviceKind
from collectifs.meetings.domain.gesture_kinds import GestureKind
from collectifs.meetings.domain.planning import ChangeKind
from collectifs.meetings.domain.polls import Reply


class MeetingChange(HasId, Base):
    """The history of a meeting: planned, moved, cancelled. It holds the date and place from that moment on."""

    __tablename__ = "meeting_changes"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"), index=True)
    kind: Mapped[ChangeKind] = mapped_column(words(ChangeKind, 16))
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
    kind: Mapped[str] = mapped_column(KnownWord(GestureKind, 32))
    hand: Mapped[int]
    happened_at: Mapped[Instant]
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    is_private: Mapped[bool] = mapped_column(default=False)
    note_id: Mapped[UUID | None]
    body: Mapped[Sealed]


class Attendance(HasId, Base):
    """Who was at a meeting, as marked in the room; the last word counts."""

    __tablename__ = "attendances"
    __table_args__ = (
        UniqueConstraint("meeting_id", "user_id"),
        Index("ix_attendances_meeting_state", "meeting_id", "state"),  # who came is counted without the row
    )

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)
    state: Mapped[AttendanceState] = mapped_column(words(AttendanceState, 16))
    marked_at: Mapped[Instant]


class AttendanceChange(HasId, Base):
    """The history of an attendance that was ticked or corrected after the meeting: by whom, from what, to what."""

    __tablename__ = "attendance_changes"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"), index=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    before: Mapped[AttendanceState] = mapped_column(words(AttendanceState, 16), default=AttendanceState.UNMARKED)
    after: Mapped[AttendanceState] = mapped_column(words(AttendanceState, 16))
    at: Mapped[Instant]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))


class MeetingGuest(HasId, Base):
    """Somebody received for one meeting, without an account: a line of the attendance sheet."""

    __tablename__ = "meeting_guests"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    establishment: Mapped[str] = mapped_column(String(120), default="")
    state: Mapped[AttendanceState] = mapped_column(words(AttendanceState, 16), default=AttendanceState.UNMARKED)
    added_at: Mapped[Instant]
    added_by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))


class Situation(HasKey, Base):
    """A title, one sentence, a question; a story if wished. Sealed under a key of its own.

    `chosen` holds the id of the meeting that worked on it, sealed too: it tells who presented.
    """

    __tablename__ = "situations"

    collective_id: Mapped[UUID] = mapped_column(ForeignKey("collectives.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)
    title: Mapped[Sealed]
    sentence: Mapped[Sealed]
    question: Mapped[Sealed]
    story: Mapped[Sealed]
    chosen: Mapped[Sealed | None]
    shows_title: Mapped[bool] = mapped_column(default=False)
    sent_at: Mapped[Instant]
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class SynthesisSheet(HasKey, Base):
    """The one sheet of a meeting. `draft` is the working copy (JSON, sealed); `revision` counts its saves.

    `reopened_at`: a new draft was opened after a submission; the institution keeps reading what it has.
    `given_up_at`: the collective chose a meeting without a sheet.

    `presenter` is the id of the person who presented, sealed too: nobody outside may learn it. `kept_words`: hashes of
    the passages that the guard asked about and that were kept (JSON, sealed).
    """

    __tablename__ = "synthesis_sheets"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"), unique=True)
    draft: Mapped[Sealed]
    presenter: Mapped[Sealed | None]
    kept_words: Mapped[Sealed | None]
    revision: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    saved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    saved_on: Mapped[DeviceKind | None] = mapped_column(words(DeviceKind, 16))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    reopened_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    given_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    meeting: Mapped[Meeting] = relationship(lazy="raise", viewonly=True)


class ResourceAmendment(HasId, Base):
    """What the administration says of a resource of the library since it came; without a row the file holds."""

    __tablename__ = "resource_amendments"

    resource_id: Mapped[str] = mapped_column(String(40), unique=True)
    address: Mapped[str] = mapped_column(String(400), default="")
    checked_on: Mapped[date | None]
    is_hidden: Mapped[bool] = mapped_column(default=False)


class DatePoll(HasId, Base):
    """Some dates that a collective is asked about: for its next meeting, or for one (`meeting_id`) that has a date.

    One is open at a time. Answers are taken until `closes_at`; `closed_at` ends it, with the meeting that was planned
    or moved (`chosen_id`), or with none. Its options and their answers are deleted then. `least`: how many people must
    come for it to be worth while, when the pilot said so. `told_at`: when the pilots were told to choose.
    """

    __tablename__ = "date_polls"
    __table_args__ = (
        Index(
            "uq_date_polls_open",
            "collective_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    collective_id: Mapped[UUID] = mapped_column(ForeignKey("collectives.id"), index=True)
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("meetings.id"))
    least: Mapped[int | None]
    opened_at: Mapped[Instant]
    opened_by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    closes_at: Mapped[Instant]
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    closed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    chosen_id: Mapped[UUID | None] = mapped_column(ForeignKey("meetings.id"))

    options: Mapped[list["DateOption"]] = relationship(
        lazy="raise", viewonly=True, order_by="DateOption.starts_at, DateOption.id"
    )


class DateOption(HasId, Base):
    """A date, hours and a place that are proposed. One that somebody answered is struck, not deleted.

    `changed_at`: when its hours or its place last changed: answers given before are kept, and asked again.
    """

    __tablename__ = "date_options"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="hours"),
        CheckConstraint("place <> ''", name="place"),
    )

    poll_id: Mapped[UUID] = mapped_column(ForeignKey("date_polls.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[Instant]
    ends_at: Mapped[Instant]
    place: Mapped[str] = mapped_column(String(200))
    access_note: Mapped[str] = mapped_column(String(400), default="")
    commune: Mapped[str] = mapped_column(String(80), default="")
    insee: Mapped[str] = mapped_column(String(5), default="", server_default="")
    sequence: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[Instant]
    struck_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    answers: Mapped[list["DateAnswer"]] = relationship(lazy="raise", viewonly=True, order_by="DateAnswer.user_id")


class DateAnswer(Base):
    """What somebody said of a date; the last word counts."""

    __tablename__ = "date_answers"

    option_id: Mapped[UUID] = mapped_column(ForeignKey("date_options.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), primary_key=True, index=True)
    reply: Mapped[Reply] = mapped_column(words(Reply, 16))
    answered_at: Mapped[Instant]
