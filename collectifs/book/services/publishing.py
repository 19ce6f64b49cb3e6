"""Publishing an edition: what everybody said yes to, under headings of three collectives and more; and the next one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from collectifs.book.domain.asking import PageStatus
from collectifs.book.domain.comparing import changes_after, changes_since
from collectifs.book.domain.edition import (
    Answer,
    Changes,
    Edition,
    Entry,
    IndexTerm,
    Theme,
    WorkshopChapter,
    WorkshopStep,
)
from collectifs.book.domain.page import Page
from collectifs.book.domain.themes import OTHERS, OTHERS_ID, Heading, check_is_many, merged_headings
from collectifs.book.domain.work import MailBookUnpublished, RenderEdition
from collectifs.book.models import BookChapter, BookEdition
from collectifs.book.queries.books import BookAccess, chapters_of, following_book, get_book, themes_of
from collectifs.book.queries.editions import former_edition, latest_edition, left_of, open_edition, withdrawn_days
from collectifs.book.queries.pages import PageAccess, open_page, pages_of
from collectifs.book.services.perishing import erase_edition
from collectifs.kernel.audit import ask, record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.seasons import season_label
from collectifs.kernel.text.folding import folded
from collectifs.kernel.vault import make_key
from collectifs.kernel.vault.texts import seal_text
from collectifs.meetings.domain.canvas import library
from collectifs.people.domain.person import Person
from collectifs.people.queries.roles import editors_of

TO_PRINT = (PageStatus.AGREED, PageStatus.PRINTED)


def edition_of(access: BookAccess, *, now: datetime) -> Edition:
    """What an edition made now would say: every page that all said yes to, each read in that text. RuleBroken says why
    none can be made.
    """
    pages = {str(each.entry.id): each for each in pages_of(access)}
    texts = {key: said for key, page in pages.items() if (said := _printable(page, now))}
    check_is_many(headings_of(access, [pages[key] for key in texts], texts))
    former = latest_edition(access.id)
    themes = _themes(access, pages, texts)
    entries = [entry for theme in themes for entry in theme.entries]
    number = len(entries)
    chapters = [printed_chapter(row, number + place) for place, row in enumerate(chapters_of(access.id), 1)]
    return Edition(
        title=access.book.title,
        territory=access.territory.name,
        season=season_label(access.book.season),
        number=former.number + 1 if former else 1,
        published_on=now.astimezone(access.zone).date(),
        licence=access.book.licence,
        foreword=access.book.foreword,
        collectives=len(frozenset().union(*(pages[key].collectives for key in texts))),
        themes=themes,
        workshops=tuple(each for each in chapters if each),
        index=_index(entries),
        changes=_changes(access, entries, pages),
    )


def _themes(access: BookAccess, pages: Mapping[str, PageAccess], texts: Mapping[str, Page]) -> tuple[Theme, ...]:
    """Under their headings, numbered; what was printed and withdrawn keeps a place that says nothing."""
    gone = withdrawn_days(access)
    shown = [page for key, page in pages.items() if key in texts or key in gone]
    themes: list[Theme] = []
    number = 0
    for heading in merged_headings(headings_of(access, shown, texts)):
        printed = []
        for key in heading.pages:
            number += 1
            is_gone = key not in texts
            printed.append(
                Entry(key, number, withdrawn_on=gone[key]) if is_gone else _entry(pages[key], texts[key], number)
            )
        themes.append(Theme(heading.id, heading.title, tuple(printed)))
    return tuple(themes)


def _printable(page: PageAccess, now: datetime) -> Page | None:
    if page.life.status(now) not in TO_PRINT:
        return None
    said = open_page(page.entry)
    return said if said and not said.is_closed else None


def headings_of(access: BookAccess, pages: Sequence[PageAccess], texts: Collection[str]) -> list[Heading]:
    """The themes of a book with these pages, in order; those without a theme stand together, last.

    `texts`: the pages that say something; those that were withdrawn tell of nobody.
    """
    known: list[tuple[UUID | None, str, str]] = [(each.id, str(each.id), each.title) for each in themes_of(access.id)]
    known.append((None, OTHERS_ID, OTHERS))
    found = []
    for theme_id, key, title in known:
        mine = [each for each in pages if each.entry.theme_id == theme_id]
        ids = tuple(str(each.entry.id) for each in mine)
        told = (each.circles if str(each.entry.id) in texts else frozenset() for each in mine)
        found.append(Heading(key, title, ids, tuple(told)))
    return found


def _entry(page: PageAccess, said: Page, number: int) -> Entry:
    answers = tuple(Answer(each.text, each.kind, each.condition) for each in said.content.answers if each.kind)
    see = tuple(str(each) for each in page.entry.see)
    return Entry(str(page.entry.id), number, said.content.question, answers, said.title, said.words, see)


def printed_chapter(row: BookChapter, number: int) -> WorkshopChapter | None:
    """A workshop as it is printed, with the steps of its canvas; None of a canvas that the library has no more."""
    canvas = library().get(row.canvas_id)
    if canvas is None:
        return None
    steps = tuple(WorkshopStep(step.title, step.minutes, step.rule, step.speaks) for step in canvas.agenda(2))
    return WorkshopChapter(
        str(row.id),
        number,
        row.title,
        row.aim,
        row.intro,
        row.material,
        row.before,
        row.audience,
        canvas.group_min,
        canvas.group_max,
        steps,
        row.canvas_id,
        tuple(str(each) for each in row.see),
    )


def _index(entries: list[Entry]) -> tuple[IndexTerm, ...]:
    """Each word once, whatever its capitals, in alphabetical order."""
    found: dict[str, tuple[str, list[str]]] = {}
    for entry in entries:
        for word in entry.words:
            found.setdefault(folded(word), (word, []))[1].append(entry.id)
    return tuple(IndexTerm(word, tuple(dict.fromkeys(ids))) for _, (word, ids) in sorted(found.items()))


def _changes(access: BookAccess, entries: list[Entry], pages: Mapping[str, PageAccess]) -> Changes | None:
    former = former_edition(access)
    continued = {
        key: (str(page.entry.continues_id), page.entry.change) for key, page in pages.items() if page.entry.continues_id
    }
    return changes_since(former.edition if former else None, entries, continued)


def publish_edition(access: BookAccess, *, digest: str, now: datetime, by: Person) -> BookEdition:
    """The edition that was shown before the click, and nothing else. The one that it replaces is erased."""
    edition = edition_of(access, now=now)
    if edition.digest() != digest:
        raise RuleBroken(
            "Une réponse est arrivée pendant que vous lisiez : voici l’édition telle qu’elle serait maintenant."
        )
    row = _cut(access, edition, now)
    printed = {each.id for each in edition.entries()}
    for page in pages_of(access):
        if str(page.entry.id) in printed:
            page.entry.printed_at = page.entry.printed_at or now
    record("book_published", row, by=by)
    return row


def _cut(access: BookAccess, edition: Edition, now: datetime) -> BookEdition:
    access.book.revision += 1
    db.session.flush()  # who comes at the same instant waits, or begins again
    former = latest_edition(access.id)
    row = BookEdition(
        id=uuid4(),
        book_id=access.id,
        key_id=make_key(),
        number=edition.number,
        published_at=now,
        digest=edition.digest(),
        progress=0,
    )
    seal_text(row, BookEdition.body, edition.to_json())
    db.session.add(row)
    if former:
        erase_edition(former)
    db.session.flush()
    ask(RenderEdition(row.id))
    return row


def reprint(access: BookAccess, *, now: datetime) -> BookEdition | None:
    """The next edition, the same but for what was withdrawn: its number, its day, « une fiche a été retirée ». A theme
    of too few collectives goes with others; a book of too few leaves the site.
    """
    former = latest_edition(access.id)
    said = open_edition(former) if former else None
    if former is None or said is None:
        return None
    edition = reprinted(said, access, now)
    if edition is None:
        _unpublish(access, former, now)
        return None
    row = _cut(access, edition, now)
    record("book_reprinted", row, by=None)
    return row


def _unpublish(access: BookAccess, edition: BookEdition, now: datetime) -> None:
    """Fewer than three collectives are left: nobody reads it any more, and whoever edits it is told."""
    access.book.revision += 1
    db.session.flush()  # who comes at the same instant waits, or begins again
    erase_edition(edition)
    record("book_unpublished", access.book, by=None)
    for user_id in editors_of(access.territory_id, now.date()):
        ask(MailBookUnpublished(user_id, access.id))


def reprint_following(access: BookAccess, *, now: datetime) -> None:
    """The book that says what changed since this one: its sentences lead to no page that was withdrawn."""
    book = following_book(access.book)
    following = get_book(book.id) if book else None
    row = latest_edition(following.id) if following else None
    said = open_edition(row) if row else None
    after = reprinted(said, following, now) if following and said and said.changes else None
    if following and said and after and after.changes != said.changes:
        reprint(following, now=now)


def reprinted(said: Edition, access: BookAccess, now: datetime) -> Edition | None:
    """An edition as the next one says it; None where too few collectives are left for a next one."""
    left = left_of(said, access)
    if left is None:
        return None
    day = now.astimezone(access.zone).date()
    return replace(left, number=said.number + 1, published_on=day, changes=_changes_now(left, access))


def _changes_now(left: Edition, access: BookAccess) -> Changes | None:
    """Nothing where the former book is no longer published: what changed since would lead to what it said."""
    former = former_edition(access)
    if left.changes is None or former is None:
        return None
    takes_up = {
        str(each.entry.id): str(each.entry.continues_id) for each in pages_of(access) if each.entry.continues_id
    }
    return changes_after(left.changes, former.edition, tuple(left.entries()), takes_up)
