"""Days: one, those of a territory, their programme, who passes them on, of which one is reminded."""

from datetime import timedelta

import pytest
from flask import Flask

from collectifs.kernel import clock
from collectifs.network.domain.event import EventState
from collectifs.network.models import Event, EventPartner
from collectifs.network.queries import events as found
from collectifs.people.models import Territory
from tests import eventing, factories

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def test_a_day_is_found_by_its_address_once_it_is_published(place: Territory) -> None:
    event = eventing.event(place, slug="val-de-brume")
    draft = eventing.event(place, slug="brouillon", published_at=None)
    access = found.published_event("val-de-brume")
    assert access == found.get_event(event.id)
    assert (access.id, access.territory_id, access.state(clock.now())) == (event.id, place.id, EventState.OPEN)
    assert (access.hours.starts_at, access.zone.key) == (event.starts_at, "Europe/Paris")
    assert found.published_event("brouillon") is None
    assert found.published_event("perdu") is None
    assert found.get_event(draft.id).state(clock.now()) is EventState.DRAFT
    assert found.get_event(place.id) is None
    assert found.event_slugs_taken() == {"val-de-brume", "brouillon"}


def test_a_day_that_was_cancelled_says_so(place: Territory) -> None:
    event = eventing.event(place, cancelled_at=clock.now())
    assert found.get_event(event.id).state(clock.now()) is EventState.CANCELLED


def test_the_days_of_some_territories_come_latest_first(place: Territory) -> None:
    soon, late = (
        eventing.event(place),
        eventing.event(place, starts_at=clock.now() + 40 * DAY, ends_at=clock.now() + 41 * DAY),
    )
    other = eventing.event(factories.territory(), starts_at=clock.now() + DAY)
    assert [each.event for each in found.events_on([place.id])] == [late, soon]
    assert [each.event for each in found.events_on([place.id, other.territory_id])] == [late, soon, other]
    assert {each.territory for each in found.events_on([place.id])} == {place}
    assert found.events_on([]) == []


def test_a_programme_has_its_slots_in_order_and_workshops_by_title_cancelled_ones_last(place: Territory) -> None:
    event = eventing.event(place)
    third, second, first = (eventing.slot(event, after) for after in (6, 4, 1))
    cancelled = eventing.workshop(first, "Accueillir", cancelled_at=clock.now())
    visit, open_ = eventing.workshop(first, "Visiter"), eventing.workshop(first, "Ouvrir")
    eventing.workshop(eventing.slot(eventing.event(place), 1), "Ailleurs")
    programme = found.programme_of(event.id)
    assert [each.slot for each in programme] == [first, second, third]
    assert [each.workshops for each in programme] == [(open_, visit, cancelled), (), ()]
    assert programme[0].held == (open_, visit)
    assert (programme[0].hours.starts_at, programme[0].hours.ends_at) == (first.starts_at, first.ends_at)


@pytest.mark.parametrize(
    ("workshop_goes", "day_goes", "is_held"),
    [(False, False, True), (True, False, False), (False, True, False), (True, True, False)],
)
def test_a_workshop_takes_place_as_long_as_its_day_does(place, workshop_goes, day_goes, is_held) -> None:
    event = eventing.event(place, cancelled_at=clock.now() if day_goes else None)
    row = eventing.workshop(eventing.slot(event, 1), cancelled_at=clock.now() if workshop_goes else None)
    access = found.get_workshop(row.id)
    assert access.is_held is is_held
    assert (access.workshop, access.access.event, access.territory_id) == (row, event, place.id)
    slot = found.get_slot(access.slot.id)
    assert (slot.slot, slot.territory_id) == (access.slot, place.id)
    assert found.get_workshop(event.id) is None
    assert found.get_slot(event.id) is None


def test_whoever_passes_a_day_on_is_followed_until_it_is_stopped(place: Territory) -> None:
    event, other = eventing.event(place), eventing.event(place)
    stopped, works, first = (
        factories.add(EventPartner(event_id=of.id, name=name, slug=slug, made_at=clock.now(), revoked_at=revoked))
        for of, name, slug, revoked in (
            (event, "Aber", "aaa", clock.now()),
            (event, "Embruns", "bbb", None),
            (event, "Brisants", "ccc", None),
        )
    )
    factories.add(EventPartner(event_id=other.id, name="Ailleurs", slug="ddd", made_at=clock.now()))
    assert found.event_partners(event.id) == [first, works, stopped]
    assert found.open_event_partner(event.id, "bbb") is works
    for slug in ("aaa", "ddd", ""):
        assert found.open_event_partner(event.id, slug) is None
    access = found.get_event_partner(works.id)
    assert (access.partner, access.territory_id) == (works, place.id)
    assert found.get_event_partner(event.id) is None


@pytest.mark.parametrize(
    ("starts_in", "values", "is_due"),
    [
        (timedelta(0), {}, False),
        (SECOND, {}, True),
        (2 * DAY - SECOND, {}, True),
        (2 * DAY, {}, False),
        (DAY, {"published_at": None}, False),
        (DAY, {"cancelled_at": "now"}, False),
        (DAY, {"reminded_at": "now"}, False),
    ],
)
def test_one_is_reminded_once_of_a_day_that_begins_within_two_days(app: Flask, starts_in, values, is_due) -> None:
    now = clock.now()
    at = {key: now if value == "now" else value for key, value in values.items()}
    event: Event = eventing.event(starts_at=now + starts_in, ends_at=now + starts_in + DAY, **at)
    assert [each.event for each in found.events_to_remind_of(now)] == ([event] if is_due else [])
