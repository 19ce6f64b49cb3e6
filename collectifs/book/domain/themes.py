"""Under which headings pages are printed: a heading of fewer than three collectives would tell who wrote under it.

A workshop counts as one collective, its own: those who were there are as few, and as easily recognised. Two workshops
of one day are two, since different people were in each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from collectifs.kernel.errors import RuleBroken

LEAST_COLLECTIVES = 3
OTHERS = "Autres questions"


@dataclass(frozen=True)
class Heading:
    """A theme with its pages, in their order; `collectives`: of each page, those that it was written from, workshops
    among them.
    """

    id: str
    title: str
    pages: tuple[UUID, ...]
    collectives: tuple[frozenset[UUID], ...]

    @property
    def number(self) -> int:
        """How many collectives wrote under it."""
        return len(frozenset().union(*self.collectives))

    def with_pages(self, other: "Heading") -> "Heading":
        """With the pages of another after its own."""
        return Heading(self.id, self.title, self.pages + other.pages, self.collectives + other.collectives)


def check_is_many(headings: Sequence[Heading]) -> None:
    """A book of one or two collectives would name them."""
    pages = sum(len(each.pages) for each in headings)
    collectives = len(frozenset().union(*(collectives for each in headings for collectives in each.collectives)))
    if not pages:
        raise RuleBroken("Aucune page n’est encore acceptée par toutes les personnes qui étaient là.")
    if collectives < LEAST_COLLECTIVES:
        raise RuleBroken(
            "Moins de trois collectifs ont dit oui : on reconnaîtrait qui écrit. Attendez qu’un autre dise oui."
        )


def merged_headings(headings: Sequence[Heading]) -> list[Heading]:
    """Those of three collectives and more stand; the others go together, under the last one if they are still few."""
    filled = [each for each in headings if each.pages]
    large = [each for each in filled if each.number >= LEAST_COLLECTIVES]
    small = [each for each in filled if each.number < LEAST_COLLECTIVES]
    if not small:
        return large
    rest = Heading("autres", OTHERS, (), ())
    for each in small:
        rest = rest.with_pages(each)
    if rest.number >= LEAST_COLLECTIVES or not large:
        return [*large, rest]
    return [*large[:-1], large[-1].with_pages(rest)]
