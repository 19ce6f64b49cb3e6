"""A collective, who belongs to it and when, who pilots it, who accepted its charter."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from collectifs.domain.person import Degree
from collectifs.extensions import Base
from collectifs.models.base import HasId, Instant, UtcDateTime, words


class Collective(HasId, Base):
    """About eight tutors of one territory, for one season. `code` stands for the name outside."""

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


class Membership(HasId, Base):
    """A person in a collective for a period; leaving ends it and says nothing more."""

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


class Pilotship(HasId, Base):
    """Who pilots a collective, from a day to a day."""

    __tablename__ = "pilotships"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)
    collective_id: Mapped[UUID] = mapped_column(ForeignKey("collectives.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    appointed_by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))


class CharterConsent(HasId, Base):
    """A person accepted a version of the charter for a collective."""

    __tablename__ = "charter_consents"
    __table_args__ = (UniqueConstraint("user_id", "collective_id", "version"),)

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    collective_id: Mapped[UUID] = mapped_column(ForeignKey("collectives.id"), index=True)
    version: Mapped[int]
    accepted_at: Mapped[Instant]
