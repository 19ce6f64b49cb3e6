"""People whom somebody names: what is known of a line, who is invited; one way at a time of choosing one."""

from uuid import uuid4

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.whole_names import GUESSED
from collectifs.people.domain.guests import (
    Guest,
    check_address_is_sure,
    check_guests,
    check_is_no_hierarchy,
    check_is_of_this_vivier,
    check_one_is_chosen,
    check_pilot_is_named,
    named_pilot,
)
from collectifs.people.domain.pasted import MAX_LINES
from collectifs.people.domain.people import PastedPerson, read_pasted_people

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
    assert pilot.is_invited
    with pytest.raises(RuleBroken, match="Dites qui pilote"):
        named_pilot(None)


def test_whoever_is_picked_is_in_the_vivier_of_the_territory() -> None:
    check_is_of_this_vivier(HERE, HERE)
    for elsewhere in (uuid4(), None):
        with pytest.raises(RuleBroken, match="un autre territoire"):
            check_is_of_this_vivier(elsewhere, HERE)


def guest(line: str = "Maud LE BIHAN <maud@a.example>", **values: object) -> Guest:
    return Guest(read_pasted_people(line)[0], **values)


TWO_AT_ONCE = "Déjà dans L’Estran cette saison : cette personne serait dans deux collectifs."
KNOWN = {"user_id": uuid4(), "known_as": "Maud Le Bihan"}


@pytest.mark.parametrize(
    ("found", "problem", "remarks", "is_invited"),
    [
        (guest(), "", [], True),
        (guest(**KNOWN), "", ["Déjà connue : Maud Le Bihan."], True),
        (guest("Maud LE BIHAN"), "Il manque une adresse électronique.", [], False),
        (guest("<maud@a.example>"), "", ["Sans nom de famille : complétez la ligne si vous le pouvez."], True),
        (guest("<maud@a.example>", **KNOWN), "", ["Déjà connue : Maud Le Bihan."], True),
        (guest("Maud LE BIHAN <m@gmial.com>"), "", ["Vouliez-vous dire m@gmail.com ?"], True),
        (guest(is_pilot=True), "", ["C’est le ou la pilote : compté une seule fois."], False),
        (
            guest(is_member=True, **KNOWN),
            "",
            ["Déjà membre de ce collectif : rien ne lui sera envoyé.", "Déjà connue : Maud Le Bihan."],
            False,
        ),
        (guest(elsewhere="L’Estran"), "", [TWO_AT_ONCE], True),
        (
            guest(elsewhere="L’Estran", is_member=True),
            "",
            ["Déjà membre de ce collectif : rien ne lui sera envoyé."],
            False,
        ),
        (guest("Bernard\tMartin\tx@a.example"), "", [GUESSED], True),
        (guest("Bernard\tMartin\tx@a.example", **KNOWN), "", ["Déjà connue : Maud Le Bihan."], True),
        (guest("Maud 🌻 LE BIHAN <m@a.example>"), "", ["Signes retirés."], True),
    ],
)
def test_a_line_says_what_is_known_of_it(found, problem, remarks, is_invited):
    assert (found.problem, found.remarks, found.is_invited) == (problem, remarks, is_invited)


def test_the_name_that_is_known_is_kept_and_else_the_one_typed():
    assert guest("Maude LEBIHAN <maud@a.example>").name == "Maude Lebihan"
    assert guest("Maude LEBIHAN <maud@a.example>", **KNOWN).name == "Maud Le Bihan"


def test_a_repeated_line_counts_once_and_stops_nothing():
    first, second = (Guest(person) for person in read_pasted_people("a@a.example\na@a.example"))
    assert (first.is_invited, second.is_invited) == (True, False)
    assert second.problem == ""
    assert "Déjà plus haut dans la liste : comptée une seule fois." in second.remarks
    check_guests([first, second])


def test_somebody_of_the_hierarchy_is_refused_in_words():
    found = guest(is_hierarchy=True, **KNOWN)
    assert "Maud Le Bihan appartient à la hiérarchie de ce territoire" in found.problem
    assert not found.is_invited
    with pytest.raises(RuleBroken, match="hiérarchie") as refusal:
        check_is_no_hierarchy(found, "pilot_line")
    assert refusal.value.field == "pilot_line"
    check_is_no_hierarchy(guest(), "pilot")


@pytest.mark.parametrize(
    ("guests", "sentence"),
    [
        ([], "Collez au moins une ligne"),
        ([guest("Maud")], "Une ligne est à revoir dans la liste"),
        ([guest("Maud"), guest(), guest("Jo <jo@a>")], "Deux lignes sont à revoir dans la liste"),
        ([guest(is_hierarchy=True, **KNOWN)], "Une ligne est à revoir"),
        ([guest(is_pilot=True)], "Personne n’est à inviter"),
        ([guest()] * (MAX_LINES + 1), f"dépasse {MAX_LINES} lignes"),
    ],
)
def test_a_list_that_cannot_be_sent_is_refused_beside_its_field(guests, sentence):
    with pytest.raises(RuleBroken, match=sentence) as refusal:
        check_guests(guests)
    assert refusal.value.field == "people"


def test_sixty_people_are_a_list_however_often_they_come_back():
    check_guests([guest()] * MAX_LINES + [Guest(read_pasted_people("a@a.example\na@a.example")[1])])


def test_an_address_in_doubt_is_asked_about_once():
    [doubtful] = read_pasted_people("Maud LE BIHAN <maud@gmial.com>")
    with pytest.raises(RuleBroken, match="gmail") as refusal:
        check_address_is_sure(doubtful, is_sure=False, field="who")
    assert refusal.value.field == "who"
    check_address_is_sure(doubtful, is_sure=True, field="who")
    check_address_is_sure(read_pasted_people("maud@gmail.com")[0], is_sure=False, field="who")
