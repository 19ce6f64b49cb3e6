"""People: accounts, what was granted to them, their links, devices and failed attempts; territories and statuses."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from collectifs.kernel.extensions import Base
from collectifs.kernel.models import HasId, Instant, MadeApart, UtcDateTime, words
from collectifs.people.domain.person import Role
from collectifs.people.domain.sign_in import LinkPurpose


class Territory(HasId, Base):
    """An académie, or a département inside one.

    The contact is whom a tutor writes to; `convocation_columns` the columns that the academy's training
    software wants, in order: `[{"title", "holds"}]`, empty for the usual ones. The scheme is how papers name the
    training; what is empty is that of the académie.
    """

    __tablename__ = "territories"

    code: Mapped[str] = mapped_column(String(16), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("territories.id"))
    zone: Mapped[str] = mapped_column(String(1), default="A")
    timezone: Mapped[str] = mapped_column(String(40), default="Europe/Paris")
    contact_name: Mapped[str] = mapped_column(String(80), default="")
    contact_address: Mapped[str] = mapped_column(String(254), default="")
    convocation_columns: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    scheme_title: Mapped[str] = mapped_column(String(120), default="")
    organizer: Mapped[str] = mapped_column(String(120), default="")
    scheme_number: Mapped[str] = mapped_column(String(20), default="")
    module_number: Mapped[str] = mapped_column(String(20), default="")


class User(HasId, Base):
    """A person known by an address. `demo_line` tells, on the demo's sign-in page, who that is.

    `week_told_at`: when the mail of the week was last asked for.
    `ends_on`: the last day of the account, once its person was told; `erased_at`: nobody enters it any more, and its
    name stays while a paper that is kept bears it.
    `mail_delayed_at`: when a mail came back for another reason than the address (`mail_delay`, its code).
    `address_refused_at`: when a mail server said for good that nobody is there (`address_refusal`, its code).
    """

    __tablename__ = "users"

    given_name: Mapped[str] = mapped_column(String(80))
    family_name: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[Instant]
    is_demo: Mapped[bool] = mapped_column(default=False)
    demo_circle: Mapped[str | None] = mapped_column(String(16))
    demo_line: Mapped[str | None] = mapped_column(String(200))
    mail_delayed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    mail_delay: Mapped[str] = mapped_column(String(16), default="")
    week_told_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    address_refused_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    address_refusal: Mapped[str] = mapped_column(String(16), default="")
    ends_on: Mapped[date | None]
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class GrantedRole(HasId, Base):
    """A role given by a person to another, on a territory, until the season's end or, for a deputy, a nearer day.

    `stands_in_for_id`: the inspector who is away, and named this one, who may inspect there already, to read in their
    place.
    """

    __tablename__ = "granted_roles"
    __table_args__ = (
        Index(
            "uq_granted_roles_open",
            "user_id",
            "role",
            "territory_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL AND stands_in_for_id IS NULL"),
            postgresql_where=text("revoked_at IS NULL AND stands_in_for_id IS NULL"),
        ),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)
    role: Mapped[Role] = mapped_column(words(Role))
    territory_id: Mapped[UUID | None] = mapped_column(ForeignKey("territories.id"), index=True)
    qualification: Mapped[str] = mapped_column(String(80), default="")
    granted_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    granted_at: Mapped[Instant]
    ends_on: Mapped[date]
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    stands_in_for_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))


class Device(HasId, Base):
    """A browser in which a person is signed in, until it is closed or its time is over."""

    __tablename__ = "devices"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    label: Mapped[str] = mapped_column(String(80))
    bound_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class PersonalLink(HasId, Base):
    """A link sent by mail; only the hash of its token is kept.

    The addresses of a change are forgotten once both were told.
    `leads_to`: the page that was asked for when one had to sign in; it is kept here, never in the link.
    """

    __tablename__ = "personal_links"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(words(LinkPurpose, 16))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    collective_id: Mapped[UUID | None] = mapped_column(ForeignKey("collectives.id"))
    new_address: Mapped[str | None] = mapped_column(String(254))
    former_address: Mapped[str | None] = mapped_column(String(254))
    leads_to: Mapped[str | None] = mapped_column(String(200))
    minted_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class CalendarFeed(HasId, Base):
    """A person's own calendar address, revocable; only the hash of its token is kept."""

    __tablename__ = "calendar_feeds"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    made_at: Mapped[Instant]
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class DataCopy(MadeApart, Base):
    """Everything of somebody, as they asked for it: a zip, for seven days."""

    __tablename__ = "data_copies"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)


class SignInFailure(HasId, Base):
    """A failed attempt, counted per account, per token and loosely per address; subjects are hashed."""

    __tablename__ = "sign_in_failures"
    __table_args__ = (Index("ix_sign_in_failures_subject_at", "subject", "at"),)

    subject: Mapped[bytes] = mapped_column(LargeBinary(32))
    at: Mapped[Instant]


class AccompaniedStatus(HasId, Base):
    """A status of the people whom tutors accompany (« stagiaire à mi-temps »…): a list that the administration keeps.

    It changes every year (domain note 2.1), so it is no enumeration. A withdrawn one stays where it was chosen.
    """

    __tablename__ = "accompanied_statuses"

    label: Mapped[str] = mapped_column(String(80), unique=True)
    position: Mapped[int]
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
