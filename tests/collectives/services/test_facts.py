"""What a member tells of themselves, and the list of statuses that the administration keeps."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select

from collectifs.collectives.models import MembershipStatus
from collectifs.collectives.queries.collectives import get_collective
from collectifs.collectives.queries.facts import FactsTold, facts_told, mix_lines, statuses_chosen
from collectifs.collectives.services.memberships import tell_facts
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.people.domain.appointing import USUAL_STATUSES
from collectifs.people.domain.person import Degree
from collectifs.people.models import AccompaniedStatus
from collectifs.people.queries.contacts import get_status, statuses, statuses_offered
from collectifs.people.services.statuses import (
    add_status,
    add_usual_statuses,
    rename_status,
    restore_status,
    withdraw_status,
)
from tests import factories

TOLD = FactsTold(
    degree=Degree.SECOND,
    tutoring_years=4,
    setting="collège",
    school="Collège du Lavoir",
    uai="0751234J",
    work_commune="Brumeval",
    home_commune="Port-Estran",
    work_insee="29019",
    home_insee="29042",
    phone="06 12 34 56 78",
)


@pytest.fixture
def maud(app):
    return factories.user("Maud")


@pytest.fixture
def where(maud):
    return factories.collective(members=[maud])


@pytest.fixture
def by(maud):
    return factories.person(maud)


def tell(where, told, by) -> None:
    tell_facts(get_collective(where.id), told, by=by)
    db.session.flush()


def test_what_is_told_is_kept_and_can_be_emptied(where, by):
    half_time = add_status("Mi-temps", by=by)
    told = replace(TOLD, status_ids=frozenset({half_time.id}))
    tell(where, told, by)
    assert facts_told(by.id, where.id) == told
    assert statuses_chosen(where.id) == [("Mi-temps", 1)]
    tell(where, FactsTold(), by)
    assert facts_told(by.id, where.id) == FactsTold()
    assert not db.session.scalars(select(MembershipStatus)).all()


def test_each_fact_has_a_value_in_these_tests() -> None:
    """One that is added is tried here too: nothing else would see that it is not kept."""
    assert [name for name, value in vars(replace(TOLD, status_ids=frozenset({uuid4()}))).items() if not value] == []


def test_a_wrong_code_keeps_nothing(where, by):
    with pytest.raises(RuleBroken) as refusal:
        tell(where, replace(TOLD, uai="0010856B"), by)
    assert refusal.value.field == "uai"
    assert facts_told(by.id, where.id).school == ""


def test_the_mix_counts_present_members_only(where, by, maud):
    tell(where, TOLD, by)
    odile = factories.user("Odile")
    factories.membership(odile, where, ends_at=clock.now(), tutoring_years=12)
    lines = mix_lines(get_collective(where.id).memberships)
    assert sorted((line.years, line.commune) for line in lines if line.years is not None) == [(4, "Brumeval")]
    assert len(lines) == 2


def test_what_was_told_elsewhere_is_only_proposed(where, by, maud):
    tell(where, TOLD, by)
    other = factories.collective(members=[maud])
    assert facts_told(by.id, other.id) == TOLD
    assert [line.years for line in mix_lines(get_collective(other.id).memberships)] == [None, None]


def test_a_withdrawn_status_stays_where_it_was_chosen(where, by):
    row = add_status("Mi-temps", by=by)
    tell(where, FactsTold(status_ids=frozenset({row.id})), by)
    withdraw_status(get_status(row.id), now=clock.now(), by=by)
    assert statuses_offered() == []
    assert [each.label for each in statuses_offered({row.id})] == ["Mi-temps"]
    tell(where, FactsTold(setting="collège", status_ids=frozenset({row.id})), by)
    assert statuses_chosen(where.id) == [("Mi-temps", 1)]
    tell(where, FactsTold(setting="collège"), by)
    with pytest.raises(RuleBroken, match="pas dans la liste"):
        tell(where, FactsTold(status_ids=frozenset({row.id})), by)
    restore_status(get_status(row.id), by=by)
    assert [each.label for each in statuses_offered()] == ["Mi-temps"]


def test_the_list_is_kept_without_doubles(by):
    first, second = add_status("Mi-temps", by=by), add_status("Plein temps", by=by)
    with pytest.raises(RuleBroken, match="déjà dans la liste"):
        add_status("mi-TEMPS", by=by)
    with pytest.raises(RuleBroken, match="déjà dans la liste") as refusal:
        rename_status(get_status(second.id), "Mi temps", by=by)
    assert refusal.value.field == "label"
    rename_status(get_status(first.id), "MI-TEMPS", by=by)
    assert [each.label for each in statuses()] == ["MI-TEMPS", "Plein temps"]


def test_the_usual_list_is_taken_once(by):
    assert add_usual_statuses(by=by) == len(USUAL_STATUSES)
    withdraw_status(statuses()[0], now=clock.now(), by=by)
    assert add_usual_statuses(by=by) == 0
    assert len(db.session.scalars(select(AccompaniedStatus)).all()) == len(USUAL_STATUSES)
    assert statuses()[0].is_withdrawn
