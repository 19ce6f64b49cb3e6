"""Binding: parts of a long paper that were laid out one after the other become one tagged file.

A part holds some tens of sheets, so that neither memory nor time grows faster than the paper. A link to another part is
an address that begins with `leaf:`, followed by the id that it leads to. Loaded by the typesetter alone.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import pikepdf

from collectifs.kernel.documents.press import LEAF


@dataclass(frozen=True, slots=True)
class Part:
    """A part as it was written. `pages`: how many sheets; `leaves`: on which of them each id begins, counted from one.

    `goes_on`: its bookmarks stand under the last one of the parts before.
    """

    pdf: bytes
    pages: int
    leaves: dict[str, int]
    goes_on: bool = False


def bound(parts: Sequence[Part]) -> pikepdf.Pdf:
    """The parts as one file: pages, tags, bookmarks, links from any part to any other. Tables stay within a part."""
    first, *others = parts
    whole = _opened(first)
    for part in others:
        _append(whole, part)
    _lead(whole, _leaves_of(parts))
    return whole


def _opened(part: Part) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(part.pdf))


def _leaves_of(parts: Iterable[Part]) -> dict[str, int]:
    before = 0
    found: dict[str, int] = {}
    for part in parts:
        found |= {name: before + leaf for name, leaf in part.leaves.items() if name not in found}
        before += part.pages
    return found


def _append(whole: pikepdf.Pdf, part: Part) -> None:
    """Pages first: what is copied after them leads to them."""
    at = len(whole.pages)
    source = _opened(part)
    whole.pages.extend(source.pages)
    _share_colours(whole, at)
    _take_tags(whole, whole.copy_foreign(source.Root.StructTreeRoot), at)
    if "/Outlines" in source.Root:
        _take_bookmarks(whole, whole.copy_foreign(source.Root.Outlines), under_last=part.goes_on)
    if "/Names" in source.Root:
        _names(whole).extend(whole.copy_foreign(source.make_indirect(source.Root.Names.Dests)).Names)


def _share_colours(whole: pikepdf.Pdf, at: int) -> None:
    """What red, green and blue are is said once."""
    for page in whole.pages[at : at + 1]:
        page.obj.Resources.ColorSpace = whole.pages[0].obj.Resources.ColorSpace


def _take_tags(whole: pikepdf.Pdf, tags: Any, at: int) -> None:
    """The tags of a part after those before, each page and link under a number of its own."""
    document, numbers = whole.Root.StructTreeRoot.K[0], whole.Root.StructTreeRoot.ParentTree.Nums
    after = int(numbers[len(numbers) - 2]) + 1 if len(numbers) else 0
    for element in tags.K[0].K:
        element.P = document
        document.K.append(element)
    for place, value in enumerate(tags.ParentTree.Nums):
        numbers.append(value if place % 2 else int(value) + after)
    for page in whole.pages[at:]:
        page.obj.StructParents = int(page.obj.StructParents) + after
        for link in page.obj.get("/Annots", ()):
            link.StructParent = int(link.StructParent) + after


def _take_bookmarks(whole: pikepdf.Pdf, marks: Any, *, under_last: bool) -> None:
    if "/Outlines" not in whole.Root:
        whole.Root.Outlines = marks
        return
    above = whole.Root.Outlines.Last if under_last else whole.Root.Outlines
    for each in list(_chained(marks)):
        each.Parent = above
    if "/Last" in above:
        above.Last.Next, marks.First.Prev = marks.First, above.Last
    else:
        above.First = marks.First
    above.Last = marks.Last
    for each in [above, whole.Root.Outlines] if under_last else [above]:
        each.Count = int(each.get("/Count", 0)) + int(marks.Count)


def _chained(marks: Any) -> Iterator[Any]:
    each = marks.First
    while True:
        yield each
        if "/Next" not in each:
            return
        each = each.Next


def _names(whole: pikepdf.Pdf) -> Any:
    if "/Names" not in whole.Root:
        whole.Root.Names = pikepdf.Dictionary(Dests=pikepdf.Dictionary(Names=pikepdf.Array()))
    return whole.Root.Names.Dests.Names


def _lead(whole: pikepdf.Pdf, leaves: dict[str, int]) -> None:
    """Names in the order that readers look for them; each link leads to its page, and says which."""
    listed = list(_names(whole))
    pairs = {bytes(name): (name, place) for name, place in zip(listed[::2], listed[1::2], strict=True)}
    whole.Root.Names.Dests.Names = pikepdf.Array(chain.from_iterable(pairs[name] for name in sorted(pairs)))
    for page in whole.pages:
        for link in page.obj.get("/Annots", ()):
            address = str(link.A.get("/URI", "")) if "/A" in link else ""
            if address.startswith(LEAF):
                name = address.removeprefix(LEAF)
                del link["/A"]
                link.Dest = pikepdf.String(name)
                link.Contents = pikepdf.String(f"page {leaves[name]}")
