"""Planning: a date, hours and a place for a meeting, told to each member; moved as long as it has not started."""

from datetime import datetime
from uuid import uuid4

from collectifs import vault
from collectifs.domain.canvas import library
from collectifs.domain.errors import RuleBroken
from collectifs.domain.person import Person
from collectifs.domain.planning import (
    Slot,
    check_slot_is_ahead,
    check_slot_is_free,
    check_slot_is_in_season,
)
from collectifs.domain.sheet import SheetContent
from collectifs.domain.spare import first_spare
from collectifs.extensions import db
from collectifs.models import Meeting, SynthesisSheet
from collectifs.queries.collectives import CollectiveAccess
from collectifs.queries.meetings import MeetingAccess, has_event, last_number, meetings_of, spares_of
from collectifs.services.audit import ask_job, record

DEFAULT_CANVAS = "genot-soutoul"


def plan_meeting(collective: CollectiveAccess, *, slot: Slot, now: datetime, by: Person) -> Meeting:
    """The next meeting of a series, its agenda from the default canvas, and its empty sheet."""
    where = collective.collective
    check_slot_is_ahead(slot, now)
    check_slot_is_in_season(slot, where.season)
    check_slot_is_free(slot, meetings_of(where.id), collective.zone)
    number = last_number(where.id) + 1
    meeting = Meeting(
        id=uuid4(),
        collective_id=where.id,
        number=number,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        place=slot.place,
        access_note=slot.access_note,
        canvas_id=DEFAULT_CANVAS,
        steps=[step.to_json() for step in library()[DEFAULT_CANVAS].agenda(number)],
        spare_id=first_spare(spares_of(where.id)),
        key_id=vault.make_key(),
    )
    db.session.add(meeting)
    db.session.flush()
    _add_empty_sheet(meeting)
    record("meeting_planned", meeting, by=by)
    _tell("mail_meeting_planned", meeting, collective)
    return meeting


def move_meeting(meeting: MeetingAccess, *, slot: Slot, now: datetime, by: Person) -> bool:
    """Another date, other hours, another place: told to each member. False when nothing changed."""
    row = meeting.meeting
    if has_event(row.id, "meeting_started"):
        raise RuleBroken("La séance a commencé : sa date et son lieu ne changent plus.")
    if slot == Slot(row.starts_at, row.ends_at, row.place, row.access_note):
        return False
    if (slot.starts_at, slot.ends_at) != (row.starts_at, row.ends_at):
        others = [each for each in meetings_of(row.collective_id) if each.id != row.id]
        check_slot_is_ahead(slot, now)
        check_slot_is_in_season(slot, meeting.collective.season)
        check_slot_is_free(slot, others, meeting.access.zone)
    row.starts_at, row.ends_at = slot.starts_at, slot.ends_at
    row.place, row.access_note = slot.place, slot.access_note
    record("meeting_moved", row, by=by)
    _tell("mail_meeting_moved", row, meeting.access)
    return True


def _add_empty_sheet(meeting: Meeting) -> None:
    """The one sheet of a meeting exists from its first day, under a key of its own."""
    sheet_id, key_id = uuid4(), vault.make_key()
    aad = vault.place("synthesis_sheets", sheet_id, "draft", key_id)
    draft = vault.seal(SheetContent("", ()).to_json(), key_id, aad)
    db.session.add(SynthesisSheet(id=sheet_id, meeting_id=meeting.id, key_id=key_id, draft=draft))
    db.session.flush()


def _tell(kind: str, meeting: Meeting, collective: CollectiveAccess) -> None:
    """One mail to each present member; the job holds ids only."""
    for user_id in sorted(collective.member_ids):
        ask_job(kind, user_id=user_id, meeting_id=meeting.id)
