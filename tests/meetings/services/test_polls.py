"""Asking a collective about dates: proposing, answering, changing, choosing; who is told, and what is left of it."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from collectifs.across.services.tidying import tidy
from collectifs.collectives.models import Meeting, Membership, Pilotship
from collectifs.collectives.queries.collectives import get_collective
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.planning import Slot
from collectifs.meetings.domain.polls import Reply, live
from collectifs.meetings.domain.work import (
    MailDatesAsked,
    MailDatesReady,
    MailDatesReminder,
    MailMeetingMoved,
    MailMeetingPlanned,
)
from collectifs.meetings.mails.polls import follow_polls
from collectifs.meetings.models import DateAnswer, DateOption, DatePoll
from collectifs.meetings.queries.meetings import get_meeting
from collectifs.meetings.queries.polls import get_poll, open_polls
from collectifs.meetings.services.planning import cancel_meeting, plan_meeting
from collectifs.meetings.services.polls import (
    Proposed,
    Question,
    answer_date,
    change_dates,
    choose_date,
    propose_dates,
    refuse_dates,
    remind_silent,
    stop_asking,
)
from tests import factories
from tests.asked import asked, told

MARCH = [datetime(2027, 3, day, 13, tzinfo=UTC) for day in (17, 24, 31)]
CLOSE = datetime(2027, 2, 12, 23, tzinfo=UTC)
DAY = timedelta(days=1)


def slot(starts_at: datetime, place: str = "Collège de la Brume") -> Slot:
    return Slot(starts_at, starts_at + timedelta(hours=2), place)


def question(*starts: datetime, **values) -> Question:
    return Question([Proposed(slot(each)) for each in starts or MARCH], **({"closes_at": CLOSE} | values))


@pytest.fixture
def rose(app):
    return factories.user("Rose", "Dalle")


@pytest.fixture
def held(collective, rose):
    factories.membership(rose, collective)
    return factories.meeting(collective, starts_at=clock.now() - timedelta(days=30))


def propose(collective, who, asks: Question | None = None, meeting: Meeting | None = None) -> DatePoll:
    return propose_dates(
        get_collective(collective.id),
        asks or question(),
        meeting=get_meeting(meeting.id) if meeting else None,
        now=clock.now(),
        by=factories.person(who),
    )


@pytest.fixture
def poll(collective, held, pilot):
    return propose(collective, pilot)


def seen(poll: DatePoll):
    return get_poll(poll.id)


def options(poll: DatePoll):
    return live(seen(poll).options)


def answer(poll: DatePoll, who, *replies: Reply, now: datetime | None = None) -> None:
    for option, reply in zip(options(poll), replies, strict=False):
        answer_date(seen(poll), option.id, reply, now=now or clock.now(), by=factories.person(who))


def choose(poll: DatePoll, who, place: int, **values) -> Meeting:
    option = options(poll)[place]
    return choose_date(seen(poll), option.id, now=clock.now(), by=factories.person(who), **values)


YES, IF_NEEDED, NO = Reply


def test_every_other_member_is_asked_and_the_next_meeting_has_no_date_yet(poll, pilot, maud, rose):
    assert told(MailDatesAsked) == {maud.id, rose.id}
    assert db.session.query(Meeting).count() == 1
    assert [each.slot.starts_at for each in options(poll)] == MARCH


def test_the_first_date_is_the_pilots(collective, pilot):
    with pytest.raises(RuleBroken, match="La première date est la vôtre"):
        propose(collective, pilot)


def test_one_question_at_a_time(poll, collective, pilot):
    with pytest.raises(RuleBroken, match="déjà proposées"):
        propose(collective, pilot)


def test_the_last_word_counts_and_an_unknown_date_is_refused(poll, maud):
    answer(poll, maud, YES)
    answer(poll, maud, NO)
    assert [row.reply for row in db.session.query(DateAnswer)] == [NO]
    with pytest.raises(RuleBroken, match="plus proposée"):
        answer_date(seen(poll), None, YES, now=clock.now(), by=factories.person(maud))


def test_no_date_suits(poll, maud):
    refuse_dates(seen(poll), now=clock.now(), by=factories.person(maud))
    assert [each.shut_out for each in options(poll)] == [{maud.id}] * 3


def test_after_the_close_no_answer_is_taken(poll, maud):
    with pytest.raises(RuleBroken, match="attendues jusqu’au"):
        answer(poll, maud, YES, now=CLOSE)
    assert db.session.query(DateAnswer).count() == 0


def test_the_pilot_is_told_once_when_everybody_has_answered(poll, pilot, maud, rose):
    for who in (maud, rose):
        answer(poll, who, YES, YES, NO)
    answer(poll, pilot, YES, YES)
    assert asked(MailDatesReady) == []
    answer(poll, pilot, YES, YES, IF_NEEDED)
    assert told(MailDatesReady) == {pilot.id}
    answer(poll, maud, NO)
    assert len(asked(MailDatesReady)) == 1


def test_the_silent_alone_are_reminded_once_two_days_before_the_close(poll, pilot, maud, rose):
    answer(poll, maud, YES, NO, NO)
    answer(poll, rose, YES)
    follow_polls(now=CLOSE - 2 * DAY - timedelta(minutes=1))
    assert asked(MailDatesReminder) == []
    for _ in range(2):
        follow_polls(now=CLOSE - 2 * DAY)
    assert told(MailDatesReminder) == {pilot.id, rose.id}
    assert len(asked(MailDatesReminder)) == 2
    assert asked(MailDatesReady) == []


def test_by_hand_the_silent_are_reminded_once_a_day_and_not_again_by_themselves(poll, pilot, maud, rose):
    answer(poll, maud, YES, NO, NO)
    by, now = factories.person(pilot), clock.now()
    with pytest.raises(RuleBroken, match="moins d’un jour"):
        remind_silent(seen(poll), now=now, by=by)
    assert remind_silent(seen(poll), now=now + DAY, by=by) == 1
    assert told(MailDatesReminder) == {rose.id}  # neither who answered, nor who asks
    with pytest.raises(RuleBroken, match="moins d’un jour"):
        remind_silent(seen(poll), now=now + DAY + DAY / 2, by=by)
    assert remind_silent(seen(poll), now=now + 2 * DAY, by=by) == 1
    follow_polls(now=CLOSE - 2 * DAY)
    assert len(asked(MailDatesReminder)) == 2
    with pytest.raises(RuleBroken, match="closes"):
        remind_silent(seen(poll), now=CLOSE, by=by)


def test_without_any_answer_the_pilot_is_told_at_the_close_and_nothing_is_decided(poll, pilot):
    for _ in range(2):
        follow_polls(now=CLOSE)
    assert asked(MailDatesReady) == [MailDatesReady(pilot.id, poll.id)]
    assert seen(poll).is_open
    assert seen(poll).is_ready(CLOSE)


def changed(poll: DatePoll, proposed, **values) -> Question:
    return Question(proposed, **({"closes_at": poll.closes_at} | values))


def test_a_date_that_changes_keeps_its_answers_and_asks_those_concerned_alone(poll, pilot, maud, rose):
    answer(poll, maud, YES, YES, YES)
    first, second, third = options(poll)
    before = Counter(asked(MailDatesAsked))
    later = clock.now() + DAY
    moved = Proposed(slot(first.slot.starts_at + timedelta(hours=1)), first.id)
    kept = [Proposed(each.slot, each.id) for each in (second, third)]
    change_dates(seen(poll), changed(poll, [moved, *kept]), now=later, by=factories.person(pilot))
    assert Counter(asked(MailDatesAsked)) - before == {MailDatesAsked(maud.id, poll.id): 1}
    (now_first, *rest) = options(poll)
    assert now_first.replies == {maud.id: YES}
    assert now_first.doubtful == {maud.id}
    assert now_first.sequence == 1
    assert all(not each.doubtful for each in rest)
    answer(poll, maud, YES, now=later + DAY)
    assert options(poll)[0].doubtful == frozenset()


def test_a_date_that_comes_asks_whoever_had_answered_and_more_time_asks_nobody(poll, pilot, maud):
    answer(poll, maud, YES, YES, YES)
    before = Counter(asked(MailDatesAsked))
    kept = [Proposed(each.slot, each.id) for each in options(poll)]
    more_time = changed(poll, kept, closes_at=CLOSE + DAY)
    change_dates(seen(poll), more_time, now=clock.now(), by=factories.person(pilot))
    assert Counter(asked(MailDatesAsked)) == before
    new = Proposed(slot(datetime(2027, 4, 7, 12, tzinfo=UTC)))
    change_dates(seen(poll), changed(poll, [*kept, new]), now=clock.now(), by=factories.person(pilot))
    assert Counter(asked(MailDatesAsked)) - before == {MailDatesAsked(maud.id, poll.id): 1}


def test_a_date_that_somebody_answered_is_struck_and_another_is_deleted(poll, pilot, maud):
    answer(poll, maud, YES)
    _, second, third = options(poll)
    new = Proposed(slot(datetime(2027, 4, 7, 12, tzinfo=UTC)))
    change_dates(
        seen(poll), changed(poll, [Proposed(second.slot, second.id), new]), now=clock.now(), by=factories.person(pilot)
    )
    rows = {row.starts_at: row.struck_at for row in db.session.query(DateOption)}
    assert rows[MARCH[0]] is not None
    assert third.slot.starts_at not in rows
    assert [each.slot.starts_at for each in options(poll)] == [MARCH[1], new.slot.starts_at]


def test_the_choice_is_the_usual_meeting_and_nothing_is_left_of_what_was_said(poll, pilot, maud, rose):
    answer(poll, maud, NO, YES)
    meeting = choose(poll, pilot, 1)
    assert (meeting.number, meeting.starts_at) == (2, MARCH[1])
    assert len(asked(MailMeetingPlanned)) == 3
    found = seen(poll)
    assert (found.is_open, found.poll.chosen_id, found.options) == (False, meeting.id, ())
    assert db.session.query(DateAnswer).count() == db.session.query(DateOption).count() == 0
    with pytest.raises(RuleBroken, match="close"):
        choose_date(found, None, now=clock.now(), by=factories.person(pilot))


def test_a_date_without_pilot_is_refused_until_somebody_stands_in(poll, pilot, maud, rose):
    answer(poll, pilot, NO)
    answer(poll, maud, YES)
    with pytest.raises(RuleBroken, match="qui l’animera"):
        choose(poll, pilot, 0)
    with pytest.raises(RuleBroken, match="qui peut venir"):
        choose(poll, pilot, 0, deputy=rose.id)
    meeting = choose(poll, pilot, 0, deputy=maud.id)
    assert [row.user_id for row in db.session.query(Pilotship).filter_by(meeting_id=meeting.id)] == [maud.id]


def test_a_meeting_that_has_a_date_keeps_its_own_entry_in_calendars(collective, held, pilot):
    second = factories.meeting(collective, number=2, starts_at=MARCH[0] + 7 * DAY)
    poll = propose(collective, pilot, question(MARCH[0], MARCH[2]), second)
    meeting = choose(poll, pilot, 1)
    assert (meeting.id, meeting.starts_at, meeting.calendar_sequence) == (second.id, MARCH[2], 1)
    assert len(asked(MailMeetingMoved)) == 3
    assert not seen(poll).is_open


def test_the_date_agreed_in_the_room_ends_the_question(poll, collective, pilot):
    meeting = plan_meeting(
        get_collective(collective.id), slot=slot(MARCH[0] + DAY), now=clock.now(), by=factories.person(pilot)
    )
    assert (seen(poll).is_open, seen(poll).poll.chosen_id) == (False, meeting.id)


def test_the_question_of_a_cancelled_meeting_ends(collective, held, pilot):
    second = factories.meeting(collective, number=2, starts_at=MARCH[0])
    poll = propose(collective, pilot, question(*MARCH[1:]), second)
    cancel_meeting(get_meeting(second.id), now=clock.now(), by=factories.person(pilot))
    assert (seen(poll).is_open, seen(poll).poll.chosen_id) == (False, None)


def test_once_no_meeting_is_left_the_next_is_the_first_and_is_not_asked_about(collective, pilot):
    only = factories.meeting(collective, starts_at=MARCH[0])
    poll = propose(collective, pilot, question(*MARCH[1:]))
    cancel_meeting(get_meeting(only.id), now=clock.now(), by=factories.person(pilot))
    assert not seen(poll).is_open


def test_none_is_chosen(poll, pilot, maud):
    answer(poll, maud, YES)
    stop_asking(seen(poll), now=clock.now(), by=factories.person(pilot))
    assert not seen(poll).is_open
    assert db.session.query(DateAnswer).count() == 0


def test_whoever_leaves_counts_no_more_and_whoever_comes_is_awaited(poll, collective, maud, rose, pilot):
    answer(poll, maud, NO, NO, NO)
    row = db.session.query(Membership).filter_by(user_id=maud.id).one()
    row.ends_at = clock.now()
    db.session.flush()
    assert options(poll)[0].replies == {}
    assert maud.id not in seen(poll).asked
    yann = factories.user("Yann")
    factories.membership(yann, collective, starts_at=clock.now())
    assert yann.id in seen(poll).asked
    factories.membership(maud, collective, consents=False, starts_at=clock.now() + timedelta(seconds=1))
    assert options(poll)[0].replies == {}, "what was said before leaving is no word of whoever came back"


def test_a_question_whose_dates_are_past_is_emptied(poll, maud):
    answer(poll, maud, YES)
    tidy(now=MARCH[-1] - timedelta(minutes=1))
    assert seen(poll).is_open
    tidy(now=MARCH[-1])
    assert not seen(poll).is_open
    assert db.session.query(DateAnswer).count() == 0


def test_the_open_questions_of_several_collectives_are_one_query(poll, collective):
    other = get_collective(factories.collective().id)
    found = open_polls([get_collective(collective.id), other])
    assert list(found) == [collective.id]
