"""What every person of the demonstration is offered, at the hours of a season, opens for that person.

Each opens some hundred and fifty pages: long tests, for that reason.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from collectifs.across.domain.what_now import what_now
from collectifs.across.queries.situation import situation_of
from collectifs.collectives.models import Meeting
from collectifs.collectives.queries.collectives import belongings_of
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.canvas import plan_of
from collectifs.meetings.queries.meetings import agenda_of
from collectifs.people.models import User
from collectifs.people.queries.people import demo_people, person_from
from collectifs.web.tasks import shown_tasks
from tests import factories
from tests.demo.conftest import Written
from tests.pages import Visitor

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def people(app: Flask, written_once: Written) -> list[User]:
    written_once.put_back()
    return demo_people()


def offers(app: Flask, who: User) -> Iterator[tuple[str, str]]:
    """Every address that something to do leads to, with its label."""
    now = clock.now()
    with app.test_request_context():
        here = [row.id for row, is_present in belongings_of(who.id) if is_present]
        situation = situation_of(person_from(who, now.date()), here, now)
        shown = shown_tasks(situation, what_now(situation, now), now)
    yield from ((action["label"], action["url"]) for task in shown for action in task.actions)


def refused(app: Flask, people: list[User], visit: Callable[..., Visitor]) -> list[tuple[str, str, int]]:
    """The offers that do not open for whoever is offered them."""
    asked = [(who, dict.fromkeys(offers(app, who))) for who in people]
    assert sum(len(found) for _, found in asked) > len(people)
    wrong = []
    for who, found in asked:
        browser = visit(who)
        statuses = [(label, browser.open(url).status) for label, url in found]
        wrong += [(who.given_name, label, status) for label, status in statuses if status != 200]
    return wrong


def test_every_offer_opens_around_a_meeting(
    app: Flask, people: list[User], visit: Callable[..., Visitor], moment: time_machine.Traveller
) -> None:
    start, today = clock.now(), today_s_meeting()
    assert refused(app, people, visit) == [], "ten minutes before"
    factories.event(today, "meeting_started", {"plan": plan_of(agenda_of(today))}, sequence=today.sequence + 1)
    moment.move_to(start + HOUR)
    assert refused(app, people, visit) == [], "while it runs"
    moment.move_to(start + DAY)
    assert refused(app, people, visit) == [], "left open"


def test_every_offer_opens_once_it_is_closed_and_when_delays_are_over(
    app: Flask, people: list[User], visit: Callable[..., Visitor], moment: time_machine.Traveller
) -> None:
    start, today = clock.now(), today_s_meeting()
    factories.event(today, "meeting_started", {"plan": plan_of(agenda_of(today))}, sequence=today.sequence + 1)
    factories.event(today, "meeting_closed", sequence=today.sequence + 2)
    for later in (3 * HOUR, 4 * DAY, 22 * DAY):
        moment.move_to(start + later)
        assert refused(app, people, visit) == [], str(later)


def today_s_meeting() -> Meeting:
    """The one that is about to start."""
    return db.session.query(Meeting).filter(Meeting.starts_at > clock.now()).order_by(Meeting.starts_at).first()
