"""Mails about dates at the choice of a collective: to whom they leave, what they say, and when they say nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from collectifs.meetings.domain.polls import Reply
from collectifs.meetings.domain.work import MailDatesAsked, MailDatesReady, MailDatesReminder
from collectifs.meetings.models import DateOption
from collectifs.people.mails import letters
from tests import factories
from tests.pages import plain

MARCH = [datetime(2027, 3, day, 13, tzinfo=UTC) for day in (17, 24)]
YES, IF_NEEDED, NO = Reply


@pytest.fixture
def poll(collective, pilot):
    factories.meeting(collective, starts_at=clock.now() - timedelta(days=30))
    return factories.poll(collective, pilot, *MARCH, closes_at=datetime(2027, 2, 12, 23, tzinfo=UTC))


@pytest.fixture
def sent(monkeypatch) -> list:
    found: list = []
    monkeypatch.setattr(letters, "deliver", found.append)
    return found


def read(message) -> str:
    part = next(each for each in message.walk() if each.get_content_type() == "text/plain")
    return plain(part.get_payload(decode=True).decode())


def said(who, *replies: Reply) -> None:
    rows = db.session.query(DateOption).order_by(DateOption.starts_at)
    for option, reply in zip(rows, replies, strict=False):
        factories.reply(option, who, reply, clock.now() - timedelta(minutes=5))


def test_the_dates_are_told_with_their_year_and_until_when(poll, maud, sent):
    do(MailDatesAsked(maud.id, poll.id))
    (message,) = sent
    text = read(message)
    assert "mercredi 17 mars 2027" in text
    assert "mercredi 24 mars 2027" in text
    assert "jusqu’au vendredi 12 février 2027" in text
    assert f"/dates/{poll.id}" in text
    assert "regroupement 2" in text


def test_whoever_answered_is_told_only_of_what_changed(poll, maud, sent):
    said(maud, YES, NO)
    do(MailDatesAsked(maud.id, poll.id))
    assert sent == []
    db.session.query(DateOption).filter_by(starts_at=MARCH[0]).one().changed_at = clock.now()
    do(MailDatesAsked(maud.id, poll.id))
    (message,) = sent
    assert "Ce que vous aviez dit est gardé" in read(message)


def test_the_reminder_leaves_to_the_silent_alone_and_not_past_the_close(poll, maud, pilot, sent, moment):
    said(maud, YES, NO)
    do(MailDatesReminder(maud.id, poll.id))
    assert sent == []
    do(MailDatesReminder(pilot.id, poll.id))
    assert "Pas plus d’une relance par jour" in read(sent[0])
    moment.move_to(poll.closes_at)
    do(MailDatesReminder(pilot.id, poll.id))
    assert len(sent) == 1


def test_the_pilot_learns_who_has_not_answered_or_that_nobody_has(poll, maud, pilot, sent, moment):
    do(MailDatesReady(pilot.id, poll.id))
    assert sent == [], "somebody is still awaited"
    moment.move_to(poll.closes_at)
    do(MailDatesReady(pilot.id, poll.id))
    assert "Personne n’a répondu" in read(sent[0])
    said(maud, YES, NO)
    do(MailDatesReady(pilot.id, poll.id))
    assert "Sans réponse : Hélène Marchadier" in read(sent[1])
    do(MailDatesReady(maud.id, poll.id))
    assert len(sent) == 2, "whoever does not pilot is not told"


def test_a_question_that_is_closed_sends_nothing(poll, maud, pilot, sent):
    poll.closed_at = clock.now()
    for mail in (
        MailDatesAsked(maud.id, poll.id),
        MailDatesReminder(maud.id, poll.id),
        MailDatesReady(pilot.id, poll.id),
    ):
        do(mail)
    assert sent == []
