"""What is missing to open one collective more somewhere: a sentence for the page of the call."""

from dataclasses import dataclass

from collectifs.composition.domain.moving import Standing
from collectifs.composition.domain.naming import of_commune
from collectifs.composition.domain.people import LEAST
from collectifs.kernel.text.typography import count
from collectifs.people.domain.person import Degree

MOST_LACKING = 4


@dataclass(frozen=True)
class Lacking:
    """So many people of a degree, to open one collective more around a commune (its INSEE code)."""

    number: int
    degree: Degree
    insee: str
    already: int

    def in_words(self, town: str) -> str:
        """« Il manque trois tutrices ou tuteurs du 1er degré pour ouvrir… autour de Marmande »."""
        people = count(self.number, "tutrice ou tuteur", "tutrices ou tuteurs", feminine=True)
        another = "un autre collectif" if self.already > 1 else "un deuxième collectif"
        return f"Il manque {people} du {self.degree.label} pour ouvrir {another} autour {of_commune(town)}."


def lacking(standing: Standing) -> list[Lacking]:
    """Where a few people more would make two collectives of one that is full: the fewest first.

    Never said of less than five people: the collectives that it speaks of hold six at least.
    """
    found = []
    for group in standing.described.values():
        number = 2 * LEAST - len(group.ids)
        if not 0 < number <= MOST_LACKING:
            continue
        first = sum(standing.people[each].degree is Degree.FIRST for each in group.ids)
        degree = Degree.FIRST if 2 * first <= len(group.ids) else Degree.SECOND
        already = sum(other.venue == group.venue for other in standing.described.values())
        found.append(Lacking(number, degree, group.venue.insee, already))
    return sorted(found, key=lambda each: (each.number, each.insee))
