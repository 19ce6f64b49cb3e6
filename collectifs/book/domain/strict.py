"""The guard at its strictest: what everybody may read holds no name, date, place, school or collective.

What the lists only suspect is refused too, until the editor has answered; a name, a date, a place never pass.
"""

from collections.abc import Collection, Iterable, Iterator

from collectifs.book.domain.page import Page
from collectifs.guard.domain.context import Context
from collectifs.guard.domain.guard import marks
from collectifs.guard.domain.marks import Kind
from collectifs.kernel.errors import RuleBroken
from collectifs.sheets.domain.anonymity import Passage, passages

MAY_BE_KEPT = (Kind.TIME, Kind.CLASS, Kind.RARE)  # a question to the editor; every other kind goes


def together(contexts: Iterable[Context]) -> Context:
    """What the guard must know of several collectives at once."""
    known = Context()
    for each in contexts:
        known = Context(
            (*known.members, *each.members),
            (*known.schools, *each.schools),
            known.communes | each.communes,
            known.addresses | each.addresses,
        )
    return known


def found_in(page: Page, context: Context) -> list[Passage]:
    """Every marked passage of a page, its title and its words of the index too, each words once."""
    unique: dict[str, Passage] = {}
    for each in (
        *_of("title", "Le titre", page.title, context),
        *passages(page.content, context),
        *_words(page, context),
    ):
        unique.setdefault(each.key, each)
    return list(unique.values())


def to_remove(found: Iterable[Passage]) -> list[Passage]:
    """What cannot be printed, whatever is answered."""
    return [each for each in found if each.mark.blocks or each.mark.kind not in MAY_BE_KEPT]


def to_decide(found: Iterable[Passage], kept: Collection[str]) -> list[Passage]:
    """What the editor has to answer about: could it be the only one?"""
    listed = list(found)
    gone = {each.key for each in to_remove(listed)}
    return [each for each in listed if each.key not in gone and each.key not in kept]


def check_names_nobody(found: Iterable[Passage], kept: Collection[str]) -> None:
    """Nothing to remove, nothing left to decide. The sentence is the same for a member and for anybody else."""
    listed = list(found)
    for each in to_remove(listed):
        raise RuleBroken(
            f"{each.place} contient « {each.said} » : ni nom, ni date, ni lieu ne se publie. Dites-le autrement.",
            each.field,
        )
    for each in to_decide(listed, kept):
        raise RuleBroken(f"Dites d’abord si « {each.said} » peut rester : n’y en a-t-il qu’une, ou qu’un ?", each.field)


def check_change(said: str, context: Context, kept: Collection[str]) -> None:
    """« Ce qui a changé » is printed too, and nobody is asked about it: it says nothing that the page does not keep."""
    for each in _of("change", "La phrase", said, context):
        if each.key not in kept:
            raise RuleBroken(
                f"« {each.said} » ferait reconnaître quelqu’un : ni nom, ni date, ni lieu ne se publie. "
                "Dites-le autrement.",
                "change",
            )


def _words(page: Page, context: Context) -> Iterator[Passage]:
    for each in page.words:
        yield from _of("words", "L’index", each, context)


def _of(field: str, place: str, text: str, context: Context) -> Iterator[Passage]:
    for mark in marks(text, context):
        yield Passage(field, place, text[mark.start : mark.end], mark)
