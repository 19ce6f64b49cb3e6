"""The pages of a book: what they were written from, what was said of them, their opened text."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select

from collectifs.book.domain.asking import YES, PageLife, Said
from collectifs.book.domain.page import Page
from collectifs.book.models import Book, BookConsent, BookEntry, BookPresenterAnswer, BookSource
from collectifs.book.queries.books import BookAccess, get_book
from collectifs.collectives.models import Meeting
from collectifs.kernel.extensions import db
from collectifs.kernel.queries.short_lines import ShortLine, short_line
from collectifs.kernel.vault import Perished, Tampered
from collectifs.kernel.vault.texts import open_text, text_or_closed
from collectifs.meetings.models import SynthesisSheet
from collectifs.people.domain.person import Degree
from collectifs.sheets.models import SubmittedSheet


@dataclass(frozen=True)
class SourceFacts:
    """A copy that a page was written from, without its words."""

    submitted_id: UUID
    sheet_id: UUID
    collective_id: UUID
    label: str
    month: date
    degree: Degree | None
    is_gone: bool
    is_replaced: bool


@dataclass(frozen=True)
class PageAccess:
    """A page of a book with its book, its sources and its life."""

    entry: BookEntry
    access: BookAccess
    sources: tuple[SourceFacts, ...]
    life: PageLife

    @property
    def territory_id(self) -> UUID:
        """Where it is edited."""
        return self.access.territory_id

    @property
    def collectives(self) -> frozenset[UUID]:
        """Those that it was written from."""
        return frozenset(each.collective_id for each in self.sources)

    @property
    def asked_ids(self) -> frozenset[UUID]:
        """Whom it was asked of."""
        return frozenset(each.user_id for each in self.life.said)


def get_page(entry_id: UUID) -> PageAccess | None:
    """A page, with its book."""
    entry = db.session.get(BookEntry, entry_id)
    access = get_book(entry.book_id) if entry else None
    return _accesses([entry], access)[0] if entry and access else None


def pages_of(access: BookAccess) -> list[PageAccess]:
    """The pages of a book, in their order: as many queries as for one."""
    query = select(BookEntry).where(BookEntry.book_id == access.id).order_by(BookEntry.position, BookEntry.id)
    return _accesses(list(db.session.scalars(query)), access)


def _accesses(entries: list[BookEntry], access: BookAccess) -> list[PageAccess]:
    ids = [each.id for each in entries]
    sources, said, answers = _sources(ids), _said(ids), _presenters(ids)
    return [
        PageAccess(each, access, tuple(sources[each.id]), _life(each, sources[each.id], said[each.id], answers))
        for each in entries
    ]


def _sources(entry_ids: list[UUID]) -> Mapping[UUID, list[SourceFacts]]:
    query = (
        select(BookSource.entry_id, SubmittedSheet, Meeting.collective_id)
        .join(SubmittedSheet, SubmittedSheet.id == BookSource.submitted_id)
        .join(SynthesisSheet, SynthesisSheet.id == SubmittedSheet.sheet_id)
        .join(Meeting, Meeting.id == SynthesisSheet.meeting_id)
        .where(BookSource.entry_id.in_(entry_ids))
        .order_by(SubmittedSheet.month, SubmittedSheet.collective_code, SubmittedSheet.id)
    )
    found: dict[UUID, list[SourceFacts]] = defaultdict(list)
    for entry_id, copy, collective_id in db.session.execute(query).all():
        found[entry_id].append(
            SourceFacts(
                copy.id,
                copy.sheet_id,
                collective_id,
                copy.collective_name or f"Collectif {copy.collective_code}",
                copy.month,
                copy.degree,
                copy.withdrawn_at is not None,
                copy.replaced_at is not None,
            )
        )
    return found


def _said(entry_ids: list[UUID]) -> Mapping[UUID, list[Said]]:
    query = select(BookConsent).where(BookConsent.entry_id.in_(entry_ids))
    found: dict[UUID, list[Said]] = defaultdict(list)
    for row in db.session.scalars(query.order_by(BookConsent.user_id)):
        found[row.entry_id].append(_answer_of(row))
    return found


def _answer_of(row: BookConsent) -> Said:
    """What does not open is no answer."""
    if not row.answer:
        return Said(row.user_id)
    try:
        said, _, digest = open_text(row, BookConsent.answer).partition(" ")
    except (Perished, Tampered):
        return Said(row.user_id)
    return Said(row.user_id, said == YES, digest, row.answered_at)


def _presenters(entry_ids: list[UUID]) -> Mapping[UUID, BookPresenterAnswer]:
    query = select(BookPresenterAnswer).where(BookPresenterAnswer.entry_id.in_(entry_ids))
    return {row.entry_id: row for row in db.session.scalars(query.order_by(BookPresenterAnswer.entry_id))}


def _life(
    entry: BookEntry, sources: Iterable[SourceFacts], said: list[Said], answers: Mapping[UUID, BookPresenterAnswer]
) -> PageLife:
    answer = answers.get(entry.id)
    return PageLife(
        entry.digest,
        entry.asked_at,
        entry.deadline_at,
        tuple(said),
        presenter_asked=bool(entry.presenter),
        presenter_said=answer.agreed if answer and answer.digest == entry.digest else None,
        set_aside_at=entry.set_aside_at,
        withdrawn_at=entry.withdrawn_at,
        printed_at=entry.printed_at,
        source_gone=any(each.is_gone for each in sources),
    )


def open_page(entry: BookEntry) -> Page | None:
    """What it says; one line when it does not open, None once it has perished."""
    try:
        return Page.from_json(text_or_closed(entry, BookEntry.body))
    except Perished:
        return None


def open_kept(entry: BookEntry) -> frozenset[str]:
    """The keys of the passages that the editor kept."""
    try:
        return frozenset(json.loads(open_text(entry, BookEntry.kept_words))) if entry.kept_words else frozenset()
    except (Perished, Tampered):
        return frozenset()


def open_presenters(entry: BookEntry) -> frozenset[UUID]:
    """Who presented, as far as it is known; for their own page only."""
    try:
        listed = open_text(entry, BookEntry.presenter).split() if entry.presenter else []
    except (Perished, Tampered):
        return frozenset()
    return frozenset(UUID(each) for each in listed)


def consent_of(entry_id: UUID, user_id: UUID) -> BookConsent | None:
    """The row of one person."""
    query = select(BookConsent).where(BookConsent.entry_id == entry_id, BookConsent.user_id == user_id)
    return db.session.scalars(query).first()


def presenter_answer_of(entry_id: UUID) -> BookPresenterAnswer | None:
    """The row of whoever presented."""
    return db.session.scalars(select(BookPresenterAnswer).where(BookPresenterAnswer.entry_id == entry_id)).first()


def taken_ids(territory_id: UUID) -> frozenset[UUID]:
    """The copies from which a page was written already, in any book of a territory."""
    query = select(BookSource.submitted_id).join(BookEntry, BookEntry.id == BookSource.entry_id)
    mine = query.join(Book, Book.id == BookEntry.book_id).where(Book.territory_id == territory_id)
    return frozenset(each for each in db.session.scalars(mine.order_by(BookSource.submitted_id)) if each)


def candidates_for(access: BookAccess) -> list[SubmittedSheet]:
    """What the institution reads of the season and no page was written from: without its words, oldest first."""
    query = select(SubmittedSheet).where(
        SubmittedSheet.territory_id == access.territory_id,
        SubmittedSheet.season == access.book.season,
        SubmittedSheet.withdrawn_at.is_(None),
        SubmittedSheet.replaced_at.is_(None),
        SubmittedSheet.id.not_in(taken_ids(access.territory_id)),
    )
    ordered = query.order_by(SubmittedSheet.month, SubmittedSheet.collective_code, SubmittedSheet.id)
    return [each for each in db.session.scalars(ordered) if each.body]


PAGE_WAITING = "page"


@dataclass(frozen=True)
class PageWaiting:
    """A page that awaits somebody's own answer, until an instant."""

    id: UUID
    until: datetime


def pages_waiting_lines(user_id: UUID, now: datetime) -> list[Select[Any]]:
    """The pages about which somebody has not answered yet, to be read beside other short lists."""
    is_silent = or_(BookConsent.answered_at.is_(None), BookConsent.answered_at < BookConsent.asked_at)
    query = (
        short_line(PAGE_WAITING, BookEntry.id, at=BookEntry.deadline_at)
        .join(BookConsent, BookConsent.entry_id == BookEntry.id)
        .where(
            BookConsent.user_id == user_id,
            is_silent,
            BookConsent.digest == BookEntry.digest,
            BookEntry.deadline_at > now,
            BookEntry.withdrawn_at.is_(None),
            BookEntry.set_aside_at.is_(None),
            BookEntry.printed_at.is_(None),
        )
    )
    return [query]


def pages_waiting_among(lines: Iterable[ShortLine]) -> list[PageWaiting]:
    """Of these lines, the pages that wait, the most pressing first."""
    found = [PageWaiting(each.id, each.at) for each in lines if each.kind == PAGE_WAITING and each.at]
    return sorted(found, key=lambda each: (each.until, each.id))


def pages_asked_of(user_id: UUID) -> list[PageAccess]:
    """Every page of which somebody was asked, the latest first."""
    query = select(BookEntry.id).join(BookConsent, BookConsent.entry_id == BookEntry.id)
    ids = db.session.scalars(query.where(BookConsent.user_id == user_id).order_by(BookConsent.asked_at.desc()))
    return [page for each in ids if (page := get_page(each))]
