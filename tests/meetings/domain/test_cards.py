"""The dilemma cards: whole, short, in French, each ending with an open question."""

import re

import pytest

from collectifs.meetings.domain.cards import CardError, cards, load_cards

NAMED = pytest.mark.parametrize("card", cards(), ids=lambda card: card.title)


def test_there_are_about_twelve_and_no_two_alike():
    assert 10 <= len(cards()) <= 16
    assert len({card.title for card in cards()}) == len({card.text for card in cards()}) == len(cards())


@NAMED
def test_a_card_sets_two_things_against_each_other_and_ends_with_a_question(card):
    assert re.fullmatch(r"[A-ZÉÊÀL«].* ou .* \?", card.title)
    assert re.search(r"Comment .+ alors que .+ \?$", card.text)
    assert len(re.findall(r"[.?!](?:\s|$)", card.text)) == 2, "a sentence, and its question"
    assert len(card.title) <= 60
    assert len(card.text) <= 260


@NAMED
def test_a_card_is_typed_like_the_rest(card):
    words = f"{card.title} {card.text}"
    assert not re.search(r"['\"]|\.\.\.|  ", words), "curly apostrophes, guillemets, an ellipsis"
    assert not re.search(r"\S[?!;:»]", words), "a space before (the screen makes it unbreakable)"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("[[cards]", "Expected"),
        ('[[cards]]\ntitle = "Un"', "card 1: a card has an id, a title and a text"),
        (
            '[[cards]]\nid = "a"\ntitle = "Un"\ntext = "Deux."\n[[cards]]\nid = "b"\ntitle = " "\ntext = "T"',
            "card 2: empty: title",
        ),
        (
            '[[cards]]\nid = "a"\ntitle = "Un"\ntext = "Deux."\n[[cards]]\nid = "a"\ntitle = "Y"\ntext = "T"',
            "two cards have the same id",
        ),
    ],
)
def test_a_wrong_card_is_named(text, wrong):
    with pytest.raises(CardError, match=re.escape(wrong)):
        load_cards(text)
