"""What is looked for in the sheets, as it was typed: words, « words in a row », -words to leave out."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Self

from collectifs.review.domain.stems import stems

MOST_TYPED, MOST_TERMS = 300, 12
_TERM = re.compile(r"([-\u2212]?)(?:\"([^\"]*)\"?|«([^»]*)»?|“([^”]*)”?|([^\s\"«“]+))")
# Alone they are looked for; beside others they say nothing.
_SAY_NOTHING = (
    "le la les un une des de du au aux à en dans sur sous par pour avec sans et ou ni mais donc or car que qui "
    "quoi dont où ce cet cette ces son sa ses leur leurs mon ma mes notre nos votre vos je tu il elle on nous vous "
    "ils elles se ne pas plus est sont être avoir ai as a ont y lui eux si"
)

Term = tuple[str, ...]


@cache
def _empty() -> frozenset[str]:
    return frozenset(stems(_SAY_NOTHING))


@dataclass(frozen=True)
class Search:
    """The words and phrases that a sheet must have, and those that it must not, as stems; `typed` as it was asked."""

    typed: str
    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()

    @classmethod
    def of(cls, typed: str) -> Self:
        """Read what was typed: no sign in it is an operator but the quotes and the minus."""
        wanted: list[Term] = []
        unwanted: list[Term] = []
        for sign, *said in _TERM.findall(typed[:MOST_TYPED]):
            term = tuple(stems(next((each for each in said if each), "")))
            if term:
                (unwanted if sign else wanted).append(term)
        telling = [term for term in wanted if len(term) > 1 or term[0] not in _empty()]
        return cls(typed, tuple((telling or wanted)[:MOST_TERMS]), tuple(unwanted[:MOST_TERMS]))

    @property
    def marked(self) -> frozenset[str]:
        """The stems to mark where they are found."""
        return frozenset(stem for term in self.wanted for stem in term)
