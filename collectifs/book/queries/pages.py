"""The pages of a book: what they were written from, what was said of them, their opened text."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, or_, select

from collectifs.book.domain.asking import YES, Asked, Known, PageLife, Said
from collectifs.book.domain.page import Page
from collectifs.book.models import BookConsent, BookEntry, BookPresenterAnswer
from collectifs.book.queries.books import BookAccess, get_book
from collectifs.book.queries.sources import Source, sources_of
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import ERASED
from collectifs.kernel.queries.short_lines import ShortLine, short_line
from collectifs.kernel.vault import Perished, Tampered
from collectifs.kernel.vault.texts import open_text, text_or_closed

COLUMNS = {Known.MEMBER: "user_id", Known.REGISTERED: "registration_id", Known.HOST: "workshop_id"}


@dataclass(frozen=True)
class PageAccess:
    """A page of a book with its book, its sources and its life."""

    entry: BookEntry
    access: BookAccess
    sources: tuple[Source, ...]
    life: PageLife

    @property
    def territory_id(self) -> UUID:
        """Where it is edited."""
        return self.access.territory_id

    @property
    def circles(self) -> frozenset[UUID]:
        """Those that it was written from: collectives, and workshops."""
        return frozenset(each.circle_id for each in self.sources)

    @property
    def collectives(self) -> frozenset[UUID]:
        """The collectives among them."""
        return frozenset(each.circle_id for each in self.sources if each.is_sheet)

    @property
    def asked(self) -> frozenset[Asked]:
        """Whom it was asked of."""
        return frozenset(each.asked for each in self.life.said)

    @property
    def asked_ids(self) -> frozenset[UUID]:
        """Those of them who have an account."""
        return frozenset(each.id for each in self.asked if each.known is Known.MEMBER)

    @property
    def forgotten_at(self) -> datetime | None:
        """When those who were at a workshop are forgotten, with their links; None where everybody has an account."""
        return min((each.ends_at for each in self.sources if each.ends_at), default=None)


def get_page(entry_id: UUID) -> PageAccess | None:
    """A page, with its book."""
    entry = db.session.get(BookEntry, entry_id)
    access = get_book(entry.book_id) if entry else None
    return _accesses([entry], access)[0] if entry and access else None


def pages_of(access: BookAccess) -> list[PageAccess]:
    """The pages of a book that are not empty shells, in their order: as many queries as for one."""
    is_there = or_(BookEntry.body != ERASED, BookEntry.printed_at.is_not(None), BookEntry.withdrawn_at.is_not(None))
    query = select(BookEntry).where(BookEntry.book_id == access.id, is_there)
    return _accesses(list(db.session.scalars(query.order_by(BookEntry.position, BookEntry.id))), access)


def _accesses(entries: list[BookEntry], access: BookAccess) -> list[PageAccess]:
    ids = [each.id for each in entries]
    sources, said, answers = sources_of(ids), _said(ids), _presenters(ids)
    return [
        PageAccess(each, access, tuple(sources[each.id]), _life(each, sources[each.id], said[each.id], answers))
        for each in entries
    ]


def _said(entry_ids: list[UUID]) -> Mapping[UUID, list[Said]]:
    query = select(BookConsent).where(BookConsent.entry_id.in_(entry_ids))
    found: dict[UUID, list[Said]] = defaultdict(list)
    for row in db.session.scalars(query.order_by(BookConsent.user_id, BookConsent.id)):
        found[row.entry_id].append(_answer_of(row))
    return found


def asked_by(row: BookConsent) -> Asked:
    """Who is asked, by the one id that they are known by."""
    return next(Asked(known, found) for known, column in COLUMNS.items() if (found := getattr(row, column)))


def _answer_of(row: BookConsent) -> Said:
    """What does not open is no answer."""
    asked = asked_by(row)
    if not row.answer:
        return Said(asked)
    try:
        said, _, digest = open_text(row, BookConsent.answer).partition(" ")
    except (Perished, Tampered):
        return Said(asked)
    return Said(asked, said == YES, digest, row.answered_at)


def _presenters(entry_ids: list[UUID]) -> Mapping[UUID, BookPresenterAnswer]:
    query = select(BookPresenterAnswer).where(BookPresenterAnswer.entry_id.in_(entry_ids))
    return {row.entry_id: row for row in db.session.scalars(query.order_by(BookPresenterAnswer.entry_id))}


def _life(
    entry: BookEntry, sources: Sequence[Source], said: list[Said], answers: Mapping[UUID, BookPresenterAnswer]
) -> PageLife:
    answer, now = answers.get(entry.id), clock.now()
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
        agreed_at=entry.agreed_at,
        forgets=any(not each.is_sheet for each in sources),
        is_lost=any(each.lost_at for each in sources),
        is_over_for_them=any(each.ends_at and each.ends_at < now for each in sources),
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


def consent_of(entry_id: UUID, asked_id: UUID) -> BookConsent | None:
    """The row of one person, by the id that they are known by."""
    return db.session.scalars(select(BookConsent).where(BookConsent.entry_id == entry_id, _asks(asked_id))).first()


def _asks(asked_id: UUID) -> ColumnElement[bool]:
    return or_(*(getattr(BookConsent, column) == asked_id for column in COLUMNS.values()))


def presenter_answer_of(entry_id: UUID) -> BookPresenterAnswer | None:
    """The row of whoever presented."""
    return db.session.scalars(select(BookPresenterAnswer).where(BookPresenterAnswer.entry_id == entry_id)).first()


PAGE_WAITING = "page"


@dataclass(frozen=True)
class PageWaiting:
    """A page that awaits somebody's own answer, until an instant."""

    id: UUID
    until: datetime


# The pages about which somebody has not answered yet, to be read beside other short lists.
PAGES_WAITING_LINES: tuple[Select[Any], ...] = (
    short_line(PAGE_WAITING, BookEntry.id, at=BookEntry.deadline_at)
    .join(BookConsent, BookConsent.entry_id == BookEntry.id)
    .where(
        BookConsent.user_id == bindparam("user_id"),
        or_(BookConsent.answered_at.is_(None), BookConsent.answered_at < BookConsent.asked_at),
        BookConsent.digest == BookEntry.digest,
        BookEntry.deadline_at > bindparam("now"),
        BookEntry.withdrawn_at.is_(None),
        BookEntry.set_aside_at.is_(None),
        BookEntry.printed_at.is_(None),
    ),
)


def pages_waiting_among(lines: Iterable[ShortLine]) -> list[PageWaiting]:
    """Of these lines, the pages that wait, the most pressing first."""
    found = [PageWaiting(each.id, each.at) for each in lines if each.kind == PAGE_WAITING and each.at]
    return sorted(found, key=lambda each: (each.until, each.id))


def pages_asked_of(asked_id: UUID) -> list[PageAccess]:
    """Every page of which somebody was asked, the latest first."""
    query = select(BookEntry.id).join(BookConsent, BookConsent.entry_id == BookEntry.id)
    ids = db.session.scalars(query.where(_asks(asked_id)).order_by(BookConsent.asked_at.desc(), BookEntry.id))
    return [page for each in ids if (page := get_page(each))]
