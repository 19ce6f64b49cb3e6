"""The door of the room and the pages say the same: who joins, who runs, whether the notes are gone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from collectifs.collectives.models import CharterConsent, Membership, Pilotship
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.live.queries.door import Door, door_of
from collectifs.live.queries.events import notes_are_gone
from collectifs.live.services.perishing import destroy_notes
from collectifs.meetings.permissions import can_join_room, can_run_meeting
from collectifs.meetings.queries.meetings import get_meeting
from collectifs.people.models import Device, User
from tests import factories
from tests.circle import DAY, HOUR, Circle

CLOSED, JOINS, RUNS = "closed", "joins", "runs"


def at_the_door(circle: Circle, who: User) -> Door | None:
    secret = factories.device(who)
    db.session.flush()
    return door_of(secret, circle.meeting.id, clock.now())


def by_the_door(circle: Circle, who: User) -> str:
    door = at_the_door(circle, who)
    assert door is not None
    return said(can_join_room(door.person, door), can_run_meeting(door.person, door))


def by_the_page(circle: Circle, who: User) -> str:
    db.session.flush()
    found, person = get_meeting(circle.meeting.id), factories.person(who)
    assert found is not None
    return said(can_join_room(person, found), can_run_meeting(person, found))


def said(joins: bool, runs: bool) -> str:
    return RUNS if runs else JOINS if joins else CLOSED


def name_secretary(circle: Circle) -> User:
    circle.meeting.note_taker_id = circle.maud.id
    return circle.maud


def secretary_who_left(circle: Circle) -> User:
    name_secretary(circle)
    db.session.query(Membership).filter_by(user_id=circle.maud.id).update({"ends_at": clock.now()})
    return circle.maud


def secretary_of_an_older_yes(circle: Circle) -> User:
    """Who left and came back says yes again: what was accepted in the former membership does not count."""
    name_secretary(circle)
    earlier = clock.now() - 400 * DAY
    db.session.query(CharterConsent).filter_by(user_id=circle.maud.id).update({"accepted_at": earlier})
    return circle.maud


def secretary_who_came_back(circle: Circle) -> User:
    """Two memberships: the former one is over, the present one accepted anew."""
    name_secretary(circle)
    since, until = clock.now() - 300 * DAY, clock.now() - 200 * DAY
    factories.membership(circle.maud, circle.collective, consents=False, starts_at=since, ends_at=until)
    return circle.maud


def pilot_without_charter(circle: Circle) -> User:
    db.session.query(CharterConsent).filter_by(user_id=circle.pilot.id).delete()
    return circle.pilot


def pilot_until(days: int) -> Callable[[Circle], User]:
    def make(circle: Circle) -> User:
        last = (clock.now() + timedelta(days=days)).date()
        db.session.query(Pilotship).filter_by(user_id=circle.pilot.id).update({"ends_on": last})
        return circle.pilot

    return make


def next_pilot(circle: Circle) -> User:
    tomorrow = (clock.now() + DAY).date()
    row = Pilotship(user_id=circle.karim.id, collective_id=circle.collective.id, starts_on=tomorrow)
    row.appointed_by_id = circle.pilot.id
    factories.add(row)
    return circle.karim


def deputy(circle: Circle) -> User:
    factories.deputy(circle.meeting, circle.karim)
    return circle.karim


def deputy_who_left(circle: Circle) -> User:
    deputy(circle)
    db.session.query(Membership).filter_by(user_id=circle.karim.id).update({"ends_at": clock.now()})
    return circle.karim


def deputy_of_another_meeting(circle: Circle) -> User:
    other = factories.meeting(circle.collective, number=2, starts_at=clock.now() + 10 * DAY)
    factories.deputy(other, circle.karim)
    return circle.karim


def cancelled(make: Callable[[Circle], User]) -> Callable[[Circle], User]:
    def with_the_meeting(circle: Circle) -> User:
        who = make(circle)
        circle.meeting.cancelled_at = clock.now()
        return who

    return with_the_meeting


def pilot(circle: Circle) -> User:
    return circle.pilot


CASES: list[tuple[str, Callable[[Circle], User], str]] = [
    ("the pilot", pilot, RUNS),
    ("the pilot who did not accept the charter", pilot_without_charter, CLOSED),
    ("the pilot on their last day", pilot_until(0), RUNS),
    ("the pilot of until yesterday", pilot_until(-1), CLOSED),
    ("the pilot of tomorrow", next_pilot, CLOSED),
    ("a member", lambda circle: circle.odile, CLOSED),
    ("the secretary", name_secretary, JOINS),
    ("a secretary who left", secretary_who_left, CLOSED),
    ("a secretary whose yes is older", secretary_of_an_older_yes, CLOSED),
    ("a secretary who came back", secretary_who_came_back, JOINS),
    ("who stands in", deputy, RUNS),
    ("who stood in and left", deputy_who_left, CLOSED),
    ("who stands in at another meeting", deputy_of_another_meeting, CLOSED),
    ("an inspector", lambda circle: circle.inspector, CLOSED),
    ("the pilot of a cancelled meeting", cancelled(pilot), CLOSED),
    ("the secretary of a cancelled meeting", cancelled(name_secretary), CLOSED),
    ("who stands in at a cancelled meeting", cancelled(deputy), CLOSED),
]


@pytest.mark.parametrize(("make", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_door_and_the_page_let_in_the_same_people(app: Flask, make: Any, expected: str) -> None:
    circle = Circle()
    who = make(circle)
    assert by_the_page(circle, who) == expected
    assert by_the_door(circle, who) == expected


def test_thirty_days_later_who_stood_in_has_no_right_any_more(app: Flask, moment: Any) -> None:
    circle = Circle()
    who = deputy(circle)
    moment.shift(29 * DAY)
    assert by_the_door(circle, who) == by_the_page(circle, who) == RUNS
    moment.shift(2 * DAY)
    assert by_the_door(circle, who) == by_the_page(circle, who) == CLOSED


def test_a_browser_that_was_closed_or_is_over_brings_nobody_to_the_door(app: Flask, moment: Any) -> None:
    circle = Circle()
    secret = factories.device(circle.pilot)
    db.session.flush()
    row = db.session.query(Device).filter_by(user_id=circle.pilot.id).one()
    assert door_of(secret, circle.meeting.id, clock.now()) is not None
    assert door_of(secret, circle.meeting.id, row.expires_at) is None
    assert door_of(secret, circle.collective.id, clock.now()) is None
    assert door_of(secret + "x", circle.meeting.id, clock.now()) is None
    row.closed_at = clock.now()
    db.session.flush()
    assert door_of(secret, circle.meeting.id, clock.now()) is None


def test_the_door_speaks_of_nobody_but_who_asks(app: Flask) -> None:
    circle = Circle()
    door = at_the_door(circle, circle.pilot)
    assert door is not None
    with pytest.raises(LookupError):
        door.standing(circle.maud.id)


def given_up(circle: Circle) -> None:
    circle.sheet.given_up_at = clock.now()


def proposed(circle: Circle) -> None:
    circle.write_and_propose()


@pytest.mark.parametrize(
    ("make", "later", "gone"),
    [
        (lambda _circle: None, HOUR, False),
        (lambda _circle: None, 29 * DAY, False),
        (lambda _circle: None, 31 * DAY, True),
        (given_up, HOUR, True),
        (proposed, HOUR, False),
        (proposed, 10 * DAY, True),
        (lambda circle: destroy_notes(circle.meeting, now=clock.now()), HOUR, True),
    ],
    ids=["just held", "29 days", "31 days", "given up", "put to all", "agreed by silence", "perished"],
)
def test_the_door_and_the_page_know_alike_whether_the_notes_are_gone(
    app: Flask, moment: Any, make: Callable[[Circle], None], later: timedelta, gone: bool
) -> None:
    circle = Circle()
    make(circle)
    moment.shift(later)
    door = at_the_door(circle, circle.pilot)
    assert door is not None
    assert door.notes_are_gone is gone
    assert notes_are_gone(circle.meeting, clock.now()) is gone
