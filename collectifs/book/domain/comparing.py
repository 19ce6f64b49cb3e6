"""« Ce qui a changé depuis l’an dernier »: by the ids of pages, and the page of last year that each takes up."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from collectifs.book.domain.edition import Changes, Edition, Entry, Reworded
from collectifs.sheets.domain.sheet import Answer, SheetContent


def changes_since(
    former: Edition | None, entries: list[Entry], continued: Mapping[str, tuple[str, str]]
) -> Changes | None:
    """None without a former book. `continued`: of each page that takes one up, its id and the editor's sentence.

    New, reworded (it takes up a page and says something else), gone (a page of last year that was withdrawn). What
    takes up a page that was withdrawn is new: nothing is said of what is gone.
    """
    if former is None:
        return None
    before = {each.id: each for each in former.entries() if not each.is_withdrawn}
    taken_up = {
        each.id: continued[each.id] for each in entries if each.id in continued and continued[each.id][0] in before
    }
    return Changes(
        since=former.season,
        new=tuple(each.id for each in entries if each.id not in taken_up and not each.is_withdrawn),
        reworded=tuple(
            Reworded(each.id, taken_up[each.id][1])
            for each in entries
            if each.id in taken_up and not each.is_withdrawn and says(each) != says(before[taken_up[each.id][0]])
        ),
        gone=sum(each.is_withdrawn for each in former.entries()),
    )


def without_pages(changes: Changes, gone: Collection[str]) -> Changes:
    """Without what was said of pages that were withdrawn."""
    new, reworded = changes.new, changes.reworded
    return replace(
        changes,
        new=tuple(each for each in new if each not in gone),
        reworded=tuple(each for each in reworded if each.id not in gone),
    )


def changes_after(changes: Changes, former: Edition, entries: Sequence[Entry], takes_up: Mapping[str, str]) -> Changes:
    """The same of an edition printed again, once pages of either book were withdrawn; no sentence is added.

    `takes_up`: of each page of this book, the id of the one that it takes up. What takes up a page that is gone is new.
    """
    before = {each.id for each in former.entries() if not each.is_withdrawn}
    there = [each.id for each in entries if not each.is_withdrawn]
    alone = {id_ for id_, taken in takes_up.items() if taken not in before}
    return replace(
        changes,
        new=tuple(each for each in there if each in changes.new or each in alone),
        reworded=tuple(each for each in changes.reworded if each.id in there and each.id not in alone),
        gone=sum(each.is_withdrawn for each in former.entries()),
    )


def says(entry: Entry) -> tuple[object, ...]:
    """What a reader would find changed."""
    return (entry.title, entry.question, entry.answers)


def headings_of_entry(entry: Entry) -> SheetContent:
    """The two headings of a printed page, to be read beside those of the page that takes it up."""
    return SheetContent(entry.question, tuple(Answer(each.text, each.kind, each.condition) for each in entry.answers))
