"""Sheets inside the collective: who may do what, the instants of their life, their opened words."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from collectifs.collectives.models import Collective, Meeting
from collectifs.collectives.queries.collectives import CollectiveAccess, get_collective
from collectifs.kernel import clock
from collectifs.kernel.endings import draft_ends_at
from collectifs.kernel.extensions import db
from collectifs.kernel.queries.jobs import Sending
from collectifs.kernel.vault import Perished, Tampered
from collectifs.kernel.vault.texts import open_text
from collectifs.meetings.domain.attendance import CAME, AttendanceState
from collectifs.meetings.models import SynthesisSheet
from collectifs.meetings.queries.meetings import MeetingAccess, notes_are_over
from collectifs.sheets.domain.circle import is_settled, objectors, readers
from collectifs.sheets.domain.life import LATE, About, SheetLife, SheetStatus, seen_until
from collectifs.sheets.domain.sheet import SheetContent
from collectifs.sheets.models import Objection, SheetProposal, SheetVersion, SubmittedSheet
from collectifs.sheets.queries.consent import objector
from collectifs.sheets.queries.contents import content_of, question_of
from collectifs.sheets.queries.rows import BY_ID, LIFE_AT, LIVES_AT, OF_MEETING, Row, rows_in, rows_of
from collectifs.sheets.queries.versions import open_version


@dataclass(frozen=True)
class SheetAccess:
    """A sheet with its meeting, what was said of it, and the ids that the rules on access need.

    `proposal`: what is put to the collective, `version` its text, `objections` those that nobody lifted, `sending` how
    its mails fare. `copy`: the latest that the institution received.
    `attendance`: who was marked at the meeting.
    """

    sheet: SynthesisSheet
    meeting: Meeting
    access: CollectiveAccess
    was_there_ids: frozenset[UUID]
    proposal: SheetProposal | None
    life: SheetLife
    version: SheetVersion | None = None
    objections: tuple[Objection, ...] = ()
    sending: Sending | None = None
    copy: SubmittedSheet | None = None
    attendance: Mapping[UUID, AttendanceState] = field(default_factory=dict)

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
        return self.is_shared and is_settled(seen_life(self, self.access.at), self.access.at)

    @property
    def objector_ids(self) -> frozenset[UUID]:
        """To whom it is put: the members under the charter who knew the meeting, and whoever was there."""
        knew = frozenset(user_id for user_id in self._members if self.knew_meeting(user_id))
        return objectors(self._members, knew, self.was_there_ids)

    @property
    def reader_ids(self) -> frozenset[UUID]:
        """Who reads it: those to whom it is put, and who came later, once it is agreed to."""
        return readers(self.objector_ids, self._members, settled=self.is_settled)

    @property
    def _members(self) -> frozenset[UUID]:
        """The members under the charter."""
        return self.access.member_ids & self.access.consent_ids

    def has_own_text(self, now: datetime) -> bool:
        """Whether the collective reads a text of its own, beside the institution's copy."""
        return self.version is not None and bool(self.version.body) and now < self.drafts_end_at

    @property
    def drafts_end_at(self) -> datetime:
        """When its drafts perish: the working copy, the versions, the words of objections."""
        return draft_ends_at(self.meeting.ends_at, self.life.submitted_at)

    def objections_by(self, member_id: UUID) -> dict[About, Objection]:
        """One member's own open objections, by what they are about."""
        return {row.about: row for row in self.objections if objector(row) == member_id}

    def notes_are_gone(self, now: datetime) -> bool:
        """Whether the notes of its meeting have perished: the collective agreed to it, or 30 days went by."""
        return notes_are_over(self.meeting, now) or agrees(self.life, now)

    def seen_status(self, now: datetime) -> SheetStatus:
        """The state as everybody is shown it: an objection appears at 8 h or 18 h, not at the click."""
        return seen_life(self, now).status(now)


def get_sheet(sheet_id: UUID) -> SheetAccess | None:
    """A sheet and who may do what with it."""
    rows = rows_of(BY_ID, {"sheet_id": sheet_id})
    access = get_collective(rows[0].meeting.collective_id) if rows else None
    return _accesses(rows, {access.collective.id: access})[0] if access else None


def sheet_at(meeting: MeetingAccess) -> SheetAccess:
    """The one sheet of a meeting (made with it)."""
    rows = rows_of(OF_MEETING, {"meeting_id": meeting.meeting.id})
    return _accesses(rows, {meeting.collective.id: meeting.access})[0]


def sheets_in(collectives: Mapping[UUID, CollectiveAccess]) -> dict[UUID, list[SheetAccess]]:
    """The sheets of some series, by the number of their meeting: two queries at most, however many there are."""
    found: dict[UUID, list[SheetAccess]] = {each: [] for each in collectives}
    if collectives:
        for sheet in _accesses(rows_in(collectives), collectives):
            found[sheet.collective.id].append(sheet)
    return found


def sheets_of(access: CollectiveAccess) -> list[SheetAccess]:
    """The sheets of a series, by the number of their meeting."""
    return sheets_in({access.collective.id: access})[access.collective.id]


def _accesses(rows: list[Row], collectives: Mapping[UUID, CollectiveAccess]) -> list[SheetAccess]:
    return [_access(row, collectives[row.meeting.collective_id]) for row in rows]


def _access(row: Row, access: CollectiveAccess) -> SheetAccess:
    proposal = row.proposal
    return SheetAccess(
        row.sheet,
        row.meeting,
        access,
        frozenset(who for who, state in row.attendance.items() if state in CAME),
        proposal,
        _life(row.sheet, proposal, row.presenter_agreed, row.sending, row.copy),
        version=proposal.version if proposal else None,
        objections=tuple(proposal.open_objections) if proposal else (),
        sending=row.sending if proposal else None,
        copy=row.copy,
        attendance=row.attendance,
    )


def sheet_of_meeting(meeting_id: UUID) -> SynthesisSheet:
    """The row of the sheet of a meeting."""
    query = select(SynthesisSheet).where(SynthesisSheet.meeting_id == meeting_id)
    return db.session.scalars(query.order_by(SynthesisSheet.id)).one()


def life_at(meeting_id: UUID) -> SheetLife | None:
    """The life of a meeting's sheet inside its collective, without what the institution has; None without a sheet."""
    for sheet, proposal, agreed, *mails in db.session.execute(LIFE_AT, {"meeting_id": meeting_id}).all():
        return _life(sheet, proposal, agreed, Sending.counted(*mails))
    return None


def _life(
    sheet: SynthesisSheet,
    proposal: SheetProposal | None,
    presenter_agreed: bool | None,
    sending: Sending,
    copy: SubmittedSheet | None = None,
) -> SheetLife:
    """The instants of a sheet's life, read from its proposal and its submitted copy."""
    told: dict[str, Any] = {}
    if proposal is not None:
        told = _proposed(proposal, sending) | {"presenter_agreed": presenter_agreed}
        if copy is not None and not sheet.reopened_at:
            told |= {"submitted_at": copy.submitted_at, "reviewed_at": copy.reviewed_at}
    return SheetLife(
        withdrawn_at=sheet.withdrawn_at,
        given_up_at=sheet.given_up_at,
        institution_since=copy.submitted_at if copy and sheet.reopened_at else None,
        has_presenter=sheet.presenter is not None,
        **told,
    )


def _proposed(proposal: SheetProposal, sending: Sending) -> dict[str, Any]:
    waits = clock.now() - proposal.proposed_at > LATE and sending.are_waiting
    return {
        "proposed_at": proposal.proposed_at,
        "deadline_at": None if waits else proposal.deadline_at,
        "mails_waiting": waits,
        "everybody_agreed_at": proposal.everybody_agreed_at,
        "asks_transmission": proposal.asks_transmission,
        "asks_name": proposal.asks_name,
        **_counts(proposal.open_objections),
    }


def _counts(objections: Iterable[Objection]) -> dict[str, Any]:
    about = [row.about for row in objections]
    return {
        "text_objections": about.count(About.TEXT),
        "transmission_objections": about.count(About.TRANSMISSION),
        "name_objections": about.count(About.NAME),
    }


def seen_life(sheet: SheetAccess, now: datetime) -> SheetLife:
    """The life with only the objections that may be shown already."""
    if not sheet.objections:
        return sheet.life
    until = seen_until(sheet.life, now, sheet.access.zone)
    return replace(sheet.life, **_counts(row for row in sheet.objections if row.raised_at <= until))


def agrees(life: SheetLife, now: datetime) -> bool:
    """Whether the collective agreed to the sheet, or chose a meeting without one."""
    return life.given_up_at is not None or life.agreed_at(now) is not None


def is_agreed(meeting_id: UUID, now: datetime) -> bool:
    """The same, for the sheet of a meeting."""
    life = life_at(meeting_id)
    return life is not None and agrees(life, now)


def agreed_among(meeting_ids: Collection[UUID], now: datetime) -> set[UUID]:
    """Those of some meetings whose sheet the collective agreed to: as many queries as for one."""
    found = db.session.execute(LIVES_AT, {"meeting_ids": meeting_ids}).all() if meeting_ids else ()
    return {
        sheet.meeting_id
        for sheet, proposal, agreed, *mails in found
        if agrees(_life(sheet, proposal, agreed, Sending.counted(*mails)), now)
    }


def open_draft(sheet: SynthesisSheet) -> SheetContent:
    """The working copy; empty once it has perished."""
    try:
        return content_of(sheet, SynthesisSheet.draft)
    except Perished:
        return SheetContent("", ())


def open_presenter(sheet: SynthesisSheet) -> UUID | None:
    """Who presented the situation, if somebody did; for the collective's own pages only."""
    if sheet.presenter is None:
        return None
    try:
        return UUID(open_text(sheet, SynthesisSheet.presenter))
    except (Perished, Tampered):
        return None


def open_kept_words(sheet: SynthesisSheet) -> frozenset[str]:
    """The keys of the passages that were looked at and kept; none once they have perished."""
    if not sheet.kept_words:
        return frozenset()
    try:
        return frozenset(json.loads(open_text(sheet, SynthesisSheet.kept_words)))
    except (Perished, Tampered):
        return frozenset()


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
            select(SubmittedSheet).where(SubmittedSheet.sheet_id == sheet_id).order_by(SubmittedSheet.version_number)
        )
    )


def shared_content(sheet: SheetAccess, now: datetime) -> SheetContent | None:
    """What the collective reads: the proposed version, then the institution's copy; None once gone."""
    if sheet.life.withdrawn_at:
        return None
    if sheet.version and sheet.has_own_text(now):
        return open_version(sheet.version)
    return institution_content(sheet)


def settled_content(sheet: SheetAccess, now: datetime) -> SheetContent | None:
    """As `shared_content`; while a new version is put to the collective, what the institution reads still holds."""
    is_put_again = sheet.life.institution_since and sheet.life.status(now) is SheetStatus.PROPOSED
    return institution_content(sheet) if is_put_again else shared_content(sheet, now)


def institution_content(sheet: SheetAccess) -> SheetContent | None:
    """What the institution reads of it at this moment."""
    return submitted_content(sheet.copy) if sheet.copy else None


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
    return opened_copies([submitted_id])[submitted_id]


def opened_copies(submitted_ids: Collection[UUID]) -> dict[UUID, SheetContent | None]:
    """The same for several: one query, however many there are."""
    query = select(SubmittedSheet).where(SubmittedSheet.id.in_(submitted_ids)).order_by(SubmittedSheet.id)
    return {row.id: submitted_content(row) for row in db.session.scalars(query)}


def submitted_content(row: SubmittedSheet) -> SheetContent | None:
    """The same, of a row that is at hand."""
    if row.withdrawn_at:
        return None
    try:
        return content_of(row, SubmittedSheet.body)
    except Perished:
        return None


def submitted_question(row: SubmittedSheet) -> str:
    """What it asks, for a list; empty when its words were withdrawn or have perished."""
    if row.withdrawn_at:
        return ""
    try:
        return question_of(row, SubmittedSheet.body)
    except Perished:
        return ""
