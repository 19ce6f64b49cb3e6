"""The eve of a day: each person who comes is reminded once; a day that moves has another eve."""

from datetime import timedelta

import pytest
from flask import Flask

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.network.domain.work import MailDayReminder, MailHostLink
from collectifs.network.services.events import cancel_event, change_event
from collectifs.network.services.reminding import remind_of_days
from tests import factories
from tests.asked import asked
from tests.eventing import Day
from tests.network.services.test_events import words_of


@pytest.fixture
def day(app: Flask, place, moment) -> Day:
    day = Day(place)
    day.first.host_address = "maelle@academie.example"
    day.who = day.comes()
    day.asks()  # never confirmed
    return day


def to_the_eve(day: Day, moment, hour: int = 9) -> None:
    eve = day.event.starts_at.astimezone(day.access.zone) - timedelta(days=1)
    moment.move_to(eve.replace(hour=hour, minute=0), tick=False)


def reminded() -> list:
    remind_of_days(now=clock.now())
    db.session.flush()
    return [each.registration_id for each in asked(MailDayReminder)]


def test_on_the_eve_from_nine_each_is_reminded_once(day, moment):
    to_the_eve(day, moment, hour=8)
    assert reminded() == []
    to_the_eve(day, moment)
    assert reminded() == reminded() == [day.who.id]
    assert [each.workshop_id for each in asked(MailHostLink)] == [day.first.id]


def test_a_day_that_is_cancelled_reminds_nobody(day, sylvie, moment):
    cancel_event(day.access, "", now=clock.now(), by=factories.person(sylvie))
    to_the_eve(day, moment)
    assert reminded() == []


def test_a_day_that_moves_after_its_eve_is_reminded_of_anew(day, sylvie, moment):
    to_the_eve(day, moment)
    assert len(reminded()) == 1
    hours = day.access.hours
    later = type(hours)(hours.starts_at + timedelta(days=7), hours.ends_at + timedelta(days=7))
    words = words_of(day, hours=later, closes_on=day.event.closes_on)
    change_event(day.access, words, now=clock.now(), by=factories.person(sylvie))
    assert len(reminded()) == 1
    to_the_eve(day, moment)
    assert len(reminded()) == 2
