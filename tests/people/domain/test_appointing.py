"""Who may hold a role on a territory, and what a territory is."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.people.domain.appointing import (
    HOLDS_ALREADY,
    TIMEZONES,
    USUAL_STATUSES,
    accompanied_in_words,
    check_has_no_role_yet,
    check_is_in_no_collective,
    check_is_somebody_else,
    check_label_is_free,
    check_may_be_deputy,
    check_territory,
    usual_missing,
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


TODAY, LAST = date(2027, 1, 13), date(2027, 8, 31)
ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("is_own_right", "is_deputy", "until", "refused_beside"),
    [
        (True, False, TODAY + ONE_DAY, None),
        (True, False, LAST, None),
        (False, False, LAST, "territory"),  # a deputy names nobody in turn
        (False, True, TODAY, "territory"),
        (True, True, LAST, "who"),
        (True, False, TODAY, "until"),
        (True, False, LAST + ONE_DAY, "until"),
    ],
)
def test_who_is_away_names_one_deputy_until_a_day_of_the_season(is_own_right, is_deputy, until, refused_beside):
    refused = None
    try:
        check_may_be_deputy(is_own_right=is_own_right, is_deputy=is_deputy, until=until, today=TODAY, season_end=LAST)
    except RuleBroken as refusal:
        refused = refusal.field
    assert refused == refused_beside


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ([], ""),
        ([("SOPA", 1)], "Accompagnent : SOPA (1)."),
        ([("Fonctionnaire stagiaire", 2), ("SOPA", 1)], "Accompagnent : Fonctionnaire stagiaire (2) ; SOPA (1)."),
    ],
)
def test_how_many_chose_each_status_is_said_and_never_who(chosen, words):
    assert accompanied_in_words(chosen) == words


def test_a_status_stands_once_in_the_list() -> None:
    check_label_is_free("Étudiant en LPE", ["SOPA"])
    with pytest.raises(RuleBroken, match="déjà dans la liste") as refusal:
        check_label_is_free("étudiant EN lpe", ["SOPA", "Étudiant en LPE"])
    assert refusal.value.field == "label"
    assert usual_missing([]) == list(USUAL_STATUSES)
    assert usual_missing([USUAL_STATUSES[1].upper()]) == [USUAL_STATUSES[0], *USUAL_STATUSES[2:]]
