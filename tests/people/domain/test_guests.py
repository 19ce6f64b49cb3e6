"""Naming who will pilot, or choosing somebody: one way at a time."""

from uuid import uuid4

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.people.domain.guests import (
    Guest,
    check_is_of_this_vivier,
    check_one_is_chosen,
    check_pilot_is_named,
    named_pilot,
)
from collectifs.people.domain.people import PastedPerson

HERE = uuid4()


@pytest.mark.parametrize(
    ("is_picked", "line", "refused_beside"),
    [(True, "", None), (False, "Maud Le Bihan", None), (True, "Maud Le Bihan", "who"), (False, "", "person")],
)
def test_somebody_is_picked_or_typed(is_picked: bool, line: str, refused_beside: str | None) -> None:
    if refused_beside is None:
        check_one_is_chosen(is_picked=is_picked, line=line)
        return
    with pytest.raises(RuleBroken) as refused:
        check_one_is_chosen(is_picked=is_picked, line=line)
    assert refused.value.field == refused_beside


@pytest.mark.parametrize(
    ("is_picked", "line", "refused_beside"),
    [(True, "", None), (False, "Maud Le Bihan", None), (True, "Maud Le Bihan", "pilot_line"), (False, "", "pilot")],
)
def test_a_pilot_comes_from_the_vivier_or_is_typed(is_picked: bool, line: str, refused_beside: str | None) -> None:
    if refused_beside is None:
        check_pilot_is_named(is_picked=is_picked, line=line)
        return
    with pytest.raises(RuleBroken) as refused:
        check_pilot_is_named(is_picked=is_picked, line=line)
    assert refused.value.field == refused_beside


def test_a_collective_is_not_made_without_a_pilot() -> None:
    pilot = Guest(PastedPerson("", "Maud", "Le Bihan", "m@a.example"))
    assert named_pilot(pilot) is pilot
    with pytest.raises(RuleBroken, match="Dites qui pilote"):
        named_pilot(None)


def test_whoever_is_picked_is_in_the_vivier_of_the_territory() -> None:
    check_is_of_this_vivier(HERE, HERE)
    for elsewhere in (uuid4(), None):
        with pytest.raises(RuleBroken, match="un autre territoire"):
            check_is_of_this_vivier(elsewhere, HERE)
