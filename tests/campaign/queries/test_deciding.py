"""What a manager finds of those who volunteer: the list and its filters, doubles, whom time finds to tell."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from collectifs.campaign.domain.candidacy import CandidacyState, WouldPilot
from collectifs.campaign.domain.kinds import CallKind
from collectifs.campaign.domain.needs import Count
from collectifs.campaign.models.calls import Call, Candidacy
from collectifs.campaign.queries import deciding
from collectifs.campaign.queries.deciding import Looked, filtered
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.people.domain.person import Degree
from tests import factories

STATE = CandidacyState
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SENT = [each for each in STATE if each not in (STATE.STARTED, STATE.CONFIRMED, STATE.WITHDRAWN)]


@pytest.fixture
def call(app: Flask) -> Call:
    return factories.call()


@pytest.fixture
def now(app: Flask) -> datetime:
    return clock.now()


@pytest.mark.parametrize("state", STATE)
def test_what_was_not_sent_or_was_withdrawn_is_read_by_nobody_else(call: Call, state: STATE) -> None:
    row = factories.candidacy(call, state=state)
    found = deciding.candidacy_of(row.id)
    assert (found is not None) is (state in SENT)
    assert deciding.sent_candidacies(call.id) == ([row] if state in SENT else [])
    if found is not None:
        assert (found.candidacy, found.territory_id) == (row, call.territory_id)
    assert deciding.candidacy_of(uuid4()) is None


def test_those_that_were_sent_come_in_their_order_and_those_that_were_picked_are_of_this_call(
    call: Call, now: datetime
) -> None:
    late, early = (factories.candidacy(call, completed_at=now + each * HOUR) for each in (0, -1))
    other = factories.candidacy(factories.call())
    assert deciding.sent_candidacies(call.id) == [early, late]
    assert deciding.chosen(call.id, [late.id, other.id]) == [late]
    assert set(deciding.chosen(call.id, [late.id, early.id])) == {late, early}


def somebody(**values: Any) -> Candidacy:
    usual = {
        "state": STATE.COMPLETE,
        "given_name": "Zoé",
        "family_name": "Élan",
        "school": "École du Lavoir",
        "degree": Degree.FIRST,
        "tutoring_years": 2,
        "would_pilot": WouldPilot.NO,
        "work_insee": "47157",
        "home_insee": "47001",
        "address": "z@x",
        "half_days": [],
    }
    return Candidacy(id=uuid4(), **(usual | values))


@pytest.mark.parametrize(
    ("looked", "values", "kept"),
    [
        (Looked(), {}, True),
        (Looked(), {"state": STATE.WAITING}, False),
        (Looked(state=None), {"state": STATE.WAITING}, True),
        (Looked(words="zoe el"), {}, True),
        (Looked(words="LAVOIR"), {}, True),
        (Looked(words="moulin"), {}, False),
        (Looked(degree=Degree.SECOND), {}, False),
        (Looked(degree=Degree.FIRST), {}, True),
        (Looked(years="0"), {}, False),
        (Looked(years="0"), {"tutoring_years": 0}, True),
        (Looked(years="0"), {"tutoring_years": None}, True),
        (Looked(years="0"), {"tutoring_years": 1}, False),
        (Looked(years="3"), {}, False),
        (Looked(years="3"), {"tutoring_years": 3}, True),
        (Looked(pilots=True), {}, False),
        (Looked(pilots=True), {"would_pilot": WouldPilot.YES}, True),
        (Looked(pilots=True), {"would_pilot": WouldPilot.MAYBE}, True),
        (Looked(pilots=True), {"would_pilot": None}, False),
        (Looked(insee="47157"), {}, True),
        (Looked(insee="47001"), {}, True),
        (Looked(insee="24322"), {}, False),
        (Looked(words="zoe", degree=Degree.FIRST, insee="24322"), {}, False),
    ],
)
def test_the_list_is_filtered_by_each_thing_that_is_said(looked: Looked, values: dict[str, Any], kept: bool) -> None:
    assert bool(filtered([somebody(**values)], looked)) is kept


@pytest.mark.parametrize(
    ("values", "alike"),
    [
        ({}, True),
        ({"family_name": "ELAN", "school": ""}, True),  # one address
        ({"address": "y@x"}, True),  # one school
        ({"address": "y@x", "school": "ecole du lavoir"}, True),
        ({"address": "y@x", "school": "École du Port"}, False),
        ({"family_name": "Autre"}, False),
    ],
)
def test_one_family_name_with_one_address_or_one_school_is_perhaps_one_person(
    values: dict[str, Any], alike: bool
) -> None:
    one, other = somebody(), somebody(**values)
    assert deciding.doubles_among([one, other]) == ({one.id: [other], other.id: [one]} if alike else {})


def test_two_who_told_no_school_are_not_one_person_for_that() -> None:
    assert deciding.doubles_among([somebody(school=""), somebody(school="", address="y@x")]) == {}


@pytest.mark.parametrize(
    ("there", "values", "named"),
    [
        ({}, {}, True),
        ({"season": 2025}, {}, False),
        ({"kind": CallKind.PREPARATORY}, {}, False),
        ({}, {"given_name": "Luc"}, False),  # another person of that address
        ({}, {"address": "y@x"}, False),
        ({}, {"state": STATE.CONFIRMED}, False),
        ({}, {"state": STATE.WITHDRAWN}, False),
        ({}, {"state": STATE.PLACED}, True),
    ],
)
def test_the_other_territories_where_the_same_person_volunteers_are_named(
    call: Call, there: dict[str, Any], values: dict[str, Any], named: bool
) -> None:
    who = {"given_name": "Zoé", "family_name": "Élan", "address": "z@x"}
    mine = factories.candidacy(call, who["given_name"], family_name="Élan", address="z@x")
    another = factories.candidacy(call, "Luc")
    elsewhere = factories.call(factories.territory("Landes"), **there)
    said = who | values
    factories.candidacy(elsewhere, said.pop("given_name"), **said)
    factories.candidacy(call, "Zoé", family_name="Élan", address="z@x")  # twice on this territory: a double
    assert deciding.elsewhere(call, [mine, another]) == ({mine.id: ["Landes"]} if named else {})


def test_how_many_stand_where(call: Call) -> None:
    for state in (STATE.COMPLETE, STATE.COMPLETE, STATE.DECLINED):
        factories.candidacy(call, state=state)
    factories.candidacy(factories.call(), state=STATE.WAITING)
    assert deciding.counts_by_state(call.id) == {STATE.COMPLETE: 2, STATE.DECLINED: 1}


@pytest.mark.parametrize(
    ("tells", "told", "undone", "due"),
    [(None, None, False, False), (0, None, True, True), (1, None, True, False), (-1, 0, False, False)],
)
def test_an_answer_is_taken_back_until_it_is_told_and_told_when_it_is_due(
    call: Call, now: datetime, tells: int | None, told: int | None, undone: bool, due: bool
) -> None:
    times = {"tells_at": tells, "told_at": told}
    row = factories.candidacy(call, **{name: None if at is None else now + at * HOUR for name, at in times.items()})
    assert deciding.not_yet_told(call.id) == ([row] if undone else [])
    assert deciding.to_tell(now) == ([row] if due else [])
    assert deciding.not_yet_told(factories.call().id) == []


@pytest.mark.parametrize(
    ("opens", "closes", "values", "told"),
    [
        (-1, 0, {}, True),
        (-1, 3, {}, True),
        (-1, 4, {}, False),
        (-5, -1, {}, False),
        (0, 3, {}, False),  # it opens today: nobody was slow
        (-1, 3, {"paused_at": 0}, False),
        (-1, 3, {"deadline_told_at": 0}, False),
        (-1, 3, {"published_at": None}, False),
    ],
)
def test_those_who_began_are_told_once_that_a_call_closes_soon(
    now: datetime, opens: int, closes: int, values: dict[str, Any], told: bool
) -> None:
    today = now.date()
    moments = {name: now if at == 0 else None for name, at in values.items()}
    row = factories.call(opens_on=today + opens * DAY, closes_on=today + closes * DAY, **moments)
    assert deciding.calls_about_to_close(today + 3 * DAY, today) == ([row] if told else [])


def test_only_an_address_that_was_proved_is_written_to_again(call: Call) -> None:
    rows = {state: factories.candidacy(call, state=state) for state in STATE}
    factories.candidacy(factories.call(), state=STATE.CONFIRMED)
    assert deciding.unfinished_of(call.id) == [rows[STATE.CONFIRMED]]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([], "à discuter"),
        (["wed_pm"], "mercredi après-midi"),
        (["fri_pm", "wed_am", "wed_pm"], "mercredi, vendredi après-midi"),
        (["mon_am", "tue_am"], "lundi matin, mardi matin"),
    ],
)
def test_half_days_are_said_by_day_in_the_order_of_the_week(days: list[str], words: str) -> None:
    assert deciding.half_days_in_words(somebody(half_days=days)) == words


def test_who_counts_for_what_is_missing(call: Call) -> None:
    for state in STATE:
        factories.candidacy(call, state=state, would_pilot=WouldPilot.YES)
    factories.candidacy(call, degree=Degree.SECOND, would_pilot=WouldPilot.MAYBE)
    factories.candidacy(factories.call())
    assert deciding.count_of(call.id) == Count(3, 1, 3)
    assert deciding.count_of(factories.call().id) == Count()
    assert deciding.commune_of(somebody()) == "Marmande (47)"


def test_those_who_wait_for_an_answer_are_counted_on_ones_territories(call: Call) -> None:
    for state in (STATE.COMPLETE, STATE.COMPLETE, STATE.WAITING, STATE.CONFIRMED):
        factories.candidacy(call, state=state)
    other = factories.call()
    factories.candidacy(other)
    assert deciding.candidacies_to_read([call.territory_id]) == 2
    assert deciding.candidacies_to_read([call.territory_id, other.territory_id]) == 3
    assert deciding.candidacies_to_read([]) == 0
    db.session.flush()
