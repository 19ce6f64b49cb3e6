"""Under which headings pages are printed: a heading of fewer than three collectives would tell who wrote under it.

A workshop counts as one collective, its own: those who were there are as few, and as easily recognised. Two workshops
of one day are two, since different people were in each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import NAMESPACE_OID, UUID, uuid5

from collectifs.book.domain.edition import Edition, Theme
from collectifs.kernel.errors import RuleBroken

LEAST_COLLECTIVES = 3
OTHERS_ID, OTHERS = "autres", "Autres questions"


@dataclass(frozen=True)
class Heading:
    """A theme with its pages, in their order; `collectives`: of each page, those that it was written from, workshops
    among them; none of a page that was withdrawn.
    """

    id: str
    title: str
    pages: tuple[str, ...]
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
    collectives = _number_behind(headings)
    if not pages:
        raise RuleBroken("Aucune page n’est encore acceptée par toutes les personnes qui étaient là.")
    if collectives < LEAST_COLLECTIVES:
        raise RuleBroken(
            "Moins de trois collectifs ont dit oui : on reconnaîtrait qui écrit. Attendez qu’un autre dise oui."
        )


def merged_headings(headings: Sequence[Heading]) -> list[Heading]:
    """Those of three collectives and more stand; the others go together, with what has no theme, under the last one if
    they are still few.
    """
    filled = [each for each in headings if each.pages]
    large = [each for each in filled if each.number >= LEAST_COLLECTIVES and each.id != OTHERS_ID]
    small = [each for each in filled if each not in large]
    if not small:
        return large
    rest = Heading(OTHERS_ID, OTHERS, (), ())
    for each in small:
        rest = rest.with_pages(each)
    if rest.number >= LEAST_COLLECTIVES or not large:
        return [*large, rest]
    return [*large[:-1], large[-1].with_pages(rest)]


def _number_behind(headings: Sequence[Heading]) -> int:
    return len(frozenset().union(*(collectives for each in headings for collectives in each.collectives)))


def regrouped(edition: Edition, circles: Mapping[str, frozenset[UUID]]) -> Edition | None:
    """An edition from which pages went, under the headings that still stand; None where those that are left would tell
    who wrote them. Each page keeps its number. `circles`: of each page that is left, those that it was written from.
    """
    headings = [
        Heading(
            theme.id,
            theme.title,
            tuple(each.id for each in theme.entries),
            tuple(_behind(each.id, circles) if not each.is_withdrawn else frozenset() for each in theme.entries),
        )
        for theme in edition.themes
    ]
    if _number_behind(headings) < LEAST_COLLECTIVES:
        return None
    entries = {each.id: each for each in edition.entries()}
    themes = (
        Theme(each.id, each.title, tuple(entries[page] for page in each.pages)) for each in merged_headings(headings)
    )
    return replace(edition, themes=tuple(themes))


def _behind(page_id: str, circles: Mapping[str, frozenset[UUID]]) -> frozenset[UUID]:
    """A page of which it is no longer known who wrote it counts for itself."""
    return circles.get(page_id) or frozenset({uuid5(NAMESPACE_OID, page_id)})
