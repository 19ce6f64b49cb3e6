"""Planning, moving and cancelling a meeting; what calendars are told."""

import secrets
from dataclasses import fields, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from collectifs.collectives.domain.composition import check_comes_once, check_is_no_pilot, check_moves_elsewhere
from collectifs.collectives.models import Collective, Meeting
from collectifs.collectives.queries.collectives import CollectiveAccess, CollectiveFacts, get_collective
from collectifs.collectives.queries.newcomers import MembershipFacts, neighbours_of
from collectifs.collectives.services.memberships import change_collective, pilots_here
from collectifs.collectives.services.newcomers import propose_person
from collectifs.collectives.services.pilots import follow_meeting
from collectifs.kernel import vault
from collectifs.kernel.audit import ask, record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.vault.texts import seal_text
from collectifs.meetings.domain.attendance import CAME
from collectifs.meetings.domain.canvas import DEFAULT_CANVAS
from collectifs.meetings.domain.canvas_adapting import series_agenda
from collectifs.meetings.domain.gesture_kinds import GestureKind
from collectifs.meetings.domain.planning import (
    ChangeKind,
    Slot,
    check_can_be_cancelled,
    check_is_not_cancelled,
    check_slot,
    numbers_after_leaving,
)
from collectifs.meetings.domain.preparing import closing_after_move
from collectifs.meetings.domain.spare import first_spare
from collectifs.meetings.domain.work import MailMeetingCancelled, MailMeetingMoved, MailMeetingPlanned, MailOfMeeting
from collectifs.meetings.models import MeetingChange, SynthesisSheet
from collectifs.meetings.queries.calendar import following, open_feeds
from collectifs.meetings.queries.meetings import (
    MeetingAccess,
    attendance_of,
    has_event,
    has_met,
    last_number,
    meetings_of,
    spares_of,
)
from collectifs.meetings.services.closing import close_question
from collectifs.people.domain.people import PastedPerson
from collectifs.people.domain.person import Person
from collectifs.people.models import CalendarFeed
from collectifs.people.queries.people import hashed


def plan_meeting(collective: CollectiveAccess, *, slot: Slot, now: datetime, by: Person) -> Meeting:
    """The next meeting of a series, with the agenda of the series, and its empty sheet."""
    where = collective.collective
    check_slot(slot, others=meetings_of(where.id), season=where.season, zone=collective.zone, now=now)
    number = last_number(where.id) + 1
    meeting = Meeting(
        id=uuid4(),
        collective_id=where.id,
        number=number,
        **_in(slot),
        canvas_id=where.canvas_id or DEFAULT_CANVAS,
        steps=_steps_of(where, number),
        spare_id=first_spare(spares_of(where.id)),
        keeps_notes=where.keeps_notes is not False,
        key_id=vault.make_key(),
    )
    db.session.add(meeting)
    db.session.flush()
    _add_empty_sheet(meeting)
    record("meeting_planned", meeting, by=by)
    _keep_history(meeting, ChangeKind.PLANNED, now, by)
    close_question(where.id, None, chosen=meeting, now=now, by=by)
    _tell(MailMeetingPlanned, meeting, collective)
    return meeting


def move_meeting(meeting: MeetingAccess, *, slot: Slot, now: datetime, by: Person) -> bool:
    """Another date, other hours, another place: told to each member. False when nothing changed."""
    row = meeting.meeting
    check_is_not_cancelled(row.cancelled_at)
    if has_event(row.id, GestureKind.MEETING_STARTED):
        raise RuleBroken("La séance a commencé : sa date et son lieu ne changent plus.")
    if replace(slot, insee="") == replace(slot_of(row), insee=""):
        row.insee = slot.insee  # whose name was written already: nobody is told of a code
        return False
    if (slot.starts_at, slot.ends_at) != (row.starts_at, row.ends_at):
        others = [each for each in meetings_of(row.collective_id) if each.id != row.id]
        check_slot(slot, others=others, season=meeting.collective.season, zone=meeting.access.zone, now=now)
    if slot.starts_at != row.starts_at:
        row.week_reminded_at = row.day_reminded_at = None
        close_question(row.collective_id, row.id, chosen=row, now=now, by=by)
    row.room_closes_at = closing_after_move(
        row.room_closes_at, slot.starts_at, is_same_place=slot.place == row.place, zone=meeting.access.zone
    )
    for name, value in _in(slot).items():
        setattr(row, name, value)
    row.calendar_sequence += 1
    record("meeting_moved", row, by=by)
    _keep_history(row, ChangeKind.MOVED, now, by)
    follow_meeting(row, now=now)
    _tell(MailMeetingMoved, row, meeting.access)
    return True


def _in(slot: Slot) -> dict[str, Any]:
    """When and where, as columns of a meeting."""
    return {each.name: getattr(slot, each.name) for each in fields(slot)}


def slot_of(meeting: Meeting) -> Slot:
    """The date, hours and place of a meeting as they stand."""
    return Slot(**{each.name: getattr(meeting, each.name) for each in fields(Slot)})


def cancel_meeting(meeting: MeetingAccess, *, now: datetime, by: Person) -> None:
    """It leaves the series, each member is told, and the following ones take its number. Done twice, nothing more."""
    row = meeting.meeting
    if row.cancelled_at is not None:
        return
    came = any(state in CAME for state in attendance_of(row.id).values())
    check_can_be_cancelled(is_started=has_event(row.id, GestureKind.MEETING_STARTED), was_attended=came)
    row.cancelled_at = now
    row.calendar_sequence += 1
    record("meeting_cancelled", row, by=by)
    _keep_history(row, ChangeKind.CANCELLED, now, by)
    _renumber(row, meeting.collective)
    follow_meeting(row, now=now)
    close_question(row.collective_id, row.id, chosen=None, now=now, by=by)
    if not last_number(row.collective_id):
        close_question(row.collective_id, None, chosen=None, now=now, by=by)  # the first date is not asked about
    _tell(MailMeetingCancelled, row, meeting.access)


def _renumber(gone: Meeting, where: Collective) -> None:
    """One by one, so that no two ever bear the same number; an agenda that nobody prepared follows its number."""
    db.session.flush()
    rows = following(gone)
    numbers = numbers_after_leaving(gone.number, [(row.number, is_started) for row, is_started in rows])
    for row, _ in rows:
        if row.number not in numbers:
            continue
        row.number = numbers[row.number]
        row.calendar_sequence += 1
        if row.prepared_at is None:
            row.canvas_id, row.steps = where.canvas_id or DEFAULT_CANVAS, _steps_of(where, row.number)
        db.session.flush()


def _steps_of(where: Collective, number: int) -> list[dict[str, Any]]:
    """The agenda of one meeting of a series, as plain data."""
    return [step.to_json() for step in series_agenda(where.canvas_id, where.steps, number=number)]


def restore_agenda(meeting: Meeting) -> None:
    """The agenda of its canvas, as the library has it: nothing that somebody wrote is left in it."""
    steps = series_agenda(meeting.canvas_id, None, number=meeting.number)
    meeting.steps, meeting.prepared_at = [step.to_json() for step in steps], None


def _keep_history(meeting: Meeting, kind: ChangeKind, now: datetime, by: Person) -> None:
    """What was valid from now on, for whoever asks later."""
    when_and_where = {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at, "place": meeting.place}
    db.session.add(MeetingChange(meeting_id=meeting.id, kind=kind, at=now, by_id=by.id, **when_and_where))


# What a sheet holds before a word is written; sheets/domain/sheet.py reads it, a test holds both together.
EMPTY_SHEET = '{"answers":[],"question":""}'


def _add_empty_sheet(meeting: Meeting) -> None:
    """The one sheet of a meeting exists from its first day, under a key of its own."""
    sheet = SynthesisSheet(id=uuid4(), meeting_id=meeting.id, key_id=vault.make_key())
    seal_text(sheet, SynthesisSheet.draft, EMPTY_SHEET)
    db.session.add(sheet)
    db.session.flush()


def _tell(mail: type[MailOfMeeting], meeting: Meeting, collective: CollectiveAccess) -> None:
    """One mail to each present member; the job holds ids only."""
    for user_id in sorted(collective.member_ids):
        ask(mail(user_id, meeting.id))


FIELD = "collective"


def move_member(membership: MembershipFacts, to: CollectiveFacts, *, now: datetime, by: Person) -> bool:
    """Move a member to a neighbouring collective. False when its pilot has to say yes first."""
    check_moves_elsewhere(is_neighbour=to in neighbours_of(membership.collective), field=FIELD)
    check_is_no_pilot(membership.name, is_pilot=pilots_here(membership))
    access = get_collective(to.id)
    is_member = access is not None and membership.user_id in access.member_ids
    check_comes_once(membership.name, is_member=is_member, is_proposed=False, field=FIELD)
    if has_met(to.id, now):
        person = PastedPerson("", membership.given_name, membership.family_name, membership.address)
        propose_person(to, person, field=FIELD, now=now, by=by)
        return False
    change_collective(membership, to, now=now, by=by)
    return True


MOST_FEEDS = 5


def make_feed(*, now: datetime, by: Person) -> str:
    """Another address; its token is returned once, only its hash is kept."""
    if len(open_feeds(by.id)) >= MOST_FEEDS:
        raise RuleBroken("Vous avez déjà cinq adresses d’agenda : fermez-en une pour en faire une autre.")
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed(id=uuid4(), user_id=by.id, token_hash=hashed(token), made_at=now)
    db.session.add(feed)
    record("calendar_feed_made", feed, by=by)
    return token


def close_feed(feed: CalendarFeed, *, now: datetime, by: Person) -> None:
    """The address answers no more. Closed twice, it stays closed since the first time."""
    if feed.revoked_at is None:
        feed.revoked_at = now
        record("calendar_feed_closed", feed, by=by)
