"""Mails about meetings and sheets: which collective, which day, where, until when. Never a word of what is said."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from collectifs import clock
from collectifs.domain.typography import clock_time, long_date, time_range
from collectifs.jobs.letters import page_url, send_letter
from collectifs.jobs.registry import job
from collectifs.models import User
from collectifs.queries.meetings import get_meeting
from collectifs.queries.people import get_user
from collectifs.queries.sheets import SheetAccess, get_sheet


@job("mail_meeting_planned")
def meeting_planned(user_id: str, meeting_id: str) -> None:
    """A date, hours and a place were chosen."""
    _about_meeting("meeting_planned", "regroupement {n}", user_id, meeting_id)


@job("mail_meeting_moved")
def meeting_moved(user_id: str, meeting_id: str) -> None:
    """The date, the hours or the place changed: these are the new ones."""
    _about_meeting("meeting_moved", "changement pour le regroupement {n}", user_id, meeting_id)


def _about_meeting(kind: str, what: str, user_id: str, meeting_id: str) -> None:
    user, found = get_user(UUID(user_id)), get_meeting(UUID(meeting_id))
    if user is None or found is None or user.id not in found.access.member_ids:
        return
    meeting = found.meeting
    if meeting.ends_at <= clock.now():
        return
    day, hours = _when(meeting.starts_at, meeting.ends_at, found.access.zone)
    send_letter(
        kind,
        user,
        f"{found.collective.name}, {what.format(n=meeting.number)} : {day}, {hours}, {meeting.place}",
        collective=found.collective.name,
        number=meeting.number,
        day=day,
        hours=hours,
        place=meeting.place,
        access_note=meeting.access_note,
        is_pilot=user.id in found.access.pilot_ids,
        url=page_url("meetings.show", meeting_id=meeting.id),
    )


@job("mail_sheet_proposed")
def sheet_proposed(user_id: str, sheet_id: str) -> None:
    """A sheet waits to be read by those whom it is put to, until an hour."""
    found = _reader(user_id, sheet_id)
    if found is None:
        return
    user, sheet = found
    if sheet.life.deadline_at is None or sheet.life.deadline_at <= clock.now():
        return
    until = _instant(sheet.life.deadline_at, sheet.access.zone)
    _about_sheet(
        "sheet_proposed",
        user,
        sheet,
        f"la fiche du {{day}} à relire avant {until}",
        until=until,
        asks_transmission=sheet.life.asks_transmission,
    )


@job("mail_sheet_accepted_in_room")
def sheet_accepted_in_room(user_id: str, sheet_id: str) -> None:
    """A sheet was read and accepted in the room; each may still object until an hour."""
    found = _reader(user_id, sheet_id)
    if found is None:
        return
    user, sheet = found
    until = _instant(sheet.life.deadline_at, sheet.access.zone) if sheet.life.deadline_at else ""
    _about_sheet(
        "sheet_accepted_in_room",
        user,
        sheet,
        "la fiche du {day}, acceptée en séance",
        until=until,
        asks_transmission=sheet.life.asks_transmission,
    )


@job("mail_sheet_withdrawn")
def sheet_withdrawn(user_id: str, sheet_id: str) -> None:
    """A sheet was withdrawn: by whom is nobody's business."""
    found = _reader(user_id, sheet_id)
    if found is not None:
        _about_sheet("sheet_withdrawn", *found, "la fiche du {day} est retirée")


@job("mail_remark")
def remark(user_id: str, sheet_id: str) -> None:
    """The inspection wrote to the collective."""
    found = _reader(user_id, sheet_id)
    if found is not None:
        _about_sheet("remark", *found, "une remarque sur la fiche du {day}")


def _reader(user_id: str, sheet_id: str) -> tuple[User, SheetAccess] | None:
    """The person and the sheet, while the one may still read the other."""
    user, sheet = get_user(UUID(user_id)), get_sheet(UUID(sheet_id))
    if user is None or sheet is None or not sheet.is_shared:
        return None
    return (user, sheet) if user.id in sheet.access.member_ids | sheet.was_there_ids else None


def _about_sheet(kind: str, user: User, sheet: SheetAccess, what: str, **words: Any) -> None:
    meeting, zone = sheet.meeting, sheet.access.zone
    day, hours = _when(meeting.starts_at, meeting.ends_at, zone)
    send_letter(
        kind,
        user,
        f"{sheet.collective.name} : {what.format(day=day)}",
        collective=sheet.collective.name,
        number=meeting.number,
        day=day,
        hours=hours,
        place=meeting.place,
        is_pilot=user.id in sheet.access.pilot_ids,
        url=page_url("sheets.show", sheet_id=sheet.sheet.id),
        **words,
    )


def _when(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> tuple[str, str]:
    return long_date(starts_at.astimezone(zone).date()), time_range(starts_at, ends_at, zone)


def _instant(instant: datetime, zone: ZoneInfo) -> str:
    local = instant.astimezone(zone)
    return f"{long_date(local.date())}, {clock_time(local)}"
