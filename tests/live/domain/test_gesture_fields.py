"""The fields of a gesture, one by one: what each reads, from where to where, and what it refuses."""

from uuid import UUID

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.live.domain.gesture_fields import (
    IDENTIFIER,
    NAME,
    NAME_OR_NOTHING,
    Field,
    device_number,
    lines,
    maybe,
    number,
    one_of,
    person,
    read_fields,
    told,
    words,
)

ID = str(UUID(int=7))
UNREADABLE = "Cette action n’est pas lisible."
LINES = lines({"id": NAME, "minutes": maybe(number(0, 9))}, 2)


@pytest.mark.parametrize(
    ("field", "sent", "read"),
    [
        (IDENTIFIER, ID.upper(), ID),
        (IDENTIFIER, ID.replace("-", ""), ID),
        (NAME, "a", "a"),
        (NAME, "x" * 64, "x" * 64),
        (NAME_OR_NOTHING, "", ""),
        (NAME_OR_NOTHING, "w1", "w1"),
        (words(5), " mot ", "mot"),
        (words(5), "x" * 5, "x" * 5),
        (person(9), " Inès \n Roux ", "Inès Roux"),
        (person(5), "x" * 5, "x" * 5),
        (one_of(("given", "passed")), "passed", "passed"),
        (number(-2, 3), -2, -2),
        (number(-2, 3), 3, 3),
        (LINES, [{"id": "a"}], [{"id": "a"}]),
        (LINES, [{"id": "a", "minutes": 9}, {"id": "b", "else": 1}], [{"id": "a", "minutes": 9}, {"id": "b"}]),
    ],
)
def test_a_field_reads_what_it_is_for_up_to_its_bounds(field: Field, sent: object, read: object) -> None:
    assert field.read(sent) == read


@pytest.mark.parametrize(
    ("field", "sent", "why"),
    [
        (IDENTIFIER, "twelve", UNREADABLE),
        (IDENTIFIER, 7, UNREADABLE),
        (NAME, "", UNREADABLE),
        (NAME, "x" * 65, UNREADABLE),
        (NAME_OR_NOTHING, " ", UNREADABLE),
        (NAME_OR_NOTHING, "x" * 65, UNREADABLE),
        (words(5), " ", "Cette note est vide."),
        (words(5), "x" * 6, "Cette note est trop longue : 5 signes au plus."),
        (person(5), "", "Écrivez le nom de cette personne : 5 signes au plus."),
        (person(5), "x" * 6, "Écrivez le nom de cette personne : 5 signes au plus."),
        (one_of(("given", "passed")), "sung", UNREADABLE),
        (one_of(("given", "passed")), ["given"], UNREADABLE),
        (number(-2, 3), -3, UNREADABLE),
        (number(-2, 3), 4, UNREADABLE),
        (number(-2, 3), 1.0, UNREADABLE),
        (number(-2, 3), True, UNREADABLE),
        (LINES, [], UNREADABLE),
        (LINES, {"id": "a"}, UNREADABLE),
        (LINES, ["a"], UNREADABLE),
        (LINES, [{"id": "a"}, {"id": "a"}], UNREADABLE),
        (LINES, [{"id": "a"}, {"id": "b"}, {"id": "c"}], UNREADABLE),
    ],
)
def test_a_field_refuses_the_rest_of_the_world(field: Field, sent: object, why: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        field.read(sent)
    assert refused.value.sentence == why


def test_a_key_that_may_lack_is_read_when_it_is_there_and_the_others_are_asked_for() -> None:
    fields = {"who": NAME, "step": maybe(NAME)}
    assert read_fields(fields, {"who": "w1", "else": 1}) == {"who": "w1"}
    assert read_fields(fields, {"who": "w1", "step": "a"}) == {"who": "w1", "step": "a"}
    for sent in ({"step": "a"}, {"who": "w1", "step": ""}):
        with pytest.raises(RuleBroken, match="pas lisible"):
            read_fields(fields, sent)


def test_scripts_are_told_the_type_of_a_body() -> None:
    fields = {"how": maybe(one_of(("given", "passed"))), "count": number(0, 3), "steps": lines({"id": NAME}, 2)}
    assert told(fields) == '{ how?: "given" | "passed"; count: number; steps: { id: string }[] }'
    assert told({}) == "{}"


@pytest.mark.parametrize(("length", "is_read"), [(7, False), (8, True), (64, True), (65, False)])
def test_the_number_of_a_device_is_long_enough_to_be_its_own(length: int, is_read: bool) -> None:
    if is_read:
        assert device_number("d" * length) == "d" * length
        return
    with pytest.raises(RuleBroken, match="n’a pas dit son numéro"):
        device_number("d" * length)
