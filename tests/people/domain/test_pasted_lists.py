"""Lists copied from Outlook, a spreadsheet or a broken export: understood, mended in the open, refused at once."""

from contextlib import suppress

import pytest

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.names import LOST_ACCENT, repaired
from collectifs.kernel.text.whole_names import ODD
from collectifs.people.domain.pasted import HEAD_WITHIN, LONGEST_LEAD, MAX_LINES, MAX_SIGNS, MOST_LINES
from collectifs.people.domain.people import read_pasted_people

MAUD = ("Maud", "Le Bihan", "maud.lebihan@a.example")


def read(text):
    return [(each.given_name, each.family_name, each.address) for each in read_pasted_people(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Nom\tPrénom\tCourriel\nLe Bihan\tMaud\tmaud.lebihan@a.example",
        "Prénom\tNom\tAdresse électronique\nMaud\tLe Bihan\tmaud.lebihan@a.example",
        "E-mail;NOM;PRENOM\nmaud.lebihan@a.example;LE BIHAN;MAUD",
        "Courriel,Nom,Prénom\nmaud.lebihan@a.example,Le Bihan,Maud",
        "UAI\tNom d'usage\tPrénom usuel\tTél.\tMél\n0351234X\tLe Bihan\tMaud\t06 12 34 56 78\tmaud.lebihan@a.example",
        '"Nom";"Prénom";"Courriel"\r\n"Le Bihan";"Maud";"maud.lebihan@a.example"',
        "Nom et prénom\tCourriel\nLE BIHAN Maud\tmaud.lebihan@a.example",
        "\ufeffNom;Prénom;Courriel\nLe Bihan;Maud;maud.lebihan@a.example",
    ],
)
def test_a_table_whose_columns_are_named_is_read_in_whatever_order(text):
    assert read(text) == [MAUD]


@pytest.mark.parametrize(
    ("headings", "cells", "name"),
    [
        ("Nom d’usage de l’agent;Prénom de l’agent", "Bernard;Martin", ("Martin", "Bernard")),
        ("Prénoms;Nom de famille", "Bernard;Martin", ("Bernard", "Martin")),
        ("Nom patronymique;Prénom", "Bernard;Martin", ("Martin", "Bernard")),
        ("Nom de naissance;Nom d’usage;Prénom", "Petit;Bernard;Martin", ("Martin", "Bernard")),
        ("Nom et prénom de l’agent", "BERNARD Martin", ("Martin", "Bernard")),
        ("Prénom et nom du tuteur", "Martin BERNARD", ("Martin", "Bernard")),
        ("Nom de l’établissement;Nom;Prénom", "Ferry;Bernard;Martin", ("Martin", "Bernard")),
        ("Agent;Nom;Prénom", "Oui;Bernard;Martin", ("Martin", "Bernard")),
        ("Noms", "BERNARD Martin", ("Martin", "Bernard")),
    ],
)
def test_what_a_column_holds_is_told_by_the_words_of_its_heading(headings, cells, name):
    [person] = read_pasted_people(f"{headings};Mél pro\n{cells};x@a.example")
    assert (person.given_name, person.family_name, person.guess) == (*name, "")


@pytest.mark.parametrize(("above", "is_head"), [(0, True), (HEAD_WITHIN - 1, True), (HEAD_WITHIN, False)])
def test_the_names_of_the_columns_stand_within_the_three_first_lines(above, is_head):
    text = "Tuteurs de l’année\n" * above + "Prénom;Nom;Mél\nBernard;Martin;x@a.example"
    *titles, person = read_pasted_people(text)
    assert ((person.given_name, person.family_name) == ("Bernard", "Martin")) is is_head
    assert len(titles) == (above if is_head else above + 1)


@pytest.mark.parametrize(("letters", "is_left_out"), [(LONGEST_LEAD, True), (LONGEST_LEAD + 1, False)])
def test_the_name_of_a_group_before_its_people_is_left_out_when_it_is_one(letters, is_left_out):
    group = "g" * letters
    [person] = read_pasted_people(f"{group}: Maud LE BIHAN <maud.lebihan@a.example>")
    assert (person.mended == "Mots qui ne sont pas un nom, retirés.") is is_left_out
    assert (person.name == "Maud Le Bihan") is is_left_out


@pytest.mark.parametrize(
    "line",
    [
        "Le Bihan\tMaud\tmaud.lebihan@a.example",
        "Maud\tLe Bihan\tmaud.lebihan@a.example",
        "maud.lebihan@a.example\tLe Bihan\tMaud",
        "Le Bihan;Maud;maud.lebihan@a.example;06 12 34 56 78;0351234X",
        "Le Bihan, Maud <maud.lebihan@a.example>",
        "LE BIHAN, MAUD <maud.lebihan@a.example>",
        "Maud,Le Bihan,maud.lebihan@a.example",
        '"Le Bihan, Maud (DSDEN 35)" <maud.lebihan@a.example>',
        "« Maud LE BIHAN » <mailto:maud.lebihan@a.example>",
        "Mme Maud LE BIHAN – maud.lebihan@a.example",
        "3. Maud LE BIHAN : maud.lebihan@a.example",
        "• Mme\u00a0LE BIHAN Maud [maud.lebihan@a.example]",
    ],
)
def test_a_line_without_names_of_columns_is_told_by_capitals_comma_or_address(line):
    assert read(line) == [MAUD]
    assert read_pasted_people(line)[0].guess == ""


def test_the_rows_of_a_table_agree_on_the_order_of_their_columns():
    table = "Bernard\tMartin\tb@a.example\nLe Bihan\tMaud\tmaud.lebihan@a.example\nX\tOdile\todile.x@a.example"
    assert read(table)[0] == ("Martin", "Bernard", "b@a.example")


def test_an_order_that_nothing_tells_is_a_guess_and_says_so():
    [person] = read_pasted_people("Bernard\tMartin\tx@a.example")
    assert (person.given_name, person.family_name) == ("Martin", "Bernard")
    assert person.guess == "Nom et prénom devinés dans cet ordre : vérifiez-les."


def test_outlook_s_whole_line_of_recipients_is_so_many_people():
    text = "DUPONT, Marie <marie.dupont@a.example>; Le Bihan, Maud <maud.lebihan@a.example>; jo@a.example"
    assert read(text) == [("Marie", "Dupont", "marie.dupont@a.example"), MAUD, ("Jo", "", "jo@a.example")]


def test_a_title_above_the_names_of_columns_is_a_line_to_look_at_and_spoils_nothing():
    title, maud = read_pasted_people("Tuteurs 2026\nNom\tPrénom\tCourriel\nLe Bihan\tMaud\tmaud.lebihan@a.example")
    assert title.problem == "Cette ligne ne semble désigner personne."
    assert maud.name == "Maud Le Bihan"


def broken_names():
    """Names as a wrong encoding shows them, where it can show them at all."""
    for name in ("Hélène MARÉCHAL", "Zoé LŒUILLET", "François NOËL", "Noël D’ORÇAY"):
        for encoding in ("mac_roman", "cp1252", "latin-1"):
            with suppress(UnicodeDecodeError):
                yield name, name.encode().decode(encoding)


@pytest.mark.parametrize(("name", "broken"), list(broken_names()))
def test_accents_broken_on_the_way_are_mended_and_it_is_said(name, broken):
    right = read_pasted_people(f"{name} <x@a.example>")[0]
    [person] = read_pasted_people(f"{broken} <x@a.example>")
    assert (person.name, person.mended) == (right.name, "Accents réparés.")
    assert right.mended == ""


def test_a_word_that_is_right_does_not_keep_its_neighbour_broken():
    [person] = read_pasted_people("Zoé NO√âLIE-DUR√âE <z@a.example>")
    assert (person.name, person.mended) == ("Zoé Noélie-Durée", "Accents réparés.")


@pytest.mark.parametrize(
    "name",
    [
        *("João Conceição", "Nguyễn Thị Ánh", "Šárka Černá", "Łukasz Żółć", "Åse Øverli", "Ólafur Þórsson", "Ýr"),
        *("Gülşen İpek", "Đặng Văn", "Αθηνά", "D’Ângelo", "Éloïse Œuvray", "Ñíguez", "L´Heureux", "Pérès", "Zoë Ægir"),
        *("O’Brien", "ÀÉÈÙ", "Â. É.", "Mª Ángeles", "Jean‑Noël", "Ã"),
    ],
)
def test_a_right_name_is_never_changed(name):
    assert repaired(name) == (name, False)


def test_an_accent_that_is_lost_is_asked_for_and_never_invented():
    [person] = read_pasted_people("H\ufffdl\ufffdne X <h@a.example>")
    assert person.problem == LOST_ACCENT


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("Maud 🌻 LE BIHAN 👩🏽‍🏫 <maud.lebihan@a.example>", "Signes retirés."),
        ("Maud\u200b LE BI\u200dHAN\u202e <maud.lebihan@a.example>", "Signes retirés."),
        ("Maud LE\x07 BIHAN <maud.lebihan@\u200ba.example>", "Signes retirés."),
        ("\ufeffMaud LE BIHAN <maud.lebihan@a.example>", ""),
        ("Maud LE BI\u00adHAN <maud.lebihan@a.example>", "Signes retirés."),
    ],
)
def test_pictures_and_signs_that_cannot_be_seen_leave_names_and_addresses(line, mended):
    [person] = read_pasted_people(line)
    assert (person.given_name, person.family_name, person.address) == MAUD
    assert person.mended == mended


def test_an_apostrophe_in_an_address_is_not_cut_in_silence():
    [person] = read_pasted_people("Pat O'BRIEN <pat.o'brien@a.example>")
    assert person.problem == "Cette adresse est mal écrite."


def test_a_name_of_eighty_letters_is_kept_whole():
    [person] = read_pasted_people(f"Maud {'B' * 80} <maud@a.example>")
    assert (len(person.family_name), person.problem) == (80, "")


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"Prénom{n} NOM <p{n}@a.example>" for n in range(10_000)),
        "; ".join(f"NOM, Prénom <p{n}@a.example>" for n in range(10_000)),
        "; ".join(f"p{n}@a{n}.example" for n in range(1_000)),
        "a" * 1_000_000,
    ],
)
def test_what_is_no_list_of_a_collective_is_refused_in_one_sentence_and_at_once(text):
    with pytest.raises(RuleBroken, match=f"Cette liste dépasse {MAX_LINES} lignes") as refusal:
        read_pasted_people(text)
    assert refusal.value.field == "people"


@pytest.mark.timeout(10)  # read in a moment, or in the square of its length
@pytest.mark.parametrize("text", ["a'" * 14_000, "a@" * 14_000, "\t" * 29_000 + "x", "(" * 29_000, "Ã©" * 14_000])
def test_no_line_keeps_the_reader_busy(text):
    assert len(read_pasted_people(text)) == 1


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Maud <maud@a.example>\n" * MOST_LINES, MOST_LINES),
        (f"Maud <maud@a.example>{'x' * (MAX_SIGNS - 21)}", 1),
        ("".join(f"p{n}@a.example\n" for n in range(30)) + "Maud LE BIHAN\n" * 30, 60),
    ],
    ids=["lines", "signs", "people without an address"],
)
def test_a_list_is_read_up_to_its_bounds_and_refused_one_further(text, number):
    assert len(read_pasted_people(text)) == number
    with pytest.raises(RuleBroken, match="Cette liste dépasse"):
        read_pasted_people(f"{text}\nz" if "\n" in text else f"{text}z")


def test_each_of_several_people_on_a_row_has_a_line_of_their_own_and_one_alone_the_whole_of_it():
    both = read_pasted_people("Maud LE BIHAN <maud@a.example>; Jo DUPONT <jo@a.example>")
    assert [each.line for each in both] == ["Maud LE BIHAN <maud@a.example>", "Jo DUPONT <jo@a.example>"]
    assert read_pasted_people(" 3. Maud LE BIHAN <maud@a.example>")[0].line == "3. Maud LE BIHAN <maud@a.example>"


def test_an_encoding_that_nobody_knows_is_left_as_it_stands_and_the_name_is_odd():
    [person] = read_pasted_people("=?utf-99?q?H=C3=A9l=C3=A8ne?= PETIT <h@a.example>")
    assert (person.mended, person.guess) == ("", ODD)


def test_sixty_lines_and_the_names_of_columns_are_read():
    table = "Nom;Prénom;Courriel\n" + "\n".join(f"NOM{n};Prénom;p{n}@a.example" for n in range(MAX_LINES))
    assert len(read_pasted_people(table)) == MAX_LINES
