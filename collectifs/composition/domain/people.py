"""Who is to be composed, and with what wishes. Ids are the caller's: nothing here knows a name."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from collectifs.composition.domain.travel import Place, Travel, minutes_between
from collectifs.people.domain.person import Degree

LEAST, MOST, USUAL = 6, 10, 8


class CannotCompose(Exception):
    """Nothing can be composed of this; the sentence says why, in French."""


@dataclass(frozen=True)
class Candidate:
    """Somebody who volunteers. `supervises`: the circonscription whose first-degree members they may not pilot.

    `half_days`: those that suit them; none means « à discuter », and shuts them out of nothing.
    """

    id: str
    place: Place
    degree: Degree
    is_new: bool
    pilots: bool = False
    circonscription: str = ""
    supervises: str = ""
    half_days: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Wishes:
    """Pairs of ids: those who asked to be together, both of them; those who are to be kept apart, without a reason."""

    together: frozenset[frozenset[str]] = frozenset()
    apart: frozenset[frozenset[str]] = frozenset()


@dataclass(frozen=True)
class Territory:
    """Everything that a draft is made of; `travel`: how long it takes from a commune to another."""

    people: tuple[Candidate, ...]
    wishes: Wishes = field(default_factory=Wishes)
    travel: Travel = minutes_between

    def __post_init__(self) -> None:
        """Raises CannotCompose for ids that stand twice, wishes about nobody, and pairs wanted both ways."""
        known = {each.id for each in self.people}
        if len(known) != len(self.people):
            raise CannotCompose("Une personne est deux fois dans la liste.")
        pairs = self.wishes.together | self.wishes.apart
        if any(len(pair) != 2 or not pair <= known for pair in pairs):
            raise CannotCompose("Un souhait nomme une personne qui n’est pas dans la liste, ou la même deux fois.")
        if self.wishes.together & self.wishes.apart:
            raise CannotCompose("Deux personnes sont à la fois à réunir et à séparer.")


def number_of_groups(people: Sequence[Candidate]) -> int:
    """How many collectives: of about eight, between six and ten, and no more than there are people who would pilot.

    Raises CannotCompose when there are too few people for one, or eleven: too many for one and too few for two.
    """
    number = len(people)
    if number < LEAST:
        raise CannotCompose(f"Il faut au moins {LEAST} personnes pour un collectif : il y en a {number}.")
    pilots = sum(each.pilots for each in people)
    fewest, most = -(-number // MOST), number // LEAST
    if fewest > most:  # eleven
        raise CannotCompose(f"{number} personnes ne font ni un collectif de {MOST}, ni deux de {LEAST}.")
    return min(most, max(fewest, min(wanted_groups(number), pilots or wanted_groups(number))))


def wanted_groups(number: int) -> int:
    """How many collectives of about eight so many people would make, whoever pilots."""
    return (2 * number + USUAL) // (2 * USUAL)
