"""What can be attested of somebody today: meetings, workshops, roles; and the attestations that they made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func, select

from collectifs.book.models import Book, BookConsent, BookEntry
from collectifs.collectives.models import Collective, Meeting, Pilotship
from collectifs.engagement.domain.lines import EngagementLine, LineKind, is_same_name, still_attested
from collectifs.engagement.models import ChosenLine, Engagement
from collectifs.kernel.extensions import db
from collectifs.kernel.seasons import season_ends_on
from collectifs.meetings.domain.attendance import CAME, minutes_between
from collectifs.meetings.models import Attendance
from collectifs.network.models import Event, EventSlot, Registration, SlotChoice, Workshop
from collectifs.people.models import Territory, User
from collectifs.tutoring.models import Notebook, TutoringProgramme


@dataclass(frozen=True)
class EngagementAccess:
    """An attestation, by whoever made it."""

    engagement: Engagement

    @property
    def id(self) -> UUID:
        """The id of the attestation."""
        return self.engagement.id

    @property
    def user_id(self) -> UUID:
        """Whose it is."""
        return self.engagement.user_id


def lines_of(user_id: UUID, today: date) -> list[EngagementLine]:
    """Everything that the data attest of somebody until today, by day."""
    user = db.session.get_one(User, user_id)
    there = [*_meetings(user_id), *_workshops(user.address), *_led(user.address)]
    found = [*there, *_roles(user_id, today), *_written(user_id, today), *_tutoring(user_id, today)]
    return sorted((each for each in found if each.day <= today), key=lambda each: each.order)


def _meetings(user_id: UUID) -> Iterator[EngagementLine]:
    rows = db.session.execute(
        select(Meeting, Territory.timezone)
        .join(Attendance, Attendance.meeting_id == Meeting.id)
        .join(Collective, Collective.id == Meeting.collective_id)
        .join(Territory, Territory.id == Collective.territory_id)
        .where(Attendance.user_id == user_id, Attendance.state.in_(CAME), Meeting.cancelled_at.is_(None))
        .order_by(Meeting.starts_at, Meeting.id)
    )
    for row, zone in rows:
        day = row.starts_at.astimezone(ZoneInfo(zone)).date()
        yield EngagementLine(LineKind.MEETING, f"meeting:{row.id}", day, minutes_between(row.starts_at, row.ends_at))


def _roles(user_id: UUID, today: date) -> Iterator[EngagementLine]:
    """A collective that was led, until the end of its season at the latest; a meeting led in somebody's place."""
    rows = db.session.execute(
        select(Pilotship, Collective.season)
        .join(Collective, Collective.id == Pilotship.collective_id)
        .where(Pilotship.user_id == user_id)
        .order_by(Pilotship.starts_on, Pilotship.id)
    )
    for row, season in rows:
        last = min(row.ends_on or season_ends_on(season), season_ends_on(season), today)
        kind = LineKind.DEPUTY if row.meeting_id else LineKind.PILOT
        if last >= row.starts_on:
            yield EngagementLine(kind, f"pilot:{row.id}", row.starts_on, until=last)


def _workshops(address: str) -> Iterator[EngagementLine]:
    rows = db.session.execute(
        select(SlotChoice, EventSlot, Territory.timezone)
        .join(Registration, Registration.id == SlotChoice.registration_id)
        .join(EventSlot, EventSlot.id == SlotChoice.slot_id)
        .join(Event, Event.id == EventSlot.event_id)
        .join(Territory, Territory.id == Event.territory_id)
        .where(Registration.address == address, SlotChoice.came_at.is_not(None))
        .order_by(EventSlot.starts_at, EventSlot.id)
    )
    for choice, slot, zone in rows:
        day, key = (
            slot.starts_at.astimezone(ZoneInfo(zone)).date(),
            f"workshop:{choice.registration_id.hex}:{slot.id.hex}",
        )
        yield EngagementLine(LineKind.WORKSHOP, key, day, minutes_between(slot.starts_at, slot.ends_at))


def _led(address: str) -> Iterator[EngagementLine]:
    """Workshops whose host is known by this address, which is that of the account: a link of it proved it."""
    rows = db.session.execute(
        select(Workshop.id, EventSlot.starts_at, EventSlot.ends_at, Territory.timezone)
        .join(EventSlot, EventSlot.id == Workshop.slot_id)
        .join(Event, Event.id == EventSlot.event_id)
        .join(Territory, Territory.id == Event.territory_id)
        .where(Workshop.host_address == address, Workshop.cancelled_at.is_(None), Event.cancelled_at.is_(None))
        .where(exists().where(SlotChoice.seat_id == Workshop.id, SlotChoice.came_at.is_not(None)))
        .order_by(EventSlot.starts_at, Workshop.id)
    )
    for workshop_id, starts_at, ends_at, zone in rows:
        day = starts_at.astimezone(ZoneInfo(zone)).date()
        yield EngagementLine(LineKind.HOST, f"host:{workshop_id}", day, minutes_between(starts_at, ends_at))


def _written(user_id: UUID, today: date) -> Iterator[EngagementLine]:
    """One line a book: since when, and how many of its pages come from a meeting or a workshop where one was.

    A page is printed with everybody's yes. Which page is never said, nor how many were taken back. One printed since
    that day does not count: a paper made then stays the same.
    """
    since = datetime.combine(today + timedelta(days=1), time(), UTC)
    rows = db.session.execute(
        select(BookEntry.book_id, func.min(BookEntry.printed_at), func.count(BookEntry.id), Territory.timezone)
        .join(BookConsent, BookConsent.entry_id == BookEntry.id)
        .join(Book, Book.id == BookEntry.book_id)
        .join(Territory, Territory.id == Book.territory_id)
        .where(BookConsent.user_id == user_id, BookEntry.printed_at < since)
        .where(BookEntry.withdrawn_at.is_(None), BookEntry.set_aside_at.is_(None))
        .group_by(BookEntry.book_id, Territory.timezone)
        .order_by(BookEntry.book_id)
    )
    for book_id, printed_at, pages, zone in rows:
        if printed_at is not None:
            day = printed_at.astimezone(ZoneInfo(zone)).date()
            yield EngagementLine(LineKind.BOOK, f"book:{book_id}", day, pages=pages)


def _tutoring(user_id: UUID, today: date) -> Iterator[EngagementLine]:
    """While they live: the notebooks that one keeps, the programmes that one heads."""
    kept = db.session.execute(
        select(Notebook, TutoringProgramme.season)
        .join(TutoringProgramme, TutoringProgramme.id == Notebook.programme_id)
        .where(Notebook.user_id == user_id)
        .order_by(Notebook.made_at, Notebook.id)
    )
    for row, season in kept:
        last = min(row.left_at.date() if row.left_at else today, season_ends_on(season), today)
        yield EngagementLine(LineKind.TUTORING, f"tutoring:{row.id}", row.made_at.date(), until=last)
    headed = select(TutoringProgramme).where(TutoringProgramme.head_id == user_id)
    for programme in db.session.scalars(headed.order_by(TutoringProgramme.made_at, TutoringProgramme.id)):
        last = min(season_ends_on(programme.season), today)
        yield EngagementLine(LineKind.HEAD, f"head:{programme.id}", programme.made_at.date(), until=last)


def engagements_of(user_id: UUID) -> list[Engagement]:
    """What somebody made, the latest first."""
    query = select(Engagement).where(Engagement.user_id == user_id)
    return list(db.session.scalars(query.order_by(Engagement.made_at.desc(), Engagement.id)))


def get_engagement(engagement_id: UUID) -> EngagementAccess | None:
    """An attestation."""
    row = db.session.get(Engagement, engagement_id)
    return EngagementAccess(row) if row else None


def attested_in(row: Engagement) -> list[EngagementLine]:
    """Which of its lines the data still attest, as they stood the day it was made: the same bytes each time."""
    keys = db.session.scalars(
        select(ChosenLine.key).where(ChosenLine.engagement_id == row.id).order_by(ChosenLine.key)
    ).all()
    return still_attested(lines_of(row.user_id, row.made_at.date()), keys)


def how_many_chosen(row: Engagement) -> int:
    """How many lines it had when it was made."""
    keys = select(ChosenLine.key).where(ChosenLine.engagement_id == row.id).order_by(ChosenLine.key)
    return len(db.session.scalars(keys).all())


def engagement_checked(code: str, name: str) -> Engagement | None:
    """The attestation that bears this code and this name: both, or nothing is found."""
    row = db.session.scalars(select(Engagement).where(Engagement.code == code)).one_or_none() if code else None
    user = db.session.get(User, row.user_id) if row else None
    return row if user and is_same_name(name, f"{user.given_name} {user.family_name}") else None


def code_is_taken(code: str) -> bool:
    """Whether a code is somebody's already."""
    return db.session.scalars(select(Engagement.id).where(Engagement.code == code)).first() is not None


def engagement_ids_before(season: int) -> list[UUID]:
    """Attestations made in seasons of which nothing is kept any more."""
    return list(db.session.scalars(select(Engagement.id).where(Engagement.season < season).order_by(Engagement.id)))
