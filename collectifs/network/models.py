"""Days of workshops and who registers for them; programmes, who answers for each, what is written to these.

But for a former member's yes, no row here names an account: a registration, or a relay, knows an address, and whoever
proves it is its person.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from collectifs.kernel.extensions import Base
from collectifs.kernel.models import HasId, HasKey, Instant, Sealed, UtcDateTime, words
from collectifs.network.domain.directory import Audience
from collectifs.network.domain.event import EventKind
from collectifs.network.domain.registration import RegistrationState


class Event(HasId, Base):
    """A day of a territory. `slug` is its public address; it is read by nobody before `published_at`.

    `revision` grows with whatever changes a seat: who changes one writes it first, so that they come one by one.
    `calendar_sequence` counts what calendars were told (RFC 5545, SEQUENCE), at `said_at`. `cancel_words`: why it
    does not take place. `reminded_at`: when those who come were reminded of it, once.
    """

    __tablename__ = "events"
    __table_args__ = (
        CheckConstraint("place <> ''", name="place"),
        CheckConstraint("ends_at > starts_at", name="hours"),
    )

    territory_id: Mapped[UUID] = mapped_column(ForeignKey("territories.id"), index=True)
    season: Mapped[int]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[EventKind] = mapped_column(words(EventKind))
    title: Mapped[str] = mapped_column(String(160))
    invitation: Mapped[str] = mapped_column(String(1200), default="")
    starts_at: Mapped[Instant]
    ends_at: Mapped[Instant]
    place: Mapped[str] = mapped_column(String(200))
    closes_on: Mapped[date]
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    cancel_words: Mapped[str] = mapped_column(String(400), default="")
    calendar_sequence: Mapped[int] = mapped_column(default=0)
    said_at: Mapped[Instant]
    revision: Mapped[int] = mapped_column(default=0)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class EventSlot(HasId, Base):
    """A time of a day in which several workshops go on."""

    __tablename__ = "event_slots"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="hours"),)

    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[Instant]
    ends_at: Mapped[Instant]


class Workshop(HasId, Base):
    """A canvas with a host, in a room, for so many people. `summary`: what one does there, in two sentences.

    `host_address`: where the host's own link is mailed; nobody reads it but the manager. It goes with the host's name.
    `lost_at`: somebody whose presence was noted there erased their registration: nobody can ask them any more.
    """

    __tablename__ = "workshops"
    __table_args__ = (CheckConstraint("capacity > 0", name="capacity"),)

    slot_id: Mapped[UUID] = mapped_column(ForeignKey("event_slots.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(160))
    summary: Mapped[str] = mapped_column(String(500), default="")
    host: Mapped[str] = mapped_column(String(120), default="")
    host_address: Mapped[str] = mapped_column(String(254), default="", server_default="")
    room: Mapped[str] = mapped_column(String(80), default="")
    canvas_id: Mapped[str] = mapped_column(String(60), default="")
    capacity: Mapped[int]
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    lost_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class EventPartner(HasId, Base):
    """A programme that passes a day on, by a link that can be stopped. `slug`: the few letters of the link."""

    __tablename__ = "event_partners"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    slug: Mapped[str] = mapped_column(String(16), unique=True)
    made_at: Mapped[Instant]
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class Registration(HasId, Base):
    """Somebody who comes, by an address that they proved. Two people may share one.

    `comes_from`: the programme, collective or school that they name, if any. Withdrawn, a row keeps its instants.
    """

    __tablename__ = "registrations"
    __table_args__ = (Index("ix_registrations_event_state", "event_id", "state"),)

    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    partner_id: Mapped[UUID | None] = mapped_column(ForeignKey("event_partners.id", ondelete="SET NULL"))
    state: Mapped[RegistrationState] = mapped_column(words(RegistrationState, 16), default=RegistrationState.STARTED)
    given_name: Mapped[str] = mapped_column(String(80))
    family_name: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(254), index=True)
    comes_from: Mapped[str] = mapped_column(String(120), default="")
    started_at: Mapped[Instant]
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class RegistrationLink(HasId, Base):
    """A link of a registration, sent by mail with each of its mails; only the hash of its token is kept."""

    __tablename__ = "registration_links"

    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registrations.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    minted_at: Mapped[Instant]


class SlotChoice(Base):
    """What a registration asks of a slot, and has: one row for both, so that nobody sits twice at one time.

    `first_at`, `second_at`: since when each is wished for, which gives the order of its line. An offer stands until
    `offered_until`. `came_at`: the door saw them.
    """

    __tablename__ = "slot_choices"
    __table_args__ = (CheckConstraint("first_id <> second_id", name="two_wishes"),)

    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True)
    slot_id: Mapped[UUID] = mapped_column(
        ForeignKey("event_slots.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    first_id: Mapped[UUID | None] = mapped_column(ForeignKey("workshops.id"))
    second_id: Mapped[UUID | None] = mapped_column(ForeignKey("workshops.id"))
    first_at: Mapped[Instant]
    second_at: Mapped[Instant]
    seat_id: Mapped[UUID | None] = mapped_column(ForeignKey("workshops.id"), index=True)
    offer_id: Mapped[UUID | None] = mapped_column(ForeignKey("workshops.id"), index=True)
    offered_until: Mapped[datetime | None] = mapped_column(UtcDateTime(), index=True)
    came_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class HostLink(HasId, Base):
    """A link of whoever leads a workshop, who has no account; only the hash of its token is kept."""

    __tablename__ = "host_links"

    workshop_id: Mapped[UUID] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    minted_at: Mapped[Instant]


class WorkshopPage(HasKey, Base):
    """The page that a workshop leaves, of two headings as a sheet has, under a key of its own.

    `digest`: the text that was put to those who were there, while it is. `proposal_id`: this proposal, by which its
    mails are counted; writing again makes another. `revision` grows with each text, so that two hands never cross.
    """

    __tablename__ = "workshop_pages"

    workshop_id: Mapped[UUID] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"), unique=True)
    body: Mapped[Sealed]
    revision: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[Instant]
    digest: Mapped[str] = mapped_column(String(64), default="")
    proposal_id: Mapped[UUID | None]
    proposed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    deadline_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class PageObjection(HasKey, Base):
    """Somebody who was there holds the page back; `member`: their registration, sealed as the sentence is."""

    __tablename__ = "page_objections"

    page_id: Mapped[UUID] = mapped_column(ForeignKey("workshop_pages.id", ondelete="CASCADE"), index=True)
    member: Mapped[Sealed]
    sentence: Mapped[Sealed]
    raised_at: Mapped[Instant]


class Programme(HasId, Base):
    """A programme or an action of a territory: what it is, where, for whom; `season`: when it was written down.

    `confirmed_season`: the last season for which a relay said that this is right, at `confirmed_at`. Nobody else reads
    it before the first time.
    """

    __tablename__ = "programmes"
    __table_args__ = (CheckConstraint("name <> ''", name="name"),)

    territory_id: Mapped[UUID] = mapped_column(ForeignKey("territories.id"), index=True)
    season: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    about: Mapped[str] = mapped_column(String(400), default="")
    places: Mapped[str] = mapped_column(String(200), default="")
    audience: Mapped[Audience] = mapped_column(words(Audience, 16))
    made_at: Mapped[Instant]
    confirmed_season: Mapped[int | None]
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class Relay(HasId, Base):
    """Who answers for a programme, or for a whole territory when it names none, until the end of `season`.

    Public once its person said yes, at `agreed_at`. `asked_at`, `reminded_at`: when they were asked about the season to
    come, and reminded once it had begun.
    """

    __tablename__ = "relays"

    territory_id: Mapped[UUID] = mapped_column(ForeignKey("territories.id"), index=True)
    programme_id: Mapped[UUID | None] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"), index=True)
    given_name: Mapped[str] = mapped_column(String(80))
    family_name: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(254), index=True)
    season: Mapped[int]
    named_at: Mapped[Instant]
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class RelayLink(HasId, Base):
    """A link of a relay, sent by mail with each of their mails; only the hash of its token is kept."""

    __tablename__ = "relay_links"

    relay_id: Mapped[UUID] = mapped_column(ForeignKey("relays.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    minted_at: Mapped[Instant]


class RelayMessage(HasKey, Base):
    """A message to one relay: who writes, their address and their words, sealed together until it has left.

    Then its instants alone remain, until the season ends.
    """

    __tablename__ = "relay_messages"

    relay_id: Mapped[UUID] = mapped_column(ForeignKey("relays.id", ondelete="CASCADE"), index=True)
    body: Mapped[Sealed]
    written_at: Mapped[Instant]
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class Launch(HasId, Base):
    """A programme begun from one that works: what was taken over, until its call is open and after.

    The words are those of the call of `source_id`, its days (`days`, as they were) are only proposed, years later.
    `meetings` to `last_month`: what its series was, where enough collectives let it be said. No person stands here.
    """

    __tablename__ = "launches"

    territory_id: Mapped[UUID] = mapped_column(ForeignKey("territories.id"), index=True)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"), index=True)
    source_id: Mapped[UUID] = mapped_column(ForeignKey("territories.id"))
    call_id: Mapped[UUID | None] = mapped_column(ForeignKey("calls.id", ondelete="SET NULL"))
    made_at: Mapped[Instant]
    days: Mapped[list[str | None]] = mapped_column(JSON, default=list)
    title: Mapped[str] = mapped_column(String(160), default="")
    incitation: Mapped[str] = mapped_column(String(2000), default="")
    prerequisites: Mapped[str] = mapped_column(String(2000), default="")
    process: Mapped[str] = mapped_column(String(2000), default="")
    meetings: Mapped[int | None]
    minutes: Mapped[int | None]
    first_month: Mapped[int | None]
    last_month: Mapped[int | None]
    canvases: Mapped[list[str]] = mapped_column(JSON, default=list)


class FormerYes(HasId, Base):
    """What a former member says yes to for one season; `wishes` holds words of AfterWish. One a person and season."""

    __tablename__ = "former_yeses"
    __table_args__ = (UniqueConstraint("user_id", "season"),)

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    territory_id: Mapped[UUID] = mapped_column(ForeignKey("territories.id"), index=True)
    season: Mapped[int]
    wishes: Mapped[list[str]] = mapped_column(JSON, default=list)
    said_at: Mapped[Instant]
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
