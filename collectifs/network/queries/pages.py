"""The pages that workshops left: one, those of somebody who was there, those of a territory that were agreed to."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, select

from collectifs.guard.domain.context import Context
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.queries.jobs import Sending, mails_of
from collectifs.kernel.text.folding import folded
from collectifs.kernel.vault import Perished, Tampered
from collectifs.kernel.vault.texts import open_text, text_or_closed
from collectifs.meetings.domain.school_year import SchoolCalendar
from collectifs.meetings.queries.calendar import calendar_at
from collectifs.network.domain.page import guarded_people
from collectifs.network.domain.registration import RegistrationState
from collectifs.network.models import (
    Event,
    EventSlot,
    HostLink,
    PageObjection,
    Registration,
    SlotChoice,
    Workshop,
    WorkshopPage,
)
from collectifs.network.queries.events import EventAccess, WorkshopAccess, get_workshop
from collectifs.network.queries.registrations import seated_by_workshop
from collectifs.people.queries.people import hashed
from collectifs.sheets.domain.life import LATE, SheetLife, SheetStatus, seen_until
from collectifs.sheets.domain.sheet import SheetContent
from collectifs.sheets.queries.contents import content_of


@dataclass(frozen=True)
class PageAccess:
    """The page of a workshop, with its day. `came`: the registrations of those who were there, who are asked."""

    page: WorkshopPage
    found: WorkshopAccess
    came: frozenset[UUID]
    objections: tuple[PageObjection, ...]
    life: SheetLife

    @property
    def id(self) -> UUID:
        """Its id."""
        return self.page.id

    @property
    def workshop(self) -> Workshop:
        """The workshop that left it."""
        return self.found.workshop

    @property
    def access(self) -> EventAccess:
        """The day."""
        return self.found.access

    @property
    def territory_id(self) -> UUID:
        """Where the day is managed."""
        return self.found.territory_id

    @property
    def calendar(self) -> SchoolCalendar:
        """The school days that its delay counts."""
        return calendar_at(self.access.territory)

    @property
    def is_agreed(self) -> bool:
        """Whether those who were there agreed to it, at this instant."""
        return self.status(clock.now()) is SheetStatus.AGREED

    def status(self, now: datetime) -> SheetStatus:
        """Where it stands."""
        return self.life.status(now)

    def seen_life(self, now: datetime) -> SheetLife:
        """The life with only the objections that may be shown already: no click can be told from its hour."""
        until = seen_until(self.life, now, self.access.zone)
        return replace(self.life, text_objections=sum(row.raised_at <= until for row in self.objections))

    def sentences(self, now: datetime) -> list[str]:
        """What was written with the objections that may be shown, without their authors."""
        until = seen_until(self.life, now, self.access.zone)
        return [words for row in self.objections if row.raised_at <= until and (words := _sentence(row))]

    def objection_of(self, registration_id: UUID) -> PageObjection | None:
        """Somebody's own open objection."""
        return next((row for row in self.objections if _objector(row) == registration_id), None)


@dataclass(frozen=True)
class AgreedPage:
    """A page that those who were there agreed to: what a book may ask them for, in its two headings.

    `is_lost`: somebody who was there erased their registration since.
    """

    id: UUID
    title: str
    day: date
    content: SheetContent
    agreed_at: datetime
    is_lost: bool


def workshop_for_token(token: str) -> WorkshopAccess | None:
    """The workshop that a host's link opens."""
    query = select(HostLink.workshop_id).where(HostLink.token_hash == hashed(token))
    workshop_id = db.session.scalars(query).first()
    return get_workshop(workshop_id) if workshop_id else None


def page_left_by(found: WorkshopAccess) -> PageAccess | None:
    """The page of a workshop, once somebody began it."""
    query = select(WorkshopPage).where(WorkshopPage.workshop_id == found.workshop.id)
    row = db.session.scalars(query.execution_options(populate_existing=True)).first()
    return _with_life(row, found) if row else None


def get_workshop_page(workshop_page_id: UUID) -> PageAccess | None:
    """One page."""
    row = db.session.get(WorkshopPage, workshop_page_id)
    found = get_workshop(row.workshop_id) if row else None
    return _with_life(row, found) if row and found else None


def _with_life(row: WorkshopPage, found: WorkshopAccess) -> PageAccess:
    query = select(PageObjection).where(PageObjection.page_id == row.id)
    objections = tuple(db.session.scalars(query.order_by(PageObjection.raised_at, PageObjection.id)))
    came = frozenset(db.session.scalars(ids_who_came(found.workshop.id)))
    return PageAccess(row, found, came, objections, _life(row, len(objections)))


def _life(row: WorkshopPage, objections: int) -> SheetLife:
    if row.proposed_at is None or row.proposal_id is None:
        return SheetLife(withdrawn_at=row.withdrawn_at)
    waits = clock.now() - row.proposed_at > LATE and _sending(row).are_waiting
    return SheetLife(
        proposed_at=row.proposed_at,
        deadline_at=None if waits else row.deadline_at,
        mails_waiting=waits,
        text_objections=objections,
        withdrawn_at=row.withdrawn_at,
    )


def _sending(row: WorkshopPage) -> Sending:
    query = select(*mails_of(WorkshopPage.proposal_id)).where(WorkshopPage.id == row.id)
    return Sending.counted(*tuple(db.session.execute(query).one()))


def ids_who_came(workshop_id: UUID) -> Select[UUID]:
    """The registrations whose presence in a workshop was noted: their ids."""
    query = select(SlotChoice.registration_id).join(Registration, Registration.id == SlotChoice.registration_id)
    return query.where(
        SlotChoice.seat_id == workshop_id,
        SlotChoice.came_at.is_not(None),
        Registration.state == RegistrationState.CONFIRMED,
    ).order_by(SlotChoice.registration_id)


def pages_for(row: Registration) -> list[PageAccess]:
    """The pages that somebody who was there reads: those that are proposed, agreed or withdrawn."""
    query = (
        select(WorkshopPage)
        .join(SlotChoice, SlotChoice.seat_id == WorkshopPage.workshop_id)
        .join(EventSlot, EventSlot.id == SlotChoice.slot_id)
        .where(SlotChoice.registration_id == row.id, SlotChoice.came_at.is_not(None))
    )
    rows = db.session.scalars(query.order_by(EventSlot.starts_at)).all()
    shared = [each for each in rows if each.proposed_at is not None or each.withdrawn_at is not None]
    return [page for each in shared if (page := get_workshop_page(each.id)) is not None]


def pages_on(territory_ids: Iterable[UUID]) -> list[PageAccess]:
    """The pages of some territories that were agreed to, the latest day first."""
    query = _with_event().where(Event.territory_id.in_(list(territory_ids)), WorkshopPage.proposed_at.is_not(None))
    rows = db.session.scalars(query.order_by(Event.starts_at.desc(), Workshop.title, WorkshopPage.id)).all()
    found = [get_workshop_page(each.id) for each in rows]
    return [each for each in found if each is not None and each.is_agreed]


def agreed_workshop_pages(season: int, territory_id: UUID) -> list[AgreedPage]:
    """The pages of a season on a territory that were agreed to, with their words: the seam of the book."""
    found = [each for each in pages_on([territory_id]) if each.access.event.season == season]
    return [agreed for each in found if (agreed := _agreed(each)) is not None]


def _agreed(each: PageAccess) -> AgreedPage | None:
    content, agreed_at = content_left(each), each.life.agreed_at(clock.now())
    if content.is_blank or content.is_closed or agreed_at is None:
        return None
    day = each.found.slot.starts_at.astimezone(each.access.zone).date()
    return AgreedPage(each.id, each.workshop.title, day, content, agreed_at, each.workshop.lost_at is not None)


def pages_before(season: int) -> list[WorkshopPage]:
    """The pages of earlier seasons that still hold words."""
    query = _with_event().where(Event.season < season, WorkshopPage.body != b"")
    return list(db.session.scalars(query.order_by(WorkshopPage.id)))


def _with_event() -> Select[WorkshopPage]:
    query = select(WorkshopPage).join(Workshop, Workshop.id == WorkshopPage.workshop_id)
    return query.join(EventSlot, EventSlot.id == Workshop.slot_id).join(Event, Event.id == EventSlot.event_id)


def registered_as_host(page: PageAccess) -> frozenset[UUID]:
    """Among those who were there, the registration of whoever led the workshop: the same address, the same name."""
    workshop = page.workshop
    if not workshop.host_address:
        return frozenset()
    query = select(Registration).where(Registration.id.in_(page.came), Registration.address == workshop.host_address)
    rows = db.session.scalars(query.order_by(Registration.id))
    return frozenset(row.id for row in rows if folded(f"{row.given_name} {row.family_name}") == folded(workshop.host))


def content_left(page: PageAccess) -> SheetContent:
    """The two headings; empty once they have perished, one line when they do not open."""
    try:
        return content_of(page.page, WorkshopPage.body)
    except Perished:
        return SheetContent()


def guarded_in(found: WorkshopAccess) -> Context:
    """What the guard must know of a workshop."""
    seated = [each.registration for each in seated_by_workshop(found.access.id).get(found.workshop.id, [])]
    people = [(row.given_name, row.family_name) for row in seated]
    addresses = [*(row.address for row in seated), found.workshop.host_address]
    return guarded_people(people, found.workshop.host, found.access.event.place, addresses)


def objections_of(registration_id: UUID) -> list[str]:
    """What somebody wrote with their objections, for their own copy."""
    rows = db.session.scalars(select(PageObjection).order_by(PageObjection.raised_at))
    return [_sentence(row) for row in rows if _objector(row) == registration_id]


def _objector(row: PageObjection) -> UUID | None:
    try:
        return UUID(open_text(row, PageObjection.member))
    except (Perished, Tampered):
        return None


def _sentence(row: PageObjection) -> str:
    try:
        return text_or_closed(row, PageObjection.sentence)
    except Perished:
        return ""
