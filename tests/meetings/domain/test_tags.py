"""What a sheet may be filed under: closed lists, each with words people can read."""

import re

import pytest

from collectifs.meetings.domain.cards import cards
from collectifs.meetings.domain.resources import CONCERNS, resources, tagged
from collectifs.meetings.domain.tags import NO_RESOURCE, NO_TAGS, Axis, Tags


def test_the_lists_are_the_cards_the_five_concerns_and_the_four_domains():
    assert list(Axis.DILEMMA.choices.values()) == [card.title for card in cards()]
    assert list(Axis.CONCERN.choices.values()) == list(CONCERNS.values())
    assert len(Axis.DOMAIN.choices) == 4


def test_a_code_fits_its_column_and_says_nothing_to_a_reader():
    for axis in Axis:
        assert all(re.fullmatch(r"[a-z-]{2,32}", code) for code in axis.choices)


def test_what_is_chosen_stands_in_the_order_of_its_list_once_whatever_was_sent():
    sent = {"concern": ["knowledge", "steering", "steering", "gossip"], "domain": "lead", "other": ["steering"]}
    assert Tags.chosen(sent) == Tags(concern=("steering", "knowledge"))
    assert Tags.chosen({}) == NO_TAGS
    assert not NO_TAGS


def test_it_is_read_in_words_and_a_list_without_a_choice_is_left_out():
    chosen = Tags(dilemma=("dire-chercher", "soi-ecoute"), concern=("steering", "weaving"))
    assert chosen.lines() == [
        ("Dilemmes", "Dire ou laisser chercher ? Parler de soi ou écouter ?"),
        ("Préoccupations", "pilotage, tissage"),
    ]
    assert next(chosen.pairs()) == (Axis.DILEMMA, "dire-chercher")
    assert Tags.chosen(chosen.to_dict()) == chosen


def test_its_words_find_the_resources():
    shown = resources().values()
    assert any(tagged(words, shown) for words in Tags(concern=("steering",)).words())


@pytest.mark.parametrize(
    ("axis", "label", "hint"),
    [
        (Axis.DILEMMA, "Dilemmes", "Ceux des cartes."),
        (Axis.CONCERN, "Préoccupations", "Les cinq du multi-agenda (Bucheton)."),
        (Axis.DOMAIN, "Domaines", "Les quatre du référentiel du formateur."),
    ],
)
def test_each_list_has_its_heading_and_says_where_it_comes_from(axis: Axis, label: str, hint: str):
    assert (axis.label, axis.hint) == (label, hint)


def test_a_resource_chosen_by_hand_is_kept_and_none_is_a_choice_too():
    some = next(iter(resources()))
    for code in (some, NO_RESOURCE):
        found = Tags.chosen({"resource": [code, "disparue"]})
        assert found == Tags(resource=(code,))
        assert found
        assert found.to_dict() == {"dilemma": [], "concern": [], "domain": [], "resource": [code]}
        assert found.words() == ()
