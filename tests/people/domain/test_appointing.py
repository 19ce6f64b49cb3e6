"""Who may hold a role on a territory, and what a territory is."""

from zoneinfo import ZoneInfo

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.people.domain.appointing import (
    HOLDS_ALREADY,
    TIMEZONES,
    check_has_no_role_yet,
    check_is_in_no_collective,
    check_is_somebody_else,
    check_territory,
)
from collectifs.people.domain.person import Role


@pytest.mark.parametrize("role", list(Role))
def test_a_role_is_not_granted_twice_in_a_season(role):
    check_has_no_role_yet(is_running=False, role=role, field="who")
    with pytest.raises(RuleBroken) as refusal:
        check_has_no_role_yet(is_running=True, role=role, field="who")
    assert (refusal.value.sentence, refusal.value.field) == (HOLDS_ALREADY[role], "who")


def test_nobody_manages_or_inspects_the_collectives_that_they_belong_to():
    check_is_in_no_collective(is_member=False, field="who")
    with pytest.raises(RuleBroken, match="membre d’un collectif de ce territoire"):
        check_is_in_no_collective(is_member=True, field="who")


def test_nobody_names_themselves():
    check_is_somebody_else(is_oneself=False, field="who")
    with pytest.raises(RuleBroken, match="soi-même"):
        check_is_somebody_else(is_oneself=True, field="who")


def test_a_territory_has_a_code_of_its_own_and_a_known_clock():
    check_territory("99", "Indian/Reunion", code_is_taken=False)
    with pytest.raises(RuleBroken) as refusal:
        check_territory("99", "Europe/Paris", code_is_taken=True)
    assert refusal.value.field == "code"
    with pytest.raises(RuleBroken) as refusal:
        check_territory("99", "Europe/Atlantis", code_is_taken=False)
    assert refusal.value.field == "timezone"


@pytest.mark.parametrize("name", TIMEZONES)
def test_every_clock_of_the_list_exists(name):
    assert ZoneInfo(name).key == name
