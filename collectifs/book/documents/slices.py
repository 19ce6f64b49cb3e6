"""The book cut into what is laid out at once: a theme or a few, some tens of pages of one, the workshops, the index."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from collectifs.book.documents import wording
from collectifs.book.domain.edition import Edition, Entry, Theme, WorkshopChapter

MOST_PAGES = 30


@dataclass(frozen=True, slots=True)
class ThemeSlice:
    """Pages of a theme, the `place`-th of the book; `opens`: its heading comes first."""

    place: int
    theme: Theme
    entries: tuple[Entry, ...]
    opens: bool = True


@dataclass(frozen=True, slots=True)
class Slice:
    """One of the parts. `front`: what stands before the themes; `opens`: the heading of the workshops comes first."""

    front: bool = False
    themes: tuple[ThemeSlice, ...] = ()
    workshops: tuple[WorkshopChapter, ...] = ()
    index: bool = False
    opens: bool = True

    @property
    def goes_on(self) -> bool:
        """It begins under a heading of the part before."""
        return not self.opens or any(not each.opens for each in self.themes)

    @property
    def running(self) -> str:
        """The heading that it begins under, which stands at the foot of each page."""
        under = wording.WORKSHOPS if self.workshops else "".join(each.theme.title for each in self.themes)
        return under if self.goes_on else ""


FRONT = Slice(front=True)


def slices(edition: Edition) -> list[Slice]:
    """In the order of the book; the same edition is always cut at the same places."""
    workshops = [
        Slice(workshops=edition.workshops[place : place + MOST_PAGES], opens=not place)
        for place in range(0, len(edition.workshops), MOST_PAGES)
    ]
    index = [Slice(index=True)] if wording.index_terms(edition) else []
    return [FRONT, *_of_themes(edition), *workshops, *index]


def _of_themes(edition: Edition) -> Iterator[Slice]:
    """Short themes go together; a long one is cut, and what follows the cut is a part of its own."""
    held = Slice()
    for place, theme in enumerate(wording.themes(edition), 1):
        for entries in _cut(theme.entries):
            piece = ThemeSlice(place, theme, entries, opens=entries[0] is theme.entries[0])
            if held.themes and not (piece.opens and _pages(held) + len(entries) <= MOST_PAGES):
                yield held
                held = Slice()
            held = replace(held, themes=(*held.themes, piece))
            if not piece.opens:
                yield held
                held = Slice()
    if held.themes:
        yield held


def _pages(held: Slice) -> int:
    return sum(len(each.entries) for each in held.themes)


def _cut(entries: Sequence[Entry]) -> list[tuple[Entry, ...]]:
    """Never before a page that was withdrawn: its line stands under the page before."""
    pieces: list[list[Entry]] = []
    for entry in entries:
        if not pieces or (len(pieces[-1]) >= MOST_PAGES and not entry.is_withdrawn):
            pieces.append([])
        pieces[-1].append(entry)
    return [tuple(each) for each in pieces]
