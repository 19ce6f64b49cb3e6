"""A commune is found by what people type."""

import pytest

from collectifs.composition.queries import finding
from collectifs.composition.queries.communes import CommunesMissing
from collectifs.composition.queries.finding import (
    are_adjoining,
    commune_named,
    completed,
    label_of,
    located,
    may_be_meant,
    shown_as,
)
from collectifs.kernel.errors import RuleBroken


@pytest.mark.parametrize("typed", ["passage", "Le pass", "le passage", "LE PASSAGE (47)"])
def test_the_first_letters_offer_names_with_their_article_whatever_the_accents(typed: str):
    assert "Le Passage (47)" in completed(typed)


def test_the_name_itself_comes_first_then_the_largest():
    assert completed("marseille")[0] == "Marseille (13)"
    assert completed("st-aubin")[0].startswith("Saint-Aubin (")
    assert completed("le pass")[0] == "Le Passage (47)"
    assert completed("m") == [] == completed("")
    assert completed("ag")[0] == "Agen (47)"
    assert len(completed("saint")) == 12
    assert completed("zuy") == ["Zuydcoote (59)", "Zuytpeene (59)"]  # the last ones of the list
    assert completed("Le Passage (38)") == ["Le Passage (38)"]


@pytest.mark.parametrize(
    ("typed", "insee"),
    [
        ("agen", "47001"),
        ("47000 AGEN", "47001"),
        ("Paris 12e", "75056"),
        ("perigueux", "24322"),
        ("le passage (47)", "47201"),
        ("", ""),
    ],
)
def test_a_whole_name_means_one_commune(typed: str, insee: str):
    assert commune_named(typed, "work") == insee


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Marmende", "Vouliez-vous dire Marmande \\(47\\) ou Mende"),
        ("Narmande", "^Aucune commune de ce nom.$"),  # the first letter is hardly ever the mistake
        ("Le Passage", "Plusieurs communes portent ce nom.*Le Passage \\(47\\), Le Passage \\(38\\)"),
        ("Saint-Aubain", "Aucune commune de ce nom. Vouliez-vous dire .*Saint-Aubin"),
        ("Noyers-sur-C", "Vouliez-vous dire Noyers-sur-Cher \\(41\\) \\?$"),  # three letters are wanting
        ("Noyers-sur", "^Aucune commune de ce nom.$"),  # four are too many
        ("zzz", "^Aucune commune de ce nom.$"),
        (
            "Sain-Denis",
            "dire Saint-Denis \\(974\\) ou Saint-Geniès \\(24\\) ou Saint-Gaudens \\(31\\) \\?$",
        ),  # each name once
    ],
)
def test_a_doubt_is_told_beside_the_field_with_the_names_that_may_be(typed: str, sentence: str):
    with pytest.raises(RuleBroken, match=sentence) as refused:
        commune_named(typed, "work")
    assert refused.value.field == "work"


@pytest.mark.parametrize(
    ("typed", "department", "codes"),
    [
        ("Le Passage", "", ["47201", "38296"]),
        ("Le Passage", "47", ["47201"]),
        ("Le Passage", "047", ["47201"]),  # as some tables write it
        ("Le Passage (38)", "47", ["38296"]),  # what was said counts first
        ("Le Passage", "33", ["47201", "38296"]),
        ("Balan", "01", ["01027"]),
        ("Balan", "001", ["01027"]),
        ("Saint-Denis", "974", ["97411"]),
        ("Saint-Denis", "093", ["93066"]),
        ("", "47", []),
        ("zzz", "47", []),
    ],
)
def test_a_name_may_mean_the_one_of_this_departement_or_several(typed: str, department: str, codes: list[str]):
    assert may_be_meant(typed, department) == codes


@pytest.mark.parametrize(
    ("typed", "department", "kept"),
    [
        ("Agen", "", ("Agen", "47001")),
        ("Le Passage (47)", "", ("Le Passage", "47201")),
        ("Le Passage", "47", ("Le Passage", "47201")),
        ("Ailleurs-sur-Mer", "", ("Ailleurs-sur-Mer", "")),
    ],
)
def test_a_commune_is_kept_by_its_name_and_its_code_and_one_abroad_by_its_name(
    typed: str, department: str, kept: tuple[str, str]
):
    assert located(typed, department, "place") == kept


def test_a_name_of_several_communes_is_asked_about_beside_its_field():
    with pytest.raises(RuleBroken, match="Plusieurs communes") as refused:
        located("Le Passage", "33", "place")
    assert refused.value.field == "place"


@pytest.mark.parametrize(
    ("name", "insee", "department", "shown"),
    [
        ("Le Passage", "47201", "47", "Le Passage"),
        ("Le Passage", "47201", "38", "Le Passage (47)"),
        ("Le Passage", "47201", "", "Le Passage (47)"),
        ("Agen", "47001", "", "Agen"),
        ("Le Passage", "", "", "Le Passage"),
        ("Ailleurs-sur-Mer", "47001", "", "Ailleurs-sur-Mer"),
    ],
)
def test_a_field_shows_the_departement_where_the_name_alone_would_mean_another(
    name: str, insee: str, department: str, shown: str
):
    assert shown_as(name, insee, department) == shown


def test_a_code_is_shown_as_a_name():
    assert label_of("47201") == "Le Passage (47)"
    assert (label_of(""), label_of("99999")) == ("", "99999")


def test_two_communes_touch_where_both_are_known(monkeypatch: pytest.MonkeyPatch):
    assert are_adjoining("47001", "47201")  # Agen, Le Passage
    assert not are_adjoining("47001", "47157")  # Marmande
    assert not are_adjoining("99999", "47001")

    def none_here() -> None:
        raise CommunesMissing

    monkeypatch.setattr(finding, "communes", none_here)
    assert are_adjoining("47001", "47201") is False
    assert may_be_meant("Agen") == []  # the list was not made
