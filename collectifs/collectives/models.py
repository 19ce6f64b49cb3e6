"""Collectives, their members and who pilots them, by periods; the charter's acceptances; the dates at which they meet.

What happens at a meeting has tables of its own; the date stands here because a deputy pilots for one.

Relationships are for reading (`viewonly`): services write ids. A neighbour that its query did not bring raises.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from collectifs.kernel.extensions import Base
from collectifs.kernel.models import HasId, HasKey, Instant, Sealed, UtcDateTime, words
from collectifs.people.domain.person import Degree
from collectifs.people.models import Territory, User


class Collective(HasId, Base):
    """About eight tutors of one territory, for one season. `code` stands for the name outside.

    `series_key_id` seals what belongs to the series (debriefs, parking lot); it is made with the first of them.
    `canvas_id` and `steps`: the canvas of its meetings, and its agenda when it was adapted for the whole series.
    `keeps_notes`: what was chosen for the series at its first meeting; None until somebody chose.
    `questionnaire_asked_at`: when its members were told of the questions of the end of the season.
    `proposed_days`: of a collective taken over from another, its days brought to this season, [day, from, to]; only
    proposed to whoever fixes dates. None for one that was made from nothing.
    `names_replies`: whether those who answered about a date see who said what; numbers alone otherwise.
    """

    __tablename__ = "collectives"
    __table_args__ = (
        UniqueConstraint("territory_id", "season", "code"),
        UniqueConstraint("territory_id", "season", "name"),
    )

    name: Mapped[str] = mapped_column(String(80))
    code: Mapped[str] = mapped_column(String(8))
    territory_id: Mapped[UUID] = mapped_column(ForeignKey("territories.id"), index=True)
    season: Mapped[int] = mapped_column(index=True)
    degree: Mapped[Degree | None] = mapped_column(words(Degree))
    created_at: Mapped[Instant]
    created_by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    series_key_id: Mapped[str | None] = mapped_column(String(32))
    canvas_id: Mapped[str] = mapped_column(String(60), default="")
    steps: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    keeps_notes: Mapped[bool | None]
    questionnaire_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    names_replies: Mapped[bool] = mapped_column(default=True, server_default=true())
    proposed_days: Mapped[list[list[str]] | None] = mapped_column(JSON(none_as_null=True))

    territory: Mapped[Territory] = relationship(lazy="raise", viewonly=True)


class Membership(HasId, Base):
    """A person in a collective for a period; leaving ends it and says nothing more.

    What follows the period is given by the person, if they wish, for the mix of the collective and travel costs:
    `setting` is the level or kind of school, `uai` its code, the communes those of work and of home, by name and by
    code (INSEE) once one is known to be meant; `phone` is for the
    pilot alone, until the person leaves or the season ends.
    """

    __tablename__ = "memberships"
    __table_args__ = (
        CheckConstraint("ends_at IS NULL OR ends_at >= starts_at", name="period"),
        Index(
            "uq_memberships_open",
            "user_id",
            "collective_id",
            unique=True,
            sqlite_where=text("ends_at IS NULL"),
            postgresql_where=text("ends_at IS NULL"),
        ),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)
    collective_id: Mapped[UUID] = mapped_column(ForeignKey("collectives.id"), index=True)
    starts_at: Mapped[Instant]
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    degree: Mapped[Degree | None] = mapped_column(words(Degree))
    tutoring_years: Mapped[int | None]
    setting: Mapped[str] = mapped_column(String(80), default="")
    school: Mapped[str] = mapped_column(String(120), default="")
    uai: Mapped[str] = mapped_column(String(8), default="")
    work_commune: Mapped[str] = mapped_column(String(80), default="")
    home_commune: Mapped[str] = mapped_column(String(80), default="")
    work_insee: Mapped[str] = mapped_column(String(5), default="", server_default="")
    home_insee: Mapped[str] = mapped_column(String(5), default="", server_default="")
    phone: Mapped[str] = mapped_column(String(20), default="", server_default="")

    user: Mapped[User] = relationship(lazy="raise", viewonly=True)
    collective: Mapped[Collective] = relationship(lazy="raise", viewonly=True)
    consents: Mapped[list["CharterConsent"]] = relationship(
        lazy="raise",
        viewonly=True,
        primaryjoin="and_(foreign(CharterConsent.user_id) == Membership.user_id,"
        " foreign(CharterConsent.collective_id) == Membership.collective_id)",
        order_by="CharterConsent.accepted_at",
    )


class MembershipStatus(Base):
    """A member accompanies somebody of this status."""

    __tablename__ = "membership_statuses"

    membership_id: Mapped[UUID] = mapped_column(ForeignKey("memberships.id"), primary_key=True)
    status_id: Mapped[UUID] = mapped_column(ForeignKey("accompanied_statuses.id"), primary_key=True)


class MembershipProposal(HasId, Base):
    """Somebody whom a manager would add after the first meeting: the pilot says yes or no.

    The name and address are emptied with a no.
    """

    __tablename__ = "membership_proposals"

    collective_id: Mapped[UUID] = mapped_column(ForeignKey("collectives.id"), index=True)
    given_name: Mapped[str] = mapped_column(String(80))
    family_name: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(254))
    proposed_by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    proposed_at: Mapped[Instant]
    agreed: Mapped[bool | None]
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    answered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))


class Pilotship(HasId, Base):
    """Who pilots a collective, from a day to a day; for one meeting only when `meeting_id` names it (a deputy)."""

    __tablename__ = "pilotships"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)
    collective_id: Mapped[UUID] = mapped_column(ForeignKey("collectives.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    appointed_by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("meetings.id"))

    user: Mapped[User] = relationship(lazy="raise", viewonly=True, foreign_keys=[user_id])
    collective: Mapped[Collective] = relationship(lazy="raise", viewonly=True)
    meeting: Mapped["Meeting | None"] = relationship(lazy="raise", viewonly=True)


class CharterConsent(HasId, Base):
    """A person accepted a version of the charter for a collective.

    `told_version`: the one that asks more, of which a mail told them since.
    """

    __tablename__ = "charter_consents"
    __table_args__ = (UniqueConstraint("user_id", "collective_id", "version"),)

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    collective_id: Mapped[UUID] = mapped_column(ForeignKey("collectives.id"), index=True)
    version: Mapped[int]
    accepted_at: Mapped[Instant]
    told_version: Mapped[int | None]


class FrameAdjustment(HasKey, Base):
    """Words that a collective adds to its charter, under the key of the series: the last that was agreed to holds.

    `asks_again`: each says yes before it holds; a correction of words does not ask.
    """

    __tablename__ = "frame_adjustments"
    __table_args__ = (UniqueConstraint("collective_id", "number"),)

    collective_id: Mapped[UUID] = mapped_column(ForeignKey("collectives.id"), index=True)
    number: Mapped[int]
    text: Mapped[Sealed]
    asks_again: Mapped[bool]
    proposed_at: Mapped[Instant]
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class FrameYes(Base):
    """Somebody's yes to an adjustment; pages count them and name nobody."""

    __tablename__ = "frame_yeses"

    adjustment_id: Mapped[UUID] = mapped_column(
        ForeignKey("frame_adjustments.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), primary_key=True)
    said_at: Mapped[Instant]


class Meeting(HasKey, Base):
    """A date, hours, a place (required: there is no other way to meet) and a prepared agenda.

    `steps` is the agenda as plain data, `prepared_at` when the pilot last saved it; `sequence` numbers
    the last event, for screens that poll. `calendar_sequence` counts what calendars were told (RFC 5545,
    SEQUENCE). A cancelled meeting leaves the series: the following ones take its number.
    `room_closes_at`: nothing is proposed past it. `keeps_notes` is false when it is held « sans notes ».
    `note_taker_id`: the member named as its secretary, who may open its screen and write.
    """

    __tablename__ = "meetings"
    __table_args__ = (
        Index(
            "uq_meetings_number",
            "collective_id",
            "number",
            unique=True,
            sqlite_where=text("cancelled_at IS NULL"),
            postgresql_where=text("cancelled_at IS NULL"),
        ),
        Index("ix_meetings_season", "collective_id", "cancelled_at", "ends_at", "starts_at"),  # counted without the row
        CheckConstraint("place <> ''", name="place"),
        CheckConstraint("ends_at > starts_at", name="hours"),
    )

    collective_id: Mapped[UUID] = mapped_column(ForeignKey("collectives.id"))
    number: Mapped[int]
    starts_at: Mapped[Instant]
    ends_at: Mapped[Instant]
    place: Mapped[str] = mapped_column(String(200))
    access_note: Mapped[str] = mapped_column(String(400), default="")
    commune: Mapped[str] = mapped_column(String(80), default="")
    insee: Mapped[str] = mapped_column(String(5), default="", server_default="")
    canvas_id: Mapped[str] = mapped_column(String(60))
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    spare_id: Mapped[str] = mapped_column(String(60), default="")
    spare_link: Mapped[str] = mapped_column(String(300), default="")
    prepared_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    room_closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    keeps_notes: Mapped[bool] = mapped_column(default=True)
    note_taker_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    sequence: Mapped[int] = mapped_column(default=0)
    notes_perished_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    calendar_sequence: Mapped[int] = mapped_column(default=0)
    week_reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    day_reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
