"""Sheets inside the collective: who may do what, the instants of their life, their opened words."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from collectifs.domain.retention import draft_ends_at
from collectifs.domain.sheet import SheetContent
from collectifs.domain.sheet_life import SheetLife, SheetStatus, seen_until
from collectifs.extensions import db
from collectifs.models import (
    Attendance,
    Collective,
    Meeting,
    SheetProposal,
    SheetVersion,
    SubmittedSheet,
    SynthesisSheet,
)
from collectifs.queries.collectives import CollectiveAccess, collective_access
from collectifs.queries.consent import open_objections, presenter_answer
from collectifs.queries.review import open_submitted
from collectifs.vault import Perished, open_sealed, place

WAS_THERE = ("present", "late")


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
    def is_shared(self) -> bool:
        """Whether it was put to the collective (and the pilot did not go back to writing)."""
        return self.proposal is not None

    @property
    def reader_ids(self) -> frozenset[UUID]:
        """Who reads it once it is proposed: the members under the charter, and whoever was there."""
        return (self.access.member_ids & self.access.consent_ids) | self.was_there_ids

    @property
    def drafts_end_at(self) -> datetime:
        """When its drafts perish: the working copy, the versions, the words of objections."""
        return draft_ends_at(self.meeting.ends_at, self.life.submitted_at)

    def seen_status(self, now: datetime) -> SheetStatus:
        """The state as everybody is shown it: an objection appears at 8 h or 18 h, not at the click."""
        return seen_life(self, now).status(now)


def get_sheet(sheet_id: UUID) -> SheetAccess | None:
    """A sheet and who may do what with it."""
    sheet = db.session.get(SynthesisSheet, sheet_id)
    if sheet is None:
        return None
    meeting = db.session.get_one(Meeting, sheet.meeting_id)
    collective = db.session.get_one(Collective, meeting.collective_id)
    proposal = open_proposal(sheet.id)
    return SheetAccess(
        sheet,
        meeting,
        collective_access(collective),
        _was_there(meeting.id),
        proposal,
        life_of(sheet, proposal),
    )


def _was_there(meeting_id: UUID) -> frozenset[UUID]:
    query = select(Attendance.user_id).where(
        Attendance.meeting_id == meeting_id, Attendance.state.in_(WAS_THERE)
    )
    return frozenset(db.session.scalars(query.order_by(Attendance.user_id)))


def sheet_of_meeting(meeting_id: UUID) -> SynthesisSheet:
    """The one sheet of a meeting (made with it)."""
    return db.session.scalars(
        select(SynthesisSheet).where(SynthesisSheet.meeting_id == meeting_id).order_by(SynthesisSheet.id)
    ).one()


def open_proposal(sheet_id: UUID) -> SheetProposal | None:
    """The proposal that has not lapsed."""
    return db.session.scalars(
        select(SheetProposal)
        .where(SheetProposal.sheet_id == sheet_id, SheetProposal.lapsed_at.is_(None))
        .order_by(SheetProposal.proposed_at)
    ).first()


def life_of(sheet: SynthesisSheet, proposal: SheetProposal | None) -> SheetLife:
    """The instants of a sheet's life, read from its proposal and its submitted copy."""
    if proposal is None:
        return SheetLife(withdrawn_at=sheet.withdrawn_at)
    objections = open_objections(proposal.id)
    answer = presenter_answer(proposal.id)
    submitted = submitted_copy(sheet.id)
    return SheetLife(
        proposed_at=proposal.proposed_at,
        deadline_at=proposal.deadline_at,
        everybody_agreed_at=proposal.everybody_agreed_at,
        text_objections=sum(row.about == "text" for row in objections),
        transmission_objections=sum(row.about == "transmission" for row in objections),
        asks_transmission=proposal.asks_transmission,
        has_presenter=sheet.presenter is not None,
        presenter_agreed=answer.agreed if answer else None,
        submitted_at=submitted.submitted_at if submitted else None,
        reviewed_at=submitted.reviewed_at if submitted else None,
        withdrawn_at=sheet.withdrawn_at,
    )


def seen_life(sheet: SheetAccess, now: datetime) -> SheetLife:
    """The life with only the objections that may be shown already."""
    if sheet.proposal is None:
        return sheet.life
    until = seen_until(sheet.life, now, sheet.access.zone)
    seen = [row.about for row in open_objections(sheet.proposal.id) if row.raised_at <= until]
    return replace(
        sheet.life, text_objections=seen.count("text"), transmission_objections=seen.count("transmission")
    )


def is_agreed(meeting_id: UUID, now: datetime) -> bool:
    """Whether the collective agreed to the sheet of a meeting."""
    sheet = db.session.scalars(
        select(SynthesisSheet).where(SynthesisSheet.meeting_id == meeting_id).order_by(SynthesisSheet.id)
    ).first()
    proposal = open_proposal(sheet.id) if sheet else None
    return sheet is not None and proposal is not None and life_of(sheet, proposal).agreed_at(now) is not None


def submitted_copy(sheet_id: UUID) -> SubmittedSheet | None:
    """The institution's latest copy of a sheet."""
    return db.session.scalars(
        select(SubmittedSheet)
        .where(SubmittedSheet.sheet_id == sheet_id)
        .order_by(SubmittedSheet.version_number.desc())
    ).first()


def open_draft(sheet: SynthesisSheet) -> SheetContent:
    """The working copy; empty once it has perished."""
    if not sheet.draft:
        return SheetContent("", ())
    aad = place("synthesis_sheets", sheet.id, "draft", sheet.key_id)
    try:
        return SheetContent.from_json(open_sealed(sheet.draft, sheet.key_id, aad))
    except Perished:
        return SheetContent("", ())


def open_presenter(sheet: SynthesisSheet) -> UUID | None:
    """Who presented the situation, if somebody did; for the collective's own pages only."""
    if not sheet.presenter:
        return None
    aad = place("synthesis_sheets", sheet.id, "presenter", sheet.key_id)
    try:
        return UUID(open_sealed(sheet.presenter, sheet.key_id, aad))
    except Perished:
        return None


def open_version(version: SheetVersion) -> SheetContent:
    """A frozen version. Raises Perished."""
    if not version.body:
        raise Perished
    aad = place("sheet_versions", version.id, "body", version.key_id)
    return SheetContent.from_json(open_sealed(version.body, version.key_id, aad))


def get_version(version_id: UUID) -> SheetVersion:
    """A version by id."""
    return db.session.get_one(SheetVersion, version_id)


def last_version_number(sheet_id: UUID) -> int:
    """The number of the latest frozen version, 0 before the first."""
    numbers = db.session.scalars(
        select(SheetVersion.number).where(SheetVersion.sheet_id == sheet_id).order_by(SheetVersion.number.desc())
    )
    return numbers.first() or 0


def versions_of(sheet_id: UUID) -> list[SheetVersion]:
    """The frozen versions of a sheet, in order."""
    return list(
        db.session.scalars(
            select(SheetVersion).where(SheetVersion.sheet_id == sheet_id).order_by(SheetVersion.number)
        )
    )


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
    if sheet.proposal is None or sheet.life.withdrawn_at:
        return None
    version = get_version(sheet.proposal.version_id)
    if version.body and now < sheet.drafts_end_at:
        return open_version(version)
    copy = submitted_copy(sheet.sheet.id)
    return open_submitted(copy.id) if copy else None


def sheets_of_collective(collective_id: UUID) -> list[SheetAccess]:
    """The sheets of a series, by meeting."""
    rows = db.session.scalars(
        select(SynthesisSheet.id)
        .join(Meeting, Meeting.id == SynthesisSheet.meeting_id)
        .where(Meeting.collective_id == collective_id)
        .order_by(Meeting.number)
    )
    return [found for found in map(get_sheet, rows) if found]


def previous_sheet_content(meeting: Meeting, now: datetime) -> SheetContent | None:
    """The last sheet that the collective shared before this meeting: the debrief opens on it."""
    earlier = db.session.scalars(
        select(SynthesisSheet.id)
        .join(Meeting, Meeting.id == SynthesisSheet.meeting_id)
        .where(Meeting.collective_id == meeting.collective_id, Meeting.number < meeting.number)
        .order_by(Meeting.number.desc())
    )
    for found in map(get_sheet, earlier):
        content = shared_content(found, now) if found else None
        if content is not None:
            return content
    return None
