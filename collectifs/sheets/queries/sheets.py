"""Sheets inside the collective: who may do what, the instants of their life, their opened words."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select

from collectifs.collectives.models import Collective, Meeting
from collectifs.collectives.queries.collectives import CollectiveAccess, get_collective
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.queries.jobs import mails_of_proposal
from collectifs.kernel.queries.reading import Once
from collectifs.kernel.retention import draft_ends_at
from collectifs.kernel.vault import Perished
from collectifs.kernel.vault.texts import open_text
from collectifs.meetings.domain.attendance import CAME
from collectifs.meetings.models import Attendance, SynthesisSheet
from collectifs.sheets.domain.life import LATE, About, SheetLife, SheetStatus, seen_until
from collectifs.sheets.domain.sheet import SheetContent
from collectifs.sheets.models import SheetProposal, SheetVersion, SubmittedSheet
from collectifs.sheets.queries.consent import open_objections, presenter_answer
from collectifs.sheets.queries.versions import get_version, open_version

SETTLED = (SheetStatus.AGREED, SheetStatus.SUBMITTED, SheetStatus.REVIEWED)


@dataclass(frozen=True)
class SheetAccess:
    """A sheet with its meeting, its open proposal, and the ids that the rules on access need."""

    sheet: SynthesisSheet
    meeting: Meeting
    access: CollectiveAccess
    was_there_ids: frozenset[UUID]
    proposal: SheetProposal | None
    life: SheetLife

    @property
    def collective(self) -> Collective:
        """The collective that wrote it."""
        return self.access.collective

    @property
    def deputy_ids(self) -> frozenset[UUID]:
        """Who ran its meeting in the pilot's place, and writes it."""
        return self.access.deputies_for(self.meeting.id)

    @property
    def is_shared(self) -> bool:
        """Whether the collective reads it: what is put to them, or what the institution reads meanwhile."""
        return self.proposal is not None or self.life.institution_since is not None

    def knew_meeting(self, user_id: UUID) -> bool:
        """Whether somebody was at the meeting, or a member already when it was held."""
        meeting = self.meeting
        return user_id in self.was_there_ids or self.access.came_before(user_id, meeting.starts_at, meeting.ends_at)

    @property
    def is_settled(self) -> bool:
        """Whether the collective agreed to it: what somebody who came later may read too."""
        has_left = self.life.institution_since is not None
        return self.is_shared and (has_left or self.seen_status(clock.now()) in SETTLED)

    @property
    def objector_ids(self) -> frozenset[UUID]:
        """To whom it is put: the members under the charter who knew the meeting, and whoever was there."""
        members = self.access.member_ids & self.access.consent_ids
        return frozenset(user_id for user_id in members if self.knew_meeting(user_id)) | self.was_there_ids

    @property
    def reader_ids(self) -> frozenset[UUID]:
        """Who reads it: those to whom it is put, and who came later, once it is agreed to."""
        later = self.access.member_ids & self.access.consent_ids if self.is_settled else frozenset()
        return self.objector_ids | later

    @property
    def drafts_end_at(self) -> datetime:
        """When its drafts perish: the working copy, the versions, the words of objections."""
        return draft_ends_at(self.meeting.ends_at, self.life.submitted_at)

    def seen_status(self, now: datetime) -> SheetStatus:
        """The state as everybody is shown it: an objection appears at 8 h or 18 h, not at the click."""
        return seen_life(self, now).status(now)


@Once
def get_sheet(sheet_id: UUID) -> SheetAccess | None:
    """A sheet and who may do what with it."""
    sheet = db.session.get(SynthesisSheet, sheet_id)
    if sheet is None:
        return None
    meeting = db.session.get_one(Meeting, sheet.meeting_id)
    access = get_collective(meeting.collective_id)  # first: while a page is read, it brings the rest with it
    if access is None:
        return None
    proposal = open_proposal(sheet.id)
    return SheetAccess(
        sheet,
        meeting,
        access,
        was_there(meeting.id),
        proposal,
        life_of(sheet, proposal),
    )


@Once
def was_there(meeting_id: UUID) -> frozenset[UUID]:
    """Who came to a meeting, late or not."""
    query = select(Attendance.user_id).where(
        Attendance.meeting_id == meeting_id, Attendance.state.in_(CAME)
    )
    return frozenset(db.session.scalars(query.order_by(Attendance.user_id)))


@Once
def sheet_of_meeting(meeting_id: UUID) -> SynthesisSheet:
    """The one sheet of a meeting (made with it)."""
    return db.session.scalars(_of_meeting(meeting_id)).one()


def _of_meeting(meeting_id: UUID) -> Select[SynthesisSheet]:
    return select(SynthesisSheet).where(SynthesisSheet.meeting_id == meeting_id).order_by(SynthesisSheet.id)


@Once
def open_proposal(sheet_id: UUID) -> SheetProposal | None:
    """The proposal that has not lapsed."""
    return db.session.scalars(
        select(SheetProposal)
        .where(SheetProposal.sheet_id == sheet_id, SheetProposal.lapsed_at.is_(None))
        .order_by(SheetProposal.proposed_at)
    ).first()


def life_of(sheet: SynthesisSheet, proposal: SheetProposal | None) -> SheetLife:
    """The instants of a sheet's life, read from its proposal and its submitted copy."""
    copy = submitted_copy(sheet.id)
    here = SheetLife(
        withdrawn_at=sheet.withdrawn_at,
        given_up_at=sheet.given_up_at,
        institution_since=copy.submitted_at if copy and sheet.reopened_at else None,
        has_presenter=sheet.presenter is not None,
    )
    if proposal is None:
        return here
    here = _proposed_life(here, proposal)
    if copy is None or sheet.reopened_at:
        return here
    return replace(here, submitted_at=copy.submitted_at, reviewed_at=copy.reviewed_at)


def _proposed_life(life: SheetLife, proposal: SheetProposal) -> SheetLife:
    about = [row.about for row in open_objections(proposal.id)]
    answer = presenter_answer(proposal.id)
    waits = clock.now() - proposal.proposed_at > LATE and mails_of_proposal(proposal.id).are_waiting
    return replace(
        life,
        proposed_at=proposal.proposed_at,
        deadline_at=None if waits else proposal.deadline_at,
        mails_waiting=waits,
        everybody_agreed_at=proposal.everybody_agreed_at,
        text_objections=about.count(About.TEXT),
        transmission_objections=about.count(About.TRANSMISSION),
        name_objections=about.count(About.NAME),
        asks_transmission=proposal.asks_transmission,
        asks_name=proposal.asks_name,
        presenter_agreed=answer.agreed if answer else None,
    )


def seen_life(sheet: SheetAccess, now: datetime) -> SheetLife:
    """The life with only the objections that may be shown already."""
    if sheet.proposal is None:
        return sheet.life
    until = seen_until(sheet.life, now, sheet.access.zone)
    seen = [row.about for row in open_objections(sheet.proposal.id) if row.raised_at <= until]
    return replace(
        sheet.life,
        text_objections=seen.count(About.TEXT),
        transmission_objections=seen.count(About.TRANSMISSION),
        name_objections=seen.count(About.NAME),
    )


def is_agreed(meeting_id: UUID, now: datetime) -> bool:
    """Whether the collective agreed to the sheet of a meeting, or chose a meeting without one."""
    is_known = sheet_of_meeting.knows(meeting_id)
    sheet = sheet_of_meeting(meeting_id) if is_known else db.session.scalars(_of_meeting(meeting_id)).first()
    if sheet is None or sheet.given_up_at:
        return sheet is not None
    proposal = open_proposal(sheet.id)
    return proposal is not None and life_of(sheet, proposal).agreed_at(now) is not None


@Once
def submitted_copy(sheet_id: UUID) -> SubmittedSheet | None:
    """The institution's latest copy of a sheet."""
    return db.session.scalars(
        select(SubmittedSheet)
        .where(SubmittedSheet.sheet_id == sheet_id)
        .order_by(SubmittedSheet.version_number.desc())
    ).first()


def open_draft(sheet: SynthesisSheet) -> SheetContent:
    """The working copy; empty once it has perished."""
    try:
        return SheetContent.from_json(open_text(sheet, SynthesisSheet.draft))
    except Perished:
        return SheetContent("", ())


def open_presenter(sheet: SynthesisSheet) -> UUID | None:
    """Who presented the situation, if somebody did; for the collective's own pages only."""
    if sheet.presenter is None:
        return None
    try:
        return UUID(open_text(sheet, SynthesisSheet.presenter))
    except Perished:
        return None


@dataclass(frozen=True)
class PresenterAccess:
    """A sheet with who presented its situation: what the question put to that person alone needs."""

    sheet: SheetAccess
    presenter_id: UUID | None


def get_sheet_and_presenter(sheet_id: UUID) -> PresenterAccess | None:
    """A sheet, and whoever presented, opened."""
    found = get_sheet(sheet_id)
    return PresenterAccess(found, open_presenter(found.sheet)) if found else None


def copies_of(sheet_id: UUID) -> list[SubmittedSheet]:
    """Every copy that the institution received of a sheet."""
    return list(
        db.session.scalars(
            select(SubmittedSheet)
            .where(SubmittedSheet.sheet_id == sheet_id)
            .order_by(SubmittedSheet.version_number)
        )
    )


def shared_content(sheet: SheetAccess, now: datetime) -> SheetContent | None:
    """What the collective reads: the proposed version, then the institution's copy; None once gone."""
    if sheet.life.withdrawn_at:
        return None
    version = get_version(sheet.proposal.version_id) if sheet.proposal else None
    if version and version.body and now < sheet.drafts_end_at:
        return open_version(version)
    return institution_content(sheet)


def settled_content(sheet: SheetAccess, now: datetime) -> SheetContent | None:
    """As `shared_content`; while a new version is put to the collective, what the institution reads still holds."""
    is_put_again = sheet.life.institution_since and sheet.life.status(now) is SheetStatus.PROPOSED
    return institution_content(sheet) if is_put_again else shared_content(sheet, now)


def institution_content(sheet: SheetAccess) -> SheetContent | None:
    """What the institution reads of it at this moment."""
    copy = submitted_copy(sheet.sheet.id)
    return open_submitted(copy.id) if copy else None


def sheets_of_collective(collective_id: UUID) -> list[SheetAccess]:
    """The sheets of a series, by meeting."""
    return [found for found in map(get_sheet, sheet_ids_of(collective_id)) if found]


@Once
def sheet_ids_of(collective_id: UUID) -> list[UUID]:
    """The sheets of a series, by the number of their meeting."""
    return list(
        db.session.scalars(
            select(SynthesisSheet.id)
            .join(Meeting, Meeting.id == SynthesisSheet.meeting_id)
            .where(Meeting.collective_id == collective_id, Meeting.cancelled_at.is_(None))
            .order_by(Meeting.number)
        )
    )


@dataclass(frozen=True)
class VersionAccess:
    """A version with the sheet that the rules on access need."""

    version: SheetVersion
    access: SheetAccess


def get_version_access(version_id: UUID) -> VersionAccess | None:
    """A version, with who may do what with its sheet."""
    version = db.session.get(SheetVersion, version_id)
    access = get_sheet(version.sheet_id) if version else None
    return VersionAccess(version, access) if version and access else None


def open_submitted(submitted_id: UUID) -> SheetContent | None:
    """The words of a submitted copy, None when they were withdrawn or have perished."""
    row = db.session.get_one(SubmittedSheet, submitted_id)
    if row.withdrawn_at:
        return None
    try:
        return SheetContent.from_json(open_text(row, SubmittedSheet.body))
    except Perished:
        return None
