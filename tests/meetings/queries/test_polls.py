"""A question about dates with its collective: while it is open, beside which meetings it is judged, in whose days."""

from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select, update

from collectifs.collectives.models import CharterConsent, Collective
from collectifs.collectives.queries.collectives import CollectiveAccess, get_collective
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.polls import Reply
from collectifs.meetings.models import DateOption, DatePoll
from collectifs.meetings.queries import polls
from collectifs.people.models import Territory, User
from tests import factories

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
WEDNESDAYS = [datetime(2027, 3, day, 13, tzinfo=UTC) for day in (17, 24, 31)]


@pytest.fixture
def now(app: Flask, moment: object) -> datetime:
    return clock.now()


@pytest.fixture
def where(place: Territory, helene: User, maud: User) -> Collective:
    return factories.collective(place, pilot=helene, members=[maud], name="Les Tilleuls")


def access(row: Collective) -> CollectiveAccess:
    found = get_collective(row.id)
    assert found is not None
    return found


def seen(row: DatePoll) -> polls.PollAccess:
    found = polls.get_poll(row.id)
    assert found is not None
    return found


def options(row: DatePoll) -> list[DateOption]:
    query = select(DateOption).where(DateOption.poll_id == row.id).order_by(DateOption.starts_at)
    return list(db.session.scalars(query))


@pytest.mark.parametrize(
    ("closes", "is_closed", "answered", "is_answerable", "is_ready"),
    [
        (SECOND, False, False, True, False),
        (timedelta(), False, False, False, True),
        (SECOND, False, True, True, True),  # everybody answered
        (SECOND, True, True, False, False),
        (timedelta(), True, False, False, False),
    ],
)
def test_replies_are_taken_until_the_close_and_nothing_is_awaited_after_it(
    now: datetime,
    where: Collective,
    helene: User,
    maud: User,
    closes: timedelta,
    is_closed: bool,
    answered: bool,
    is_answerable: bool,
    is_ready: bool,
) -> None:
    closed_at = now if is_closed else None
    row = factories.poll(where, helene, WEDNESDAYS[0], closes_at=now + closes, closed_at=closed_at)
    for who in (helene, maud) if answered else ():
        factories.reply(options(row)[0], who, Reply.NO)
    found = seen(row)
    assert (found.is_answerable(now), found.is_ready(now)) == (is_answerable, is_ready)
    assert found.zone.key == "Europe/Paris"
    assert polls.get_poll(uuid4()) is None
    assert polls.open_polls([]) == {}
    assert set(polls.open_polls([found.access])) == (set() if is_closed else {where.id})


@pytest.mark.parametrize(("came_back", "counts"), [(timedelta(), True), (SECOND, False)])
def test_what_was_said_in_an_older_membership_is_said_no_more(
    now: datetime, where: Collective, helene: User, came_back: timedelta, counts: bool
) -> None:
    jo = factories.user("Jo")
    factories.membership(jo, where, ends_at=now - HOUR)
    factories.membership(jo, where, consents=False, starts_at=now - HOUR)
    row = factories.poll(where, helene, WEDNESDAYS[0])
    factories.reply(options(row)[0], jo, Reply.YES, now - HOUR - came_back)
    [option] = seen(row).options
    assert option.replies == {}, "the charter was accepted before they left"
    mine = CharterConsent.user_id == jo.id, CharterConsent.collective_id == where.id
    db.session.execute(update(CharterConsent).where(*mine).values(accepted_at=now - HOUR))
    [option] = seen(row).options
    assert (jo.id in option.replies) is counts


def test_dates_are_judged_beside_the_other_meetings_and_the_hours_of_the_places(
    now: datetime, where: Collective, helene: User
) -> None:
    first, second = (factories.meeting(where, number=number, starts_at=now + number * HOUR) for number in (1, 2))
    first.room_closes_at = datetime(2027, 1, 13, 16, 30, tzinfo=UTC)
    factories.meeting(factories.collective(), room_closes_at=now, place="Ailleurs")
    db.session.flush()
    new, moved = polls.series_beside(access(where), None), polls.series_beside(access(where), second.id)
    assert (new.number, [each.id for each in new.others]) == (3, [first.id, second.id])
    assert (moved.number, [each.id for each in moved.others]) == (2, [first.id])
    assert new.rooms == {first.place: time(17, 30)}
    row = factories.poll(where, helene, *WEDNESDAYS[:2], datetime(2027, 3, 20, 13, tzinfo=UTC))
    options(row)[0].struck_at = now
    judged = polls.judged(seen(row), new)
    assert [bool(each.warnings) for each in judged] == [True, False]
    assert "un samedi" in judged[0].warnings[0]


def test_ones_engagements_are_the_meetings_of_ones_other_collectives(
    now: datetime, where: Collective, maud: User
) -> None:
    other = factories.collective(members=[maud], name="L’Estuaire")
    row = factories.meeting(other, number=2)
    factories.meeting(other, number=3, cancelled_at=now)
    factories.meeting(where)
    [found] = polls.engagements_of(maud.id, where.id, now)
    assert (found.starts_at, found.ends_at, found.title) == (
        row.starts_at,
        row.ends_at,
        "le regroupement 2, L’Estuaire",
    )


def test_a_date_that_one_may_have_to_keep_is_in_ones_calendar(
    now: datetime, where: Collective, helene: User, maud: User
) -> None:
    row = factories.poll(where, helene, now, *WEDNESDAYS)
    _past, kept, refused, struck = options(row)
    struck.struck_at = now
    factories.reply(refused, maud, Reply.NO)
    factories.reply(refused, helene, Reply.YES)
    factories.reply(kept, helene, Reply.NO)
    factories.poll(where, helene, WEDNESDAYS[2], closed_at=now)
    factories.poll(factories.collective(), helene, WEDNESDAYS[2])
    [found] = polls.tentative_dates(maud.id, now)
    assert (found.option, found.poll_id, found.collective_name) == (kept, row.id, "Les Tilleuls")
    assert found.zone.key == "Europe/Paris"
    assert [each.option for each in polls.tentative_dates(helene.id, now)] == [refused]
    leaving = factories.user()
    factories.membership(leaving, where, ends_at=now + HOUR)
    assert polls.tentative_dates(leaving.id, now) == []


def test_the_questions_of_earlier_seasons_are_told_apart(now: datetime, where: Collective, helene: User) -> None:
    old = factories.collective(season=2025, pilot=helene)
    past, _present = factories.poll(old, helene, WEDNESDAYS[0]), factories.poll(where, helene, WEDNESDAYS[0])
    assert list(db.session.scalars(select(DatePoll).where(polls.polls_of_seasons_before(2026)))) == [past]
