"""The last place, asked for by fifty at one instant: one person has it, and the others wait in their order."""

import pytest
from flask import Flask

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.network.domain.registration import RegistrationState
from collectifs.network.domain.work import MailRegistrationReceived
from collectifs.network.models import Registration, SlotChoice
from collectifs.network.queries.registrations import filling_of
from tests.asked import asked
from tools.bench_day import add_day, add_people, add_workshops, confirm_all, seats

CROWD, PEOPLE, CAPACITY = 50, 36, 5


@pytest.fixture
def without_tokens(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Forms are sent by threads that read no page."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    return app


def test_fifty_people_for_the_last_place_at_one_instant_give_exactly_one(without_tokens: Flask, place) -> None:
    (slot,) = add_day(place.id, clock.now(), slots=1)
    (last,) = add_workshops(slot, 1, 1)
    tokens = add_people({slot: [last]}, clock.now(), CROWD)
    assert len(confirm_all(without_tokens, tokens, browsers=CROWD)) == CROWD
    assert seats() == {last: 1, None: CROWD - 1}
    assert db.session.query(Registration).filter_by(state=RegistrationState.CONFIRMED).count() == CROWD
    assert len({mail.registration_id for mail in asked(MailRegistrationReceived)}) == CROWD
    event_id = db.session.query(Registration).first().event_id
    assert filling_of(event_id)[last].waiting == CROWD - 1


def test_no_workshop_of_a_day_has_more_people_than_places_whoever_comes_at_once(without_tokens: Flask, place) -> None:
    slots = {each: add_workshops(each, 3, CAPACITY) for each in add_day(place.id, clock.now(), slots=2)}
    confirm_all(without_tokens, add_people(slots, clock.now(), PEOPLE), browsers=6)
    found = seats()
    assert max(number for each, number in found.items() if each) == CAPACITY
    rows = db.session.query(SlotChoice).all()
    assert all(row.seat_id in (row.first_id, row.second_id, None) for row in rows)
    taken = {each: found[each] for each in found if each}
    for row in rows:  # nobody is left without a place that there was for them
        if row.seat_id is None:
            assert taken[row.first_id] == taken[row.second_id] == CAPACITY
