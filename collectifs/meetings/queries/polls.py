"""Dates that collectives are asked about, with the replies of those who are in them now."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, bindparam, or_, select
from sqlalchemy.orm import contains_eager

from collectifs.collectives.models import Collective, Meeting, Membership
from collectifs.collectives.queries.collectives import CollectiveAccess, get_collective
from collectifs.collectives.queries.memberships import is_present
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.planning import Slot
from collectifs.meetings.domain.polls import (
    REMINDED_BEFORE,
    Engagement,
    Option,
    Reply,
    have_all_answered,
    live,
    remarks_of,
)
from collectifs.meetings.models import DateAnswer, DateOption, DatePoll
from collectifs.meetings.queries.calendar import calendar_at, dated_meetings
from collectifs.meetings.queries.meetings import MeetingFacts, last_number, meetings_of
from collectifs.people.models import Territory


@dataclass(frozen=True)
class PollAccess:
    """A question about dates, its collective, and what each of its present members said. `options`: struck ones too."""

    poll: DatePoll
    access: CollectiveAccess
    options: tuple[Option, ...]

    @property
    def is_open(self) -> bool:
        """Whether nobody has closed it."""
        return self.poll.closed_at is None

    @property
    def zone(self) -> ZoneInfo:
        """Where the clock of the collective hangs."""
        return self.access.zone

    @property
    def asked(self) -> list[UUID]:
        """Who is asked, by family name: the members who accepted the charter and stay for the whole season."""
        stays = {person for person, periods in self.access.periods.items() if periods[-1][1] is None}
        may = stays & self.access.consent_ids
        return [member.user_id for member in self.access.members if member.user_id in may]

    @property
    def names(self) -> dict[UUID, str]:
        """The present members, by name."""
        return {member.user_id: member.name for member in self.access.members}

    def is_answerable(self, now: datetime) -> bool:
        """Whether replies are still taken."""
        return self.is_open and now < self.poll.closes_at

    def is_ready(self, now: datetime) -> bool:
        """Whether the pilot has nothing more to wait for."""
        return self.is_open and (now >= self.poll.closes_at or have_all_answered(self.options, self.asked))

    def option(self, option_id: UUID | None) -> Option | None:
        """One of its dates that is still proposed."""
        return next((each for each in live(self.options) if each.id == option_id), None)


# Questions with their dates and all that was said of them; what the transaction wrote itself is read anew.
_POLLS = (
    select(DatePoll)
    .outerjoin(DatePoll.options)
    .outerjoin(DateOption.answers)
    .options(contains_eager(DatePoll.options).contains_eager(DateOption.answers))
    .order_by(DatePoll.opened_at, DatePoll.id, DateOption.starts_at, DateOption.id, DateAnswer.user_id)
    .execution_options(populate_existing=True)
)
# Asked at nearly each page: written once, it is compiled once.
_OPEN_POLLS = _POLLS.where(
    DatePoll.collective_id.in_(bindparam("collective_ids", expanding=True)), DatePoll.closed_at.is_(None)
)


def get_poll(poll_id: UUID) -> PollAccess | None:
    """A question about dates by id, closed ones too (their dates and replies are gone)."""
    found = _polls(DatePoll.id == poll_id)
    access = get_collective(found[0].collective_id) if found else None
    return _seen(found[0], access) if found and access else None


def open_polls(accesses: Iterable[CollectiveAccess]) -> dict[UUID, PollAccess]:
    """What some collectives are asked now, by collective: one query, however many there are."""
    known = {each.collective.id: each for each in accesses}
    if not known:
        return {}
    rows = db.session.scalars(_OPEN_POLLS, {"collective_ids": list(known)}).unique()
    return {row.collective_id: _seen(row, known[row.collective_id]) for row in rows}


def open_poll_of(collective_id: UUID) -> DatePoll | None:
    """The row of what a collective is asked now."""
    query = select(DatePoll).where(DatePoll.collective_id == collective_id, DatePoll.closed_at.is_(None))
    return db.session.scalars(query.order_by(DatePoll.opened_at)).first()


def polls_to_follow(now: datetime) -> list[PollAccess]:
    """The open questions about which a mail may be due: the reminder, or the word to the pilots at the close."""
    is_near = and_(
        DatePoll.reminded_at.is_(None), DatePoll.closes_at > now, DatePoll.closes_at <= now + REMINDED_BEFORE
    )
    is_at_end = and_(DatePoll.told_at.is_(None), DatePoll.closes_at <= now)
    rows = _polls(DatePoll.closed_at.is_(None), or_(is_near, is_at_end))
    found = [(row, get_collective(row.collective_id)) for row in rows]
    return [_seen(row, access) for row, access in found if access]


def polls_left_behind(now: datetime) -> list[DatePoll]:
    """Open questions of which every date is past."""
    ahead = select(DateOption.id).where(
        DateOption.poll_id == DatePoll.id, DateOption.struck_at.is_(None), DateOption.starts_at > now
    )
    query = select(DatePoll).where(DatePoll.closed_at.is_(None), ~ahead.exists())
    return list(db.session.scalars(query.order_by(DatePoll.opened_at, DatePoll.id)))


def option_row(option_id: UUID) -> DateOption:
    """The row of a date that is proposed."""
    return db.session.get_one(DateOption, option_id)


def answer_row(option_id: UUID, user_id: UUID) -> DateAnswer | None:
    """What somebody said of a date."""
    return db.session.get(DateAnswer, (option_id, user_id))


def _polls(*conditions: ColumnElement[bool]) -> list[DatePoll]:
    """Questions about dates, under other conditions."""
    return list(db.session.scalars(_POLLS.where(*conditions)).unique())


def _seen(poll: DatePoll, access: CollectiveAccess) -> PollAccess:
    return PollAccess(poll, access, tuple(_option(row, access) for row in poll.options))


def _option(row: DateOption, access: CollectiveAccess) -> Option:
    """What was said before somebody left and came back is theirs no more."""
    present = access.member_ids & access.consent_ids
    said = [
        each
        for each in row.answers
        if each.user_id in present and each.answered_at >= access.periods[each.user_id][-1][0]
    ]
    return Option(
        row.id,
        Slot(row.starts_at, row.ends_at, row.place, row.access_note, row.commune, row.insee),
        row.sequence,
        {each.user_id: each.reply for each in said},
        frozenset(each.user_id for each in said if each.answered_at < row.changed_at),
        is_struck=row.struck_at is not None,
    )


@dataclass(frozen=True)
class Series:
    """The meetings beside which dates are judged, and the number of the one that is asked about.

    `half_days`: those that each person told, for whoever pilots alone.
    """

    number: int
    others: tuple[MeetingFacts, ...]
    rooms: dict[str, time]
    half_days: tuple[frozenset[str], ...] = ()

    def remarks(self, slot: Slot, access: CollectiveAccess) -> tuple[str, ...]:
        """What is unusual in a date beside them."""
        return remarks_of(
            slot,
            self.number,
            others=self.others,
            zone=access.zone,
            calendar=calendar_at(access.territory),
            rooms=self.rooms,
            half_days=self.half_days,
        )


def series_beside(access: CollectiveAccess, meeting_id: UUID | None) -> Series:
    """The series without the meeting that is asked about; its number, or that of the next one."""
    rows = meetings_of(access.collective.id)
    own = next((each for each in rows if each.id == meeting_id), None)
    number = own.number if own else last_number(access.collective.id) + 1
    return Series(number, tuple(each for each in rows if each is not own), _closing_hours(access))


def _closing_hours(access: CollectiveAccess) -> dict[str, time]:
    """At what hour the places where the collective met close, as somebody said of one of those meetings."""
    rows = db.session.execute(
        select(Meeting.place, Meeting.room_closes_at)
        .where(Meeting.collective_id == access.collective.id, Meeting.room_closes_at.is_not(None))
        .order_by(Meeting.number, Meeting.id)
    )
    return {place: closes_at.astimezone(access.zone).time() for place, closes_at in rows if closes_at}


def judged(found: PollAccess, series: Series) -> list[Option]:
    """The dates that are still proposed, each with what is unusual in it."""
    return [replace(each, warnings=series.remarks(each.slot, found.access)) for each in live(found.options)]


def engagements_of(user_id: UUID, collective_id: UUID, now: datetime) -> list[Engagement]:
    """The meetings to come of somebody in other collectives."""
    return [
        Engagement(
            each.meeting.starts_at,
            each.meeting.ends_at,
            f"le regroupement {each.meeting.number}, {each.collective_name}",
        )
        for each in dated_meetings(user_id, now)
        if each.meeting.collective_id != collective_id and each.meeting.cancelled_at is None
    ]


@dataclass(frozen=True)
class Tentative:
    """A date that somebody may have to keep, for their calendar."""

    option: DateOption
    poll_id: UUID
    collective_name: str
    zone: ZoneInfo


def tentative_dates(user_id: UUID, now: datetime) -> list[Tentative]:
    """The dates to come that somebody is asked about and has not refused, in every collective of theirs."""
    refused = select(DateAnswer.option_id).where(DateAnswer.user_id == user_id, DateAnswer.reply == Reply.NO)
    rows = db.session.execute(
        select(DateOption, Collective.name, Territory.timezone)
        .join(DatePoll, DatePoll.id == DateOption.poll_id)
        .join(Collective, Collective.id == DatePoll.collective_id)
        .join(Territory, Territory.id == Collective.territory_id)
        .join(Membership, Membership.collective_id == Collective.id)
        .where(
            Membership.user_id == user_id, is_present(now), Membership.ends_at.is_(None), DatePoll.closed_at.is_(None)
        )
        .where(DateOption.struck_at.is_(None), DateOption.starts_at > now, DateOption.id.not_in(refused))
        .order_by(DateOption.starts_at, DateOption.id)
    )
    return [Tentative(option, option.poll_id, name, ZoneInfo(zone)) for option, name, zone in rows]


def polls_of_seasons_before(season: int) -> ColumnElement[bool]:
    """The condition of the questions of earlier seasons."""
    past = select(Collective.id).where(Collective.season < season)
    return DatePoll.collective_id.in_(past)
