"""The editorial pass: taking a sheet or the page of a workshop, rewording, merging, placing a page."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import update

from collectifs.book.domain.asking import PageStatus, check_can_be_edited, check_can_be_set_aside
from collectifs.book.domain.page import Page, check_page, merged
from collectifs.book.domain.strict import check_change, found_in, to_decide
from collectifs.book.models import BookEntry, BookSource
from collectifs.book.queries.books import BookAccess, themes_of
from collectifs.book.queries.circles import circles_of, context_for
from collectifs.book.queries.editions import pages_to_continue
from collectifs.book.queries.pages import PageAccess, get_page, open_kept, open_page, pages_of
from collectifs.book.queries.sources import candidates_for, workshop_candidates_for
from collectifs.book.services.asking import remember_presenter
from collectifs.kernel.audit import record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.vault import make_key
from collectifs.kernel.vault.texts import seal_text
from collectifs.people.domain.person import Person
from collectifs.sheets.domain.anonymity import Passage
from collectifs.sheets.domain.sheet import SheetContent, why_no_text
from collectifs.sheets.queries.sheets import submitted_content

STALE = "Cette page a changé entre-temps. Rien n’a été écrasé : relisez le texte de l’autre fenêtre, puis recommencez."


def take_sources(access: BookAccess, ids: Collection[UUID], *, now: datetime, by: Person) -> list[BookEntry]:
    """A page for each of some transmitted sheets and pages of workshops, in their own words; nobody is asked yet."""
    sheets = [(submitted_content(each), {"submitted_id": each.id}) for each in candidates_for(access) if each.id in ids]
    left = [(each.content, {"workshop_page_id": each.id}) for each in workshop_candidates_for(access) if each.id in ids]
    if not sheets and not left:
        raise RuleBroken("Cochez au moins une fiche, ou une page d’atelier.")
    last = max((each.entry.position for each in pages_of(access)), default=0)
    return [_take(access, *told, last + place, now, by) for place, told in enumerate([*sheets, *left], 1)]


def _take(
    access: BookAccess, content: SheetContent | None, source: dict[str, UUID], position: int, now: datetime, by: Person
) -> BookEntry:
    if content is None or content.is_closed:
        raise RuleBroken(why_no_text(content))
    entry = BookEntry(id=uuid4(), book_id=access.id, key_id=make_key(), position=position, see=[], edited_at=now)
    entry.revision = 0
    _write(entry, Page("", content.without_blanks(), ()), now)
    db.session.add(entry)
    db.session.flush()
    db.session.add(BookSource(entry_id=entry.id, **source))
    db.session.flush()
    remember_presenter(entry, circles_of(_page(entry)))
    record("book_page_taken", entry, by=by)
    return entry


def _page(entry: BookEntry) -> PageAccess:
    found = get_page(entry.id)
    if found is None:
        raise LookupError("a page that was just written is there")
    return found


def _write(entry: BookEntry, page: Page, now: datetime) -> None:
    """The text, sealed; whatever was said of the former one is about another digest."""
    seal_text(entry, BookEntry.body, page.to_json())
    if entry.digest != page.digest():
        entry.asked_at = entry.deadline_at = entry.agreed_at = None
    entry.digest, entry.edited_at, entry.revision = page.digest(), now, entry.revision + 1


def edit_page(page: PageAccess, said: Page, *, revision: int, kept: Collection[str], now: datetime, by: Person) -> None:
    """Other words, or others of the index: each change goes back to the circle for a yes to it."""
    check_can_be_edited(page.life, now)
    entry = page.entry
    said = said.tidied()
    check_page(said)
    if revision != entry.revision:
        raise RuleBroken(STALE)
    _keep(entry, found_in(said, context_for(page)), kept)
    if said.digest() != entry.digest:
        _write(entry, said, now)
        record("book_page_edited", entry, by=by)


def _keep(entry: BookEntry, found: Sequence[Passage], keys: Collection[str]) -> None:
    """What the editor says may stay, of what may be kept at all."""
    may = {each.key for each in to_decide(found, ())}
    kept = sorted((open_kept(entry) | set(keys)) & may)
    seal_text(entry, BookEntry.kept_words, json.dumps(kept))


def merge_pages(page: PageAccess, other: PageAccess, *, now: datetime, by: Person) -> None:
    """Two pages in one: the answers of both, the circles of both. The other one is left empty, and goes."""
    for each in (page, other):
        check_can_be_edited(each.life, now)
    mine, theirs = open_page(page.entry), open_page(other.entry)
    if mine is None or theirs is None or mine.is_closed or theirs.is_closed or page.entry.id == other.entry.id:
        raise RuleBroken("Ces deux pages ne peuvent pas être réunies.")
    if page.entry.book_id != other.entry.book_id:
        raise RuleBroken("Ces deux pages ne sont pas du même recueil.")
    both_agreed = all(each.life.status(now) is PageStatus.AGREED for each in (page, other))
    if page.circles != other.circles and not both_agreed:
        raise RuleBroken(
            "Ces pages viennent de collectifs ou d’ateliers différents : demandez d’abord chacune. Réunies avant que "
            "tous aient dit oui, les uns liraient les autres."
        )
    _write(page.entry, Page(mine.title, merged([mine.content, theirs.content]), mine.words), now)
    _take_over(page.entry, other.entry)
    record("book_pages_merged", page.entry, by=by)


def _take_over(entry: BookEntry, other: BookEntry) -> None:
    """What the other page was written from, and the page of the former book that it took up, if this one takes none."""
    if entry.continues_id is None:
        entry.continues_id, entry.change = other.continues_id, other.change
    db.session.execute(update(BookSource).where(BookSource.entry_id == other.id).values(entry_id=entry.id))
    db.session.flush()
    db.session.delete(other)


def place_page(
    page: PageAccess, *, theme_id: UUID | None, see: Sequence[str], continues_id: UUID | None = None, change: str = ""
) -> None:
    """Under which theme, where it leads, what it takes up: no word of the text changes, nobody is asked again."""
    known = {each.id for each in themes_of(page.access.id)}
    if theme_id is not None and theme_id not in known:
        raise RuleBroken("Choisissez un thème de ce recueil.", "theme")
    _continue(page, continues_id, " ".join(change.split()))
    page.entry.theme_id = theme_id
    page.entry.see = [each for each in see if each != str(page.entry.id)]


def _continue(page: PageAccess, continues_id: UUID | None, change: str) -> None:
    """The page of the former book that this one takes up, and what became of it, in a sentence that names nobody."""
    offered = {each.id for each in pages_to_continue(page.access)}
    if continues_id is not None and str(continues_id) not in offered:
        raise RuleBroken("Choisissez une page du recueil précédent qui y figure encore.", "continues")
    if change and offered and continues_id is None:
        raise RuleBroken("Choisissez la page que celle-ci reprend, ou videz la phrase.", "continues")
    change = change if continues_id else ""
    check_change(change, context_for(page), open_kept(page.entry))
    page.entry.continues_id, page.entry.change = continues_id, change


def raise_page(page: PageAccess) -> None:
    """One place earlier among those of its theme."""
    rows = [each.entry for each in pages_of(page.access)]
    mine = [each for each in rows if each.theme_id == page.entry.theme_id]
    place = mine.index(page.entry)
    if place:
        before = mine[place - 1]
        rows.remove(page.entry)
        rows.insert(rows.index(before), page.entry)
    for number, row in enumerate(rows, 1):
        row.position = number


def set_page_aside(page: PageAccess, *, now: datetime, by: Person) -> None:
    """Left out of this book; it can be taken up again, until it perishes."""
    check_can_be_set_aside(page.life, now)
    page.entry.set_aside_at, page.entry.asked_at, page.entry.deadline_at = now, None, None
    record("book_page_set_aside", page.entry, by=by)


def take_page_up(page: PageAccess, *, by: Person) -> None:
    """Taken up again, as it was written."""
    page.entry.set_aside_at = None
    record("book_page_taken_up", page.entry, by=by)


def doubts_on(page: PageAccess, said: Page) -> list[Passage]:
    """Every passage that the guard finds in a page."""
    return found_in(said, context_for(page))
