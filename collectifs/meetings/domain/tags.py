"""What a sheet may be filed under: closed lists, never a word of one's own; all of them optional.

The dilemmas are the cards, the concerns those of the resources: the same words wherever one chooses.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Self

from collectifs.meetings.domain.cards import cards
from collectifs.meetings.domain.resources import CONCERNS, resources

MOST_OF_EACH = 3
NO_RESOURCE = "aucune"  # nothing at the foot of the sheet, whatever the lists propose


class Axis(StrEnum):
    """The three lists."""

    DILEMMA = "dilemma"
    CONCERN = "concern"
    DOMAIN = "domain"

    @property
    def label(self) -> str:
        """« Dilemmes »: the heading of the list."""
        return {"dilemma": "Dilemmes", "concern": "Préoccupations", "domain": "Domaines"}[self.value]

    @property
    def hint(self) -> str:
        """Where the list comes from."""
        return {
            "dilemma": "Ceux des cartes.",
            "concern": "Les cinq du multi-agenda (Bucheton).",
            "domain": "Les quatre du référentiel du formateur.",
        }[self.value]

    @property
    def choices(self) -> Mapping[str, str]:
        """What may be chosen: the code that is kept, and the words for it."""
        return _choices()[self]


class Domain(StrEnum):
    """The four domains of who trains (référentiel de compétences du formateur, 2015)."""

    DESIGN = "design"
    LEAD = "lead"
    ACCOMPANY = "accompany"
    EVALUATE = "evaluate"


DOMAINS = {
    Domain.DESIGN: "penser, concevoir, élaborer",
    Domain.LEAD: "mettre en œuvre, animer",
    Domain.ACCOMPANY: "accompagner l’individu et le collectif",
    Domain.EVALUATE: "observer, analyser, évaluer",
}


@cache
def _choices() -> Mapping[Axis, Mapping[str, str]]:
    return {
        Axis.DILEMMA: {card.id: card.title for card in cards()},
        Axis.CONCERN: {concern.value: label for concern, label in CONCERNS.items()},
        Axis.DOMAIN: {domain.value: label for domain, label in DOMAINS.items()},
    }


@dataclass(frozen=True, slots=True)
class Tags:
    """What was chosen of each list: codes, in the order of the lists.

    `resource`: what the foot of the sheet sends to, chosen by hand, or NO_RESOURCE; empty, the lists propose it.
    """

    dilemma: tuple[str, ...] = ()
    concern: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    resource: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.resource) or any(True for _ in self.pairs())

    def of(self, axis: Axis) -> tuple[str, ...]:
        """The codes of one list."""
        return {Axis.DILEMMA: self.dilemma, Axis.CONCERN: self.concern, Axis.DOMAIN: self.domain}[axis]

    def pairs(self) -> Iterator[tuple[Axis, str]]:
        """Each thing chosen, as a row of the database holds it."""
        return ((axis, code) for axis in Axis for code in self.of(axis))

    def lines(self) -> list[tuple[str, str]]:
        """« Préoccupations », « pilotage, atmosphère »: what is shown; a list without a choice is left out."""
        chosen = [(axis, [axis.choices[code] for code in self.of(axis)]) for axis in Axis]
        return [(axis.label, _together(axis, words)) for axis, words in chosen if words]

    def words(self) -> tuple[str, ...]:
        """The same, one by one: what resources are found by."""
        return tuple(axis.choices[code] for axis, code in self.pairs())

    def to_dict(self) -> dict[str, list[str]]:
        """Plain values: every list by its name, empty or not."""
        return {axis.value: list(self.of(axis)) for axis in Axis} | {"resource": list(self.resource)}

    @classmethod
    def chosen(cls, data: Mapping[str, object]) -> Self:
        """What was chosen, by the names of the lists; what stands in no list (any more) is left aside."""
        kept = {axis.value: _among(axis.choices, data.get(axis.value)) for axis in Axis}
        return cls(**kept, resource=_among([*resources(), NO_RESOURCE], data.get("resource")))


NO_TAGS = Tags()


def _among(known: Iterable[str], codes: object) -> tuple[str, ...]:
    wanted = codes if isinstance(codes, list | tuple) else ()
    return tuple(code for code in known if code in wanted)


def _together(axis: Axis, words: list[str]) -> str:
    """A dilemma is a question: it ends by itself."""
    return (" " if axis is Axis.DILEMMA else ", ").join(words)
