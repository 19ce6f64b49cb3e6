"""The directory: what everybody reads of it, what a manager reads, to whom a message goes, whom the clock asks."""

import json
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.vault import make_key
from collectifs.kernel.vault.texts import seal_text
from collectifs.network.domain.directory import Audience, ProgrammeState
from collectifs.network.models import Relay, RelayMessage
from collectifs.network.queries import directory as found
from collectifs.people.models import Territory
from tests import directing, factories

TODAY = date(2027, 1, 13)
DAY = timedelta(days=1)


def names(regions: list[found.Region]) -> dict[str, list[str]]:
    return {each.territory.name: [row.programme.name for row in each.programmes] for each in regions}


@pytest.fixture
def listed(place: Territory) -> Territory:
    """Three programmes here, one elsewhere, one that nobody confirmed yet, one gone two seasons ago."""
    directing.programme(place, "Passerelle", places="Lorient", audience=Audience.PUPILS)
    directing.programme(place, "Mentorat", audience=Audience.STUDENTS)
    directing.programme(place, "En gris", confirmed_season=2025)
    directing.programme(place, "Attendu", confirmed_season=None, confirmed_at=None)
    directing.programme(place, "Parti", confirmed_season=2024)
    directing.programme(factories.territory("Ailleurs"), "Cordée", audience=Audience.PUPILS)
    return place


@pytest.mark.parametrize(
    ("words", "audience", "seen"),
    [
        ("", None, {"Ailleurs": ["Cordée"], "Val-de-Brume": ["En gris", "Mentorat", "Passerelle"]}),
        ("lorient", None, {"Val-de-Brume": ["Passerelle"]}),
        ("cordee", None, {"Ailleurs": ["Cordée"]}),
        ("ailleurs", None, {"Ailleurs": ["Cordée"]}),
        ("cordee lorient", None, {}),
        ("", Audience.STUDENTS, {"Val-de-Brume": ["Mentorat"]}),
        ("passerelle", Audience.STUDENTS, {}),
        ("attendu", None, {}),
    ],
)
def test_everybody_reads_what_was_confirmed_this_season_or_the_one_before(listed, words, audience, seen) -> None:
    assert names(found.directory(TODAY, words, audience)) == seen


def test_who_answers_for_a_territory_is_read_there_unless_something_was_looked_for(place: Territory) -> None:
    directing.programme(place, "Passerelle")
    alone = factories.territory("Ailleurs")
    relay = directing.relay(alone)
    directing.relay(alone, agreed_at=None)
    directing.relay(alone, season=2025)
    assert [each.relays for each in found.directory(TODAY)] == [(relay,), ()]
    assert names(found.directory(TODAY, "passerelle")) == {"Val-de-Brume": ["Passerelle"]}
    assert names(found.directory(TODAY, "", Audience.PUPILS)) == {"Val-de-Brume": ["Passerelle"]}


@pytest.mark.parametrize(
    ("confirmed", "state", "is_listed"),
    [
        (None, ProgrammeState.WAITING, False),
        (2024, ProgrammeState.GREY, False),
        (2025, ProgrammeState.GREY, True),
        (2026, ProgrammeState.CONFIRMED, True),
    ],
)
def test_a_manager_reads_every_programme_of_theirs_with_its_state_and_its_relays(
    place: Territory, confirmed, state, is_listed
) -> None:
    row = directing.programme(place, confirmed_season=confirmed)
    yes, former, silent = (
        directing.relay(row, named_at=clock.now() - 3 * DAY),
        directing.relay(row, named_at=clock.now() - 2 * DAY, season=2025),
        directing.relay(row, named_at=clock.now() - DAY, agreed_at=None),
    )
    directing.relay(place)
    directing.programme(factories.territory())
    (seen,) = found.programmes_on([place.id])
    assert (seen.id, seen.territory_id, seen.relays) == (row.id, place.id, (yes, former, silent))
    assert (seen.state(TODAY), seen.is_listed(TODAY), seen.named(TODAY)) == (state, is_listed, [yes])
    assert found.get_programme(row.id) == seen
    assert found.get_programme(place.id) is None


def test_a_relay_is_of_a_programme_or_of_a_whole_territory(place: Territory) -> None:
    row = directing.programme(place)
    of_it, of_all = directing.relay(row), directing.relay(place)
    directing.relay(factories.territory())
    for relay, programme in ((of_it, row), (of_all, None)):
        access = found.get_relay(relay.id)
        assert (access.relay, access.programme, access.territory_id) == (relay, programme, place.id)
    assert found.get_relay(place.id) is None
    assert found.relays_of_territory(place.id) == [of_all]


@pytest.mark.parametrize(("season", "opens"), [(2024, False), (2025, True), (2026, True)])
def test_a_link_opens_until_its_relay_was_silent_for_a_whole_season(place: Territory, season: int, opens: bool) -> None:
    row, other = directing.relay(place, season=season), directing.relay(place)
    directing.link(other, "autre")
    directing.link(row, "jeton")
    access = found.relay_for_token("jeton", TODAY)
    assert (access.relay if access else None) == (row if opens else None)
    assert found.relay_for_token("perdu", TODAY) is None


def test_a_message_to_a_programme_goes_to_its_relays_of_the_season_else_to_those_of_before(place: Territory) -> None:
    row = directing.programme(place, confirmed_season=2025)
    assert found.desk_of_programme(row.id, TODAY) is None  # nobody reads
    directing.relay(row, season=2024)
    directing.relay(row, season=2025, agreed_at=None)
    assert found.desk_of_programme(row.id, TODAY) is None
    former = directing.relay(row, season=2025)
    assert found.desk_of_programme(row.id, TODAY) == found.Desk(row.name, place, row.id, (former,), is_grey=True)
    row.confirmed_season, present = 2026, directing.relay(row)
    db.session.flush()
    assert found.desk_of_programme(row.id, TODAY) == found.Desk(row.name, place, row.id, (present,))
    row.confirmed_season = None
    db.session.flush()
    assert found.desk_of_programme(row.id, TODAY) is None
    assert found.desk_of_programme(place.id, TODAY) is None


def test_a_message_to_a_territory_goes_to_whoever_answers_for_all_of_it(place: Territory) -> None:
    directing.relay(directing.programme(place))
    directing.relay(place, season=2025)
    assert found.desk_of_territory(place.id, TODAY) is None
    relay = directing.relay(place)
    assert found.desk_of_territory(place.id, TODAY) == found.Desk(place.name, place, None, (relay,))
    assert found.desk_of_territory(relay.id, TODAY) is None


def test_the_clock_asks_each_relay_once_reminds_them_once_and_forgets_those_of_before(place: Territory) -> None:
    now = clock.now()
    waits = directing.relay(place)
    asked, reminded = directing.relay(place, asked_at=now), directing.relay(place, reminded_at=now)
    directing.relay(place, agreed_at=None)
    former = directing.relay(place, season=2025)
    assert set(found.relays_to_ask(2026)) == {waits, reminded}
    assert set(found.relays_to_remind(2026)) == {waits, asked}
    assert found.relays_before(2026) == [former]
    assert found.relays_before(2025) == []


def test_those_at_an_address_come_oldest_first(place: Territory) -> None:
    new, old = (directing.relay(place, address="s@ac.example", named_at=clock.now() - each * DAY) for each in (1, 2))
    directing.relay(place)
    assert found.relays_at("s@ac.example") == [old, new]


@pytest.mark.parametrize(
    ("season", "confirmed", "goes"),
    [(2024, None, True), (2025, None, False), (2024, 2024, True), (2024, 2025, False), (2025, 2024, True)],
)
def test_a_programme_goes_once_nobody_confirmed_it_for_a_season(place, season, confirmed, goes) -> None:
    row = directing.programme(place, season=season, confirmed_season=confirmed)
    assert found.programmes_before(2025) == ([row] if goes else [])


def a_message(to: Relay, written_at: datetime, sent_at: datetime | None) -> RelayMessage:
    row = RelayMessage(id=uuid4(), relay_id=to.id, key_id=make_key(), written_at=written_at, sent_at=sent_at)
    seal_text(row, RelayMessage.body, json.dumps({"name": "Maëlle", "address": "m@e.example", "text": "Bonjour."}))
    return factories.add(row)


def test_messages_are_unsent_then_counted_then_forgotten(app: Flask, place: Territory) -> None:
    relay, other, now = directing.relay(place), directing.relay(place), clock.now()
    rows = {
        name: a_message(of, at, sent)
        for name, of, at, sent in (
            ("late", relay, now, None),
            ("early", relay, now - DAY, None),
            ("sent", relay, now, now),
            ("other", other, now, now),
        )
    }
    assert found.unsent_messages() == [rows["early"], rows["late"]]
    assert found.unsent_messages(RelayMessage.written_at < now) == [rows["early"]]
    assert [found.messages_received(ids) for ids in ([], [relay.id], [relay.id, other.id])] == [0, 1, 2]
    assert found.get_relay_message(rows["late"].id) is rows["late"]
    assert list(db.session.scalars(found.ids_of_messages_before(now))) == [rows["early"].id]
    assert found.open_message(rows["late"]) == found.OpenedMessage("Maëlle", "m@e.example", "Bonjour.")
