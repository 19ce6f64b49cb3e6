"""Composing a collective: its size, its name, its code, who may be invited and who may leave."""

import pytest

from collectifs.collectives.domain.composition import (
    FIGURES,
    LETTERS,
    check_can_leave,
    check_can_still_invite,
    check_name_is_free,
    check_phone,
    check_waits_for_consent,
    list_digest,
    new_code,
    ordinal,
    size_remark,
    towards,
)
from collectifs.kernel.errors import RuleBroken


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("06 12 34 56 78", "06 12 34 56 78"),
        ("0612345678", "06 12 34 56 78"),
        ("(06).12-34 56\u00a078", "06 12 34 56 78"),
        ("+33 6 12 34 56 78", "+33612345678"),
        ("+262 692 12 34 56", "+262692123456"),
    ],
)
def test_a_telephone_is_kept_as_it_is_dialled(typed: str, kept: str) -> None:
    assert check_phone(typed) == kept


@pytest.mark.parametrize("typed", ["12", "06 12 34 56 7", "06 12 34 56 78 9", "+0612345678", "le soir", "0012345678"])
def test_what_cannot_be_dialled_is_refused(typed: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        check_phone(typed)
    assert refusal.value.field == "phone"


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "une personne"), (4, "quatre personnes"), (5, ""), (8, ""), (10, ""), (11, "onze personnes"), (18, "18")],
)
def test_an_unusual_size_is_said_and_let_pass(number, words):
    remark = size_remark(number)
    assert (words in remark) if words else (remark == "")


@pytest.mark.parametrize("name", ["Les Tilleuls", "les tilleuls", "LES TILLEULS", "Les  Tilleuls"])
def test_one_name_per_territory_and_season(name):
    with pytest.raises(RuleBroken, match="existe déjà") as refusal:
        check_name_is_free(name, {"Les Tilleuls"})
    assert refusal.value.field == "name"
    check_name_is_free("Le Lavoir", {"Les Tilleuls"})


def test_a_code_is_a_letter_and_a_figure_that_nobody_has():
    assert new_code(set(), lambda free: free[0]) == "A1"
    assert new_code({"A1", "A2"}, lambda free: free[0]) == "A3"
    everything = {letter + figure for letter in LETTERS for figure in FIGURES}
    assert new_code(everything - {"B7"}, lambda free: free[-1]) == "B7"
    assert new_code(everything, lambda free: free[0]) == "A11"


def test_a_code_is_never_read_as_a_figure():
    assert not set("IOQ0") & set(LETTERS + FIGURES)


def test_newcomers_come_before_the_first_meeting():
    check_can_still_invite(has_met=False)
    with pytest.raises(RuleBroken, match="premier regroupement a eu lieu"):
        check_can_still_invite(has_met=True)


@pytest.mark.parametrize(
    ("managers", "contact"),
    [
        (["Sylvie (s@a.example)"], "écrivez à Sylvie (s@a.example)."),
        (["Sylvie (s@a.example)", "Rémi (r@a.example)"], "écrivez à Sylvie (s@a.example) et Rémi (r@a.example)."),
        ([], "écrivez à la personne qui gère votre territoire."),
    ],
)
def test_the_last_pilot_hands_over_before_leaving(managers, contact):
    check_can_leave(is_last_pilot=False, managers=managers)
    with pytest.raises(RuleBroken) as refusal:
        check_can_leave(is_last_pilot=True, managers=managers)
    assert refusal.value.sentence.endswith(contact)


def test_only_who_has_not_accepted_is_invited_again():
    check_waits_for_consent(has_accepted=False)
    with pytest.raises(RuleBroken, match="déjà accepté la charte"):
        check_waits_for_consent(has_accepted=True)


def test_the_mark_of_a_list_changes_with_any_of_its_parts():
    assert list_digest([("name", "a")]) == list_digest([("name", "a")])
    assert list_digest([("name", "a")]) != list_digest([("name", "b")])


@pytest.mark.parametrize(("number", "word"), [(1, "premier"), (3, "troisième"), (8, "huitième"), (9, "9e")])
def test_a_meeting_is_called_by_its_place(number, word):
    assert ordinal(number) == word


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Les Tilleuls", "aux Tilleuls"),
        ("Le Lavoir", "au Lavoir"),
        ("La Source", "à la Source"),
        ("L’Estran", "à l’Estran"),
        ("L'Estran", "à l'Estran"),
        ("La", "dans le collectif La"),
        ("Les", "dans le collectif Les"),
        ("Horizon", "dans le collectif Horizon"),
        ("Val Bleu", "dans le collectif Val Bleu"),
        ("Lesneven", "dans le collectif Lesneven"),
    ],
)
def test_one_is_welcomed_in_good_french(name, words):
    assert towards(name) == words
