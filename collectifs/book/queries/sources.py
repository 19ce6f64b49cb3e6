"""What a page was written from, without its words, then opened: a copy that the institution received, or the page that
a workshop left. Both are told as one thing, a source; nothing else of the book knows which it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from collectifs.book.models import Book, BookEntry, BookSource
from collectifs.book.queries.books import BookAccess
from collectifs.collectives.models import Meeting
from collectifs.kernel.extensions import db
from collectifs.kernel.seasons import season_ends_on
from collectifs.meetings.models import SynthesisSheet
from collectifs.network.models import Event, EventSlot, Workshop, WorkshopPage
from collectifs.network.queries.pages import AgreedPage, agreed_workshop_pages, content_left, get_workshop_page
from collectifs.people.models import Territory
from collectifs.sheets.domain.diff import Change, differences
from collectifs.sheets.domain.sheet import SheetContent
from collectifs.sheets.models import SubmittedSheet
from collectifs.sheets.queries.sheets import opened_copies


class SourceKind(StrEnum):
    """What a source is."""

    SHEET = "sheet"
    WORKSHOP = "workshop"


@dataclass(frozen=True)
class Source:
    """What a page was written from. `circle_id`: those who wrote it, a collective or the workshop itself.

    `sheet_id`: of a copy. `is_gone`: taken back; `is_replaced`: another text took its place. `lost_at`: somebody who
    was at the workshop erased their registration; `ends_at`: when those who were there are forgotten, of a workshop.
    """

    kind: SourceKind
    id: UUID
    circle_id: UUID
    label: str
    month: date
    is_gone: bool = False
    is_replaced: bool = False
    sheet_id: UUID | None = None
    lost_at: datetime | None = None
    ends_at: datetime | None = None

    @property
    def is_sheet(self) -> bool:
        """Whether a collective wrote it."""
        return self.kind is SourceKind.SHEET


def from_copy(copy: SubmittedSheet, collective_id: UUID) -> Source:
    """The source that a copy is."""
    return Source(
        SourceKind.SHEET,
        copy.id,
        collective_id,
        copy.collective_name or f"Collectif {copy.collective_code}",
        copy.month,
        is_gone=copy.withdrawn_at is not None,
        is_replaced=copy.replaced_at is not None,
        sheet_id=copy.sheet_id,
    )


def from_workshop(page: WorkshopPage, workshop: Workshop, event: Event, zone: ZoneInfo) -> Source:
    """The source that the page of a workshop is; its circle is the workshop itself, as if it were a collective."""
    ends = datetime.combine(season_ends_on(event.season), time.max, zone)
    return Source(
        SourceKind.WORKSHOP,
        page.id,
        workshop.id,
        f"Atelier « {workshop.title} »",
        event.starts_at.astimezone(zone).date().replace(day=1),
        is_gone=page.withdrawn_at is not None,
        is_replaced=page.proposed_at is None and bool(page.body),
        lost_at=workshop.lost_at,
        ends_at=ends,
    )


def sources_of(entry_ids: Sequence[UUID]) -> Mapping[UUID, list[Source]]:
    """The sources of some pages, the oldest first."""
    found: dict[UUID, list[Source]] = defaultdict(list)
    for entry_id, source in (*_copies(entry_ids), *_workshop_pages(entry_ids)):
        found[entry_id].append(source)
    return found


def _copies(entry_ids: Sequence[UUID]) -> Iterable[tuple[UUID, Source]]:
    query = (
        select(BookSource.entry_id, SubmittedSheet, Meeting.collective_id)
        .join(SubmittedSheet, SubmittedSheet.id == BookSource.submitted_id)
        .join(SynthesisSheet, SynthesisSheet.id == SubmittedSheet.sheet_id)
        .join(Meeting, Meeting.id == SynthesisSheet.meeting_id)
        .where(BookSource.entry_id.in_(entry_ids))
        .order_by(SubmittedSheet.month, SubmittedSheet.collective_code, SubmittedSheet.id)
    )
    return [(entry_id, from_copy(copy, circle)) for entry_id, copy, circle in db.session.execute(query).all()]


def _workshop_pages(entry_ids: Sequence[UUID]) -> Iterable[tuple[UUID, Source]]:
    query = (
        select(BookSource.entry_id, WorkshopPage, Workshop, Event, Territory.timezone)
        .join(WorkshopPage, WorkshopPage.id == BookSource.workshop_page_id)
        .join(Workshop, Workshop.id == WorkshopPage.workshop_id)
        .join(EventSlot, EventSlot.id == Workshop.slot_id)
        .join(Event, Event.id == EventSlot.event_id)
        .join(Territory, Territory.id == Event.territory_id)
        .where(BookSource.entry_id.in_(entry_ids))
        .order_by(Event.starts_at, Workshop.title, WorkshopPage.id)
    )
    rows = db.session.execute(query).all()
    return [(row[0], from_workshop(row[1], row[2], row[3], ZoneInfo(row[4]))) for row in rows]


def opened_sources(sources: Sequence[Source]) -> list[tuple[Source, SheetContent]]:
    """Each with the two headings that it says, those that still open, in their order."""
    copies = opened_copies([each.id for each in sources if each.is_sheet])
    said = [(each, copies.get(each.id) if each.is_sheet else _left(each.id)) for each in sources]
    return [(source, content) for source, content in said if content]


def changes_since(sources: Sequence[Source], said: SheetContent | None) -> list[Change] | None:
    """What differs from the source of a page; None where it unites several: each reads their own words alone."""
    before = opened_sources(sources) if said and len(sources) == 1 else []
    return differences(before[0][1], said) if said and before else None


def _left(workshop_page_id: UUID) -> SheetContent | None:
    page = get_workshop_page(workshop_page_id)
    content = content_left(page) if page else None
    return None if content is None or content.is_blank else content


def taken_ids(territory_id: UUID) -> frozenset[UUID]:
    """The sources from which a page was written already, in any book of a territory."""
    query = select(BookSource.submitted_id, BookSource.workshop_page_id)
    mine = query.join(BookEntry, BookEntry.id == BookSource.entry_id).join(Book, Book.id == BookEntry.book_id)
    rows = db.session.execute(mine.where(Book.territory_id == territory_id).order_by(BookSource.id)).all()
    return frozenset(each for row in rows for each in row if each)


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


def workshop_candidates_for(access: BookAccess) -> list[AgreedPage]:
    """The pages of workshops of the season to which those who were there agreed, and all of whom can still be asked."""
    taken = taken_ids(access.territory_id)
    agreed = agreed_workshop_pages(access.book.season, access.territory_id)
    return [each for each in agreed if each.id not in taken and not each.is_lost]
