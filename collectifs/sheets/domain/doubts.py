"""« Un lecteur du département pourrait-il reconnaître quelqu’un ? »: what is answered for each passage that may tell.

To keep the words, to replace them by what is proposed, or to say them otherwise. What is kept is remembered, by a hash.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from collectifs.kernel.errors import RuleBroken
from collectifs.sheets.domain.anonymity import Passage

UNDECIDED = "Dites pour chaque passage si vous le gardez, le remplacez ou le dites autrement."
NO_WORDS = "Écrivez les mots qui prendront la place de ceux-ci."
LONGEST_WORDS = 300


class Choice(StrEnum):
    """What becomes of a passage."""

    KEEP = "keep"
    REPLACE = "replace"
    REWORD = "reword"


@dataclass(frozen=True)
class Decision:
    """The choice for one passage; `words` when it is said otherwise."""

    choice: Choice
    words: str = ""


@dataclass(frozen=True)
class Decided:
    """What follows: the keys of passages that are kept, the words of those that change."""

    kept: frozenset[str] = frozenset()
    words: Mapping[str, str] = field(default_factory=dict)


class Undecided(RuleBroken):
    """Some passages still wait for an answer: by their key, what is missing."""

    def __init__(self, missing: Mapping[str, str]) -> None:
        super().__init__(UNDECIDED)
        self.missing = dict(missing)


def doubts(found: Iterable[Passage], kept: Collection[str]) -> list[Passage]:
    """The passages to ask about: likely, not kept already, each words once."""
    asked: dict[str, Passage] = {}
    for each in found:
        if not each.mark.blocks and each.key not in kept:
            asked.setdefault(each.key, each)
    return list(asked.values())


def decide(asked: Iterable[Passage], decisions: Mapping[str, Decision]) -> Decided:
    """What the answers come to; Undecided names those that are missing or too long."""
    kept: set[str] = set()
    words: dict[str, str] = {}
    missing: dict[str, str] = {}
    for each in asked:
        decision = decisions.get(each.key)
        if decision is None:
            missing[each.key] = "Choisissez : garder, remplacer ou reformuler."
        elif decision.choice is Choice.KEEP:
            kept.add(each.key)
        elif decision.choice is Choice.REPLACE:
            words[each.key] = each.instead
        elif 0 < len(decision.words.strip()) <= LONGEST_WORDS:
            words[each.key] = decision.words.strip()
        else:
            missing[each.key] = NO_WORDS
    if missing:
        raise Undecided(missing)
    return Decided(frozenset(kept), words)
