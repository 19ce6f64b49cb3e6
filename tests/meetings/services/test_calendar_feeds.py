"""One's own calendar address: its token is kept by nobody, and what it lists is one's own."""

from datetime import UTC, datetime, timedelta

import pytest

from collectifs.collectives.models import Pilotship
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.meetings.queries.calendar import dated_meetings, feed_for_token, get_feed, open_feeds
from collectifs.meetings.services.planning import MOST_FEEDS, close_feed, make_feed
from collectifs.people.models import CalendarFeed
from tests import factories

SOON = datetime(2027, 2, 3, 13, 0, tzinfo=UTC)


@pytest.fixture
def maud(app):
    return factories.user("Maud")


def make(who) -> str:
    return make_feed(now=clock.now(), by=factories.person(who))


def test_only_the_hash_of_a_token_is_kept(maud):
    token = make(maud)
    assert len(token) >= 43
    row = db.session.query(CalendarFeed).one()
    assert token.encode() not in row.token_hash
    assert feed_for_token(token).user_id == maud.id
    assert feed_for_token(token[:-1]) is None


def test_a_closed_address_is_dead_and_the_others_live_on(maud):
    first, second = make(maud), make(maud)
    close_feed(feed_for_token(first), now=clock.now(), by=factories.person(maud))
    assert feed_for_token(first) is None
    assert [each.id for each in open_feeds(maud.id)] == [feed_for_token(second).id]


def test_closed_twice_it_stays_closed_since_the_first_time(maud, moment):
    feed = feed_for_token(make(maud))
    close_feed(feed, now=clock.now(), by=factories.person(maud))
    first = get_feed(feed.id).revoked_at
    close_feed(feed, now=clock.now() + timedelta(hours=1), by=factories.person(maud))
    assert get_feed(feed.id).revoked_at == first


def test_five_addresses_are_enough(maud):
    for _ in range(MOST_FEEDS):
        make(maud)
    with pytest.raises(RuleBroken, match="fermez-en une"):
        make(maud)


def test_it_lists_the_meetings_of_every_collective_of_mine_and_no_other(maud):
    mine = [factories.collective(members=[maud]), factories.collective(members=[maud])]
    dates = [factories.meeting(each, starts_at=SOON + timedelta(days=n)) for n, each in enumerate(mine)]
    factories.meeting(factories.collective(), starts_at=SOON)
    assert [own.meeting.id for own in dated_meetings(maud.id, clock.now())] == [date.id for date in dates]


def test_leaving_keeps_the_meetings_that_i_was_a_member_for(maud):
    left, now = factories.collective(), clock.now()
    factories.membership(maud, left, starts_at=now - timedelta(days=20), ends_at=now - timedelta(days=5))
    before, during, after = (
        factories.meeting(left, number=number, starts_at=now - timedelta(days=days))
        for number, days in ((1, 30), (2, 10), (3, -10))
    )
    assert [own.meeting.id for own in dated_meetings(maud.id, now)] == [during.id]
    assert before.id != after.id


def test_standing_in_for_one_meeting_shows_that_one(maud):
    collective = factories.collective()
    dates = [factories.meeting(collective, number=n, starts_at=SOON + timedelta(days=7 * n)) for n in (1, 2)]
    factories.add(
        Pilotship(
            user_id=maud.id,
            collective_id=collective.id,
            starts_on=clock.now().date(),
            appointed_by_id=maud.id,
            meeting_id=dates[1].id,
        )
    )
    assert [own.meeting.id for own in dated_meetings(maud.id, clock.now())] == [dates[1].id]


def test_a_cancelled_meeting_is_shown_for_thirty_days(maud, moment):
    date = factories.meeting(factories.collective(members=[maud]), starts_at=SOON, cancelled_at=clock.now())
    moment.shift(timedelta(days=29))
    assert [own.meeting.id for own in dated_meetings(maud.id, clock.now())] == [date.id]
    moment.shift(timedelta(days=2))
    assert dated_meetings(maud.id, clock.now()) == []
