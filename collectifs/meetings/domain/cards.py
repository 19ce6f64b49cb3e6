"""Dilemma cards: what pulls whoever accompanies two ways at once, to put in the middle of the table, one at a time.

One TOML file, in `meetings/library/cards/`: original texts, each ending with an open question.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "library" / "cards" / "dilemmas.toml"


class CardError(ValueError):
    """A card that cannot be used: which one, what is wrong."""


@dataclass(frozen=True, slots=True)
class Card:
    """A dilemma in a few words, and the question that it opens; `id` is what a sheet keeps of it."""

    id: str
    title: str
    text: str


@cache
def cards() -> tuple[Card, ...]:
    """Every card that comes with the software, in the order of the file."""
    return load_cards(FILE.read_text(encoding="utf-8"))


def load_cards(text: str) -> tuple[Card, ...]:
    """The cards of a file; `CardError` says which one is wrong."""
    try:
        found = tomllib.loads(text).get("cards", [])
    except tomllib.TOMLDecodeError as problem:
        raise CardError(str(problem)) from None
    loaded = tuple(_card(data, place) for place, data in enumerate(found, 1))
    if len({each.id for each in loaded}) != len(loaded):
        raise CardError("two cards have the same id")
    return loaded


def _card(data: dict[str, str], place: int) -> Card:
    if set(data) != {"id", "title", "text"}:
        raise CardError(f"card {place}: a card has an id, a title and a text")
    if empty := [key for key, words in data.items() if not words.strip()]:
        raise CardError(f"card {place}: empty: {', '.join(sorted(empty))}")
    return Card(**data)
