"""What people really paste: understood, or a doubt said on that line; never somebody misread and said to be invited."""

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.lost_accents import LOST, MAYBE, MENDED, put_back
from collectifs.kernel.text.whole_names import GUESSED, NO_GIVEN, ODD
from collectifs.people.domain.guests import Guest, check_guests
from collectifs.people.domain.pasted import MAX_LINES
from collectifs.people.domain.people import NOBODY, is_address, read_pasted_people, without_nobody

ANNE = ("Anne", "Roy", "anne.roy@a.example")
LUC = ("Luc", "Ney", "luc.ney@a.example")


def read(text):
    return [(each.given_name, each.family_name, each.address) for each in read_pasted_people(text)]


def remarks(text):
    [person] = read_pasted_people(text)
    return person.problem or " ".join(Guest(person).remarks)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Mme;ROY;Anne;anne.roy@a.example", [ANNE]),
        ("M.\tNEY\tLuc\tluc.ney@a.example", [LUC]),
        ("Mme ROY Anne <anne.roy@a.example>", [ANNE]),
        ("M. NEY Luc <luc.ney@a.example>", [LUC]),
        ("Mr Luc Ney <luc.ney@a.example>", [LUC]),
        ("Roy Anne <anne.roy@a.example>", [ANNE]),
        ("ROY ANNE <anne.roy@a.example>", [ANNE]),
        ("ANNE ROY <anne.roy@a.example>", [ANNE]),
        ("Roy Anne <aroy@a.example>", [(*ANNE[:2], "aroy@a.example")]),
        ("ROY Anne\tanne.roy@a.example\t06 12 34 56 78\tÉcole Jules-Ferry", [ANNE]),
        ("Anne ROY 06 12 34 56 78 <anne.roy@a.example>", [ANNE]),
        ("LE BIHAN MAUD <maud.lebihan@a.example>", [("Maud", "Le Bihan", "maud.lebihan@a.example")]),
        ("Jean de LA TOUR <j@a.example>", [("Jean", "de La Tour", "j@a.example")]),
        ("=?utf-8?q?H=C3=A9l=C3=A8ne_PETIT?= <h@a.example>", [("Hélène", "Petit", "h@a.example")]),
        ("=?ISO-8859-1?Q?Andr=E9?= ROY <a@a.example>", [("André", "Roy", "a@a.example")]),
        ("=?utf-8?b?SMOpbMOobmU=?= =?utf-8?q?_PETIT?= <h@a.example>", [("Hélène", "Petit", "h@a.example")]),
        ("À : Luc NEY <luc.ney@a.example>", [LUC]),
        ("Tuteurs du bassin : Anne ROY <anne.roy@a.example>, Luc NEY <luc.ney@a.example>;", [ANNE, LUC]),
        ("Anne ROY : anne.roy@a.example", [ANNE]),
        ("Luc NEY <luc.ney@a.example.>", [LUC]),
        ("Civilité;Nom;Prénom;Courriel académique\nMme;ROY;Anne;anne.roy@a.example", [ANNE]),
        ("Civilité;Nom;Prénom;Courriel académique\nM.;NEY;Luc;luc.ney@a.example", [LUC]),
        ("Nom de naissance;Nom d’usage;Prénom;Mél pro\nX;ROY;Anne;anne.roy@a.example", [ANNE]),
        ("Nom du tuteur;Mail\nROY Anne;anne.roy@a.example", [ANNE]),
        ("Nom et prénom de l’agent\tAdresse mail académique\nROY Anne\tanne.roy@a.example", [ANNE]),
        ("Nom affiché;Nom;Prénom;Mél\nA. R.;ROY;Anne;anne.roy@a.example", [ANNE]),
        ("Anne <anne.roy@a.example>", [("Anne", "", "anne.roy@a.example")]),
    ],
)  # fmt: skip
def test_what_people_paste_is_understood(text, people):
    assert read(text) == people


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Durand Alain (DEC-Pôle) <alain.durand@a.example>", "« DEC-Pôle » est laissé de côté."),
        ("Marie Durand <contact@a.example>", GUESSED),
        ("DUPONT née MARTIN Marie <marie.dupont@a.example>", "« née Martin » est laissé de côté : vérifiez le nom."),
        ("M. ROY <x@a.example>", NO_GIVEN),
        ("Anne ROY #12 <anne@a.example>", ODD),
        ("Anne ROY <anne..roy@a.example>", "Un point de trop dans l’adresse : sans doute anne.roy@a.example."),
        ("Anne ROY <.anne@a.example>", "Un point de trop dans l’adresse : sans doute anne@a.example."),
        ("FranÁois PETIT <f.petit@a.example>", MENDED),
        ("Jos? P?REZ <j@a.example>", LOST),
        ("Bonjour, voici la liste :", NOBODY),
        ("Cordialement", NOBODY),
        ("06 12 34 56 78", NOBODY),
        ("Anne ROY", "Il manque une adresse électronique."),
    ],
)
def test_what_may_be_misread_is_said_on_its_line(text, says):
    assert says in remarks(text)


def lost():
    """Names as each page of eight bits shows those of another."""
    names = ("François", "Hélène", "Zoë", "Noël", "Éric", "André", "Benoît", "Jérôme", "FRANÇOIS", "Gaëlle", "Aurélie")
    for name in names:
        for wrote in ("cp1252", "mac_roman", "cp850"):
            for read_as in ("cp1252", "mac_roman", "cp850"):
                if wrote != read_as:
                    yield name, b"".join(each.encode(wrote) for each in name), read_as


def shown(raw, page):
    try:
        return raw.decode(page)
    except UnicodeDecodeError:
        return raw.decode("latin-1")


@pytest.mark.parametrize(("name", "raw", "page"), list(lost()))
def test_accents_lost_between_two_pages_are_put_back_or_told_and_never_wrong(name, raw, page):
    found, said = put_back(shown(raw, page))
    assert (found == name and said == MENDED) or said in (LOST, MAYBE)


@pytest.mark.parametrize(
    "name",
    ["D’Ângelo", "O’Brien", "McDonald", "Noël D’ORÇAY", "Šárka Černá", "Nguyễn Thị Ánh", "Zoë", "«\u00a0Maud\u00a0»"],
)
def test_a_right_name_is_left_as_it_is(name):
    assert put_back(name) == (name, "")


def test_people_who_come_back_are_counted_once_before_the_limit():
    sixty = [f"Anne ROY <p{n}@a.example>" for n in range(MAX_LINES)]
    people = read_pasted_people("\n".join([*sixty, *sixty[:5]]))
    assert len(people) == MAX_LINES + 5
    check_guests([Guest(person) for person in people])
    with pytest.raises(RuleBroken, match="dépasse"):
        read_pasted_people("\n".join([*sixty, "Luc NEY <luc@a.example>"]))


def test_lines_that_are_no_person_are_left_out_and_the_others_stay():
    text = "Bonjour,\nNom;Prénom;Courriel\nROY;Anne;anne.roy@a.example\nLuc NEY\nCordialement"
    assert without_nobody(text) == "Nom;Prénom;Courriel\nROY;Anne;anne.roy@a.example\nLuc NEY"


@pytest.mark.parametrize("address", ["luc..ney@a.example", ".luc@a.example", "luc.@a.example"])
def test_an_address_has_no_dot_first_last_or_twice(address):
    assert not is_address(address)


NOT_TOLD = "x@a.example"


@pytest.mark.parametrize(
    ("line", "given", "family", "guess"),
    [
        (f"LE BIHAN;Maud;{NOT_TOLD}", "Maud", "Le Bihan", ""),
        (f"Maud;LE BIHAN;{NOT_TOLD}", "Maud", "Le Bihan", ""),
        (f"LE BIHAN;Maud;{NOT_TOLD};École Ferry", "Maud", "Le Bihan", ""),
        (f"Maud;LE BIHAN;{NOT_TOLD};École Ferry", "Maud", "Le Bihan", ""),
        (f"ROY Anne\tÉcole Ferry\t{NOT_TOLD}", "Anne", "Roy", ""),
        ("Anne Roy\tÉcole Ferry\tanne.roy@a.example", "Anne", "Roy", ""),
        # Nothing says that both names stand in the first cell.
        ("Martin Bernard;Paul;pbernard@a.example", "Paul", "Martin Bernard", GUESSED),
    ],
)
def test_the_cells_of_a_name_are_told_by_its_capitals_or_by_the_address(line, given, family, guess):
    [person] = read_pasted_people(line)
    assert (person.given_name, person.family_name, person.guess) == (given, family, guess)


FAMILY_FIRST, GIVEN_FIRST = f"DURAND;Alain;{NOT_TOLD}", f"Alain;DURAND;{NOT_TOLD}"


@pytest.mark.parametrize(
    ("others", "given", "family", "guess"),
    [
        ([FAMILY_FIRST], "Martin", "Bernard", ""),
        ([GIVEN_FIRST], "Bernard", "Martin", ""),
        ([FAMILY_FIRST, GIVEN_FIRST, FAMILY_FIRST], "Martin", "Bernard", ""),
        ([GIVEN_FIRST, FAMILY_FIRST, GIVEN_FIRST], "Bernard", "Martin", ""),
        ([GIVEN_FIRST, FAMILY_FIRST], "Martin", "Bernard", GUESSED),
        ([f"Bernard;Alain;{NOT_TOLD}", "Anne ROY <anne.roy@a.example>"], "Martin", "Bernard", GUESSED),
    ],
)
def test_most_rows_of_a_table_tell_the_order_of_those_that_do_not(others, given, family, guess):
    *_, person = read_pasted_people("\n".join([*others, f"Bernard;Martin;{NOT_TOLD}"]))
    assert (person.given_name, person.family_name, person.guess) == (given, family, guess)
