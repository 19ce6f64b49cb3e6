"""A pasted list is read line by line: nobody is lost, nobody is invented."""

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.people.domain.people import (
    LONGEST_ADDRESS,
    MAX_NAME,
    check_address_may_be_corrected,
    check_name,
    is_address,
    names_nobody,
    normal_address,
    read_one_person,
    read_pasted_people,
    wrong_with_address,
)


@pytest.mark.parametrize(
    ("line", "given", "family", "address"),
    [
        ("Maud LE BIHAN <maud@ac-rennes.example>", "Maud", "Le Bihan", "maud@ac-rennes.example"),
        ("LE BIHAN Maud <maud@ac-rennes.example>", "Maud", "Le Bihan", "maud@ac-rennes.example"),
        ("Maud Le Bihan <Maud@AC-Rennes.example>", "Maud", "Le Bihan", "maud@ac-rennes.example"),
        ('"LE BIHAN, Maud" <maud@a.example>', "Maud", "Le Bihan", "maud@a.example"),
        ("'LE BIHAN Maud' <maud@a.example>", "Maud", "Le Bihan", "maud@a.example"),
        ("LE BIHAN;Maud;maud@a.example", "Maud", "Le Bihan", "maud@a.example"),
        ("maud@a.example\tMaud\tLE BIHAN", "Maud", "Le Bihan", "maud@a.example"),
        ("Jean-Pierre DE LA TOUR <jp@a.example>", "Jean-Pierre", "De La Tour", "jp@a.example"),
        ("Élise D'ARTAGNAN <elise@a.example>", "Élise", "D'Artagnan", "elise@a.example"),
        ("J DUPONT <j@a.example>", "J", "Dupont", "j@a.example"),
        ("MAUD LE BIHAN maud@a.example", "Maud", "Le Bihan", "maud@a.example"),
        ("maud.lebihan@a.example", "Maud", "Lebihan", "maud.lebihan@a.example"),
        ("<maud@a.example>", "Maud", "", "maud@a.example"),
        ("Maud LE BIHAN maud@a.example;", "Maud", "Le Bihan", "maud@a.example"),
    ],
)
def test_a_line_is_understood_whatever_program_it_comes_from(line, given, family, address):
    [person] = read_pasted_people(line)
    assert (person.given_name, person.family_name, person.address, person.problem) == (given, family, address, "")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Maud LE BIHAN", "Il manque une adresse électronique."),
        ("Maud LE BIHAN <maud@a>", "Cette adresse est mal écrite."),
        ("Maud LE BIHAN <maud@@a.example>", "Cette adresse est mal écrite."),
        (f"{'M' * (MAX_NAME + 1)} x <maud@a.example>", f"Ce nom dépasse {MAX_NAME} caractères."),
    ],
)
def test_a_line_that_cannot_be_used_says_why(line, problem):
    [person] = read_pasted_people(line)
    assert person.problem == problem
    assert person.line == line


@pytest.mark.parametrize(
    "text",
    [
        "Maud LE BIHAN <maud@a.example>\nJo DUPONT <jo@a.example>",
        "Maud LE BIHAN <maud@a.example>\r\n\r\n  Jo DUPONT <jo@a.example>\r\n",
        "LE BIHAN, Maud <maud@a.example>; DUPONT, Jo <jo@a.example>;",
        "Maud LE BIHAN <maud@a.example>, Jo DUPONT <jo@a.example>",
        "LE BIHAN, Maud <maud@a.example>, DUPONT, Jo <jo@a.example>",
        "Maud LE BIHAN <maud@a.example> Jo DUPONT <jo@a.example>",
    ],
)
def test_two_people_stay_two_however_they_are_separated(text):
    people = read_pasted_people(text)
    assert [(each.name, each.address) for each in people] == [
        ("Maud Le Bihan", "maud@a.example"),
        ("Jo Dupont", "jo@a.example"),
    ]


def test_a_repeated_address_is_said_on_its_line_and_the_first_one_stays():
    first, second = read_pasted_people("Maud LE BIHAN <maud@a.example>\nM. LE BIHAN <MAUD@a.example>")
    assert not first.problem
    assert second.problem == "Cette adresse est déjà plus haut dans la liste."
    assert (first.is_repeat, second.is_repeat) == (False, True)


def test_two_lines_without_an_address_are_no_repetition():
    assert [each.problem for each in read_pasted_people("Maud\nJo")] == ["Il manque une adresse électronique."] * 2


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("maud@gmial.com", "Vouliez-vous dire maud@gmail.com ?"),
        ("a@ac-rennes.example\nb@ac-rennes.example\nc@ac-renes.example", "Vouliez-vous dire c@ac-rennes.example ?"),
        ("maud@gmail.com", ""),
        ("maud@tout-autre.example", ""),
    ],
)
def test_a_likely_typing_mistake_is_a_doubt_and_stops_nothing(text, doubt):
    last = read_pasted_people(text)[-1]
    assert (last.doubt, last.problem) == (doubt, "")


@pytest.mark.parametrize("text", ["", "  \n\t\n", ";;\n,"])
def test_an_empty_list_holds_nobody(text):
    assert read_pasted_people(text) == []


def test_one_person_is_read_with_name_and_address():
    person = read_one_person("Maud LE BIHAN <maud@a.example>", "who")
    assert (person.name, person.address) == ("Maud Le Bihan", "maud@a.example")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Écrivez une seule personne"),
        ("a@a.example, b@a.example", "Écrivez une seule personne"),
        ("Maud LE BIHAN", "Il manque une adresse"),
        ("Maud <maud@a>", "Cette adresse est mal écrite."),
    ],
)
def test_one_person_that_nobody_could_write_to_is_refused_beside_the_field(text, sentence):
    with pytest.raises(RuleBroken, match=sentence) as refusal:
        read_one_person(text, "who")
    assert refusal.value.field == "who"


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("maud@a.example", True),
        ("m.le-bihan+x@ac.b-c.fr", True),
        ("maud@a", False),
        ("maud", False),
        ("@a.example", False),
    ],
)
def test_what_an_address_is(address, is_one):
    assert is_address(address) is is_one


def test_an_address_is_compared_in_small_letters():
    assert normal_address(" <Maud@A.example> ") == "maud@a.example"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Maud@A.fr ", ""),
        ("jo@", "incomplète"),
        ("jo@a", "incomplète"),
        ("j(1)@a.fr", "mal écrite"),
        ("j" * LONGEST_ADDRESS, "incomplète"),
    ],
)
def test_a_wrong_address_says_what_it_lacks(typed: str, says: str) -> None:
    found = wrong_with_address(typed)
    assert (says in found) if says else found == ""


@pytest.mark.parametrize(("length", "is_one"), [(LONGEST_ADDRESS, True), (LONGEST_ADDRESS + 1, False)])
def test_an_address_has_254_signs_at_most(length, is_one):
    end = ".".join(["a" * 60] * 3) + ".example"
    address = f"{'m' * (length - len(end) - 1)}@{end}"
    assert (len(address), is_address(address)) == (length, is_one)
    assert wrong_with_address(address) == ""  # its length is told by the form


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"is_refused": False}, "Les courriels arrivent à cette adresse : seule la personne peut la changer."),
        ({"is_new": False}, "Cette personne est déjà entrée : elle seule change son adresse."),
        ({"has_met": True}, "Le premier regroupement a eu lieu : proposez la bonne adresse au ou à la pilote."),
    ],
)
def test_another_mends_an_address_only_before_it_reached_anybody(facts, sentence):
    right = {"is_refused": True, "is_new": True, "has_met": False}
    check_address_may_be_corrected(**right)
    with pytest.raises(RuleBroken) as refusal:
        check_address_may_be_corrected(**right | facts)
    assert (refusal.value.sentence, refusal.value.field) == (sentence, "address")


@pytest.mark.parametrize(
    ("given", "family"),
    [
        ("Maud", "Le Bihan"),
        ("Jean-Pierre", "D’Ângelo"),
        ("Ý.", ""),
        ("M" * MAX_NAME, "B" * MAX_NAME),
        ("Nguyễn Thị", "Ánh"),
    ],
)
def test_a_name_is_letters_and_what_joins_them(given, family):
    check_name(given, family)


@pytest.mark.parametrize(
    ("given", "family", "sentence", "field"),
    [
        ("", "Le Bihan", "Écrivez le prénom.", "given_name"),
        ("M" * (MAX_NAME + 1), "Le Bihan", "Ce nom dépasse 80 caractères.", "given_name"),
        ("Maud", "B" * (MAX_NAME + 1), "Ce nom dépasse 80 caractères.", "family_name"),
        ("Maud 2", "Le Bihan", "Un nom s’écrit avec des lettres, sans chiffre ni adresse.", "given_name"),
        ("Maud", "b@a.example", "Un nom s’écrit avec des lettres, sans chiffre ni adresse.", "family_name"),
    ],
)
def test_what_is_no_name_is_refused_beside_its_field(given, family, sentence, field):
    with pytest.raises(RuleBroken) as refusal:
        check_name(given, family)
    assert (refusal.value.sentence, refusal.value.field) == (sentence, field)


@pytest.mark.parametrize(
    ("line", "nobody"),
    [
        ("Bonjour", True),
        ("Voici la liste.", True),
        ("Cordialement,", True),
        ("Tous ceux-là :", True),
        ("À jeudi !", True),
        ("06 12 34 56 78", True),
        ("Je vous les envoie dès ce soir", True),  # seven words
        ("Anne de La Tour du Pin", False),  # six
        ("Anne Roy", False),
        ("Merci à Anne Roy <anne@a.example>", False),
    ],
)
def test_a_greeting_a_figure_a_sentence_is_nobody(line, nobody):
    assert names_nobody(line) is nobody
