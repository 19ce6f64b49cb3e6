"""What the live screen is given when it opens: plain values, as static/js/live.js reads them."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from flask import url_for

from collectifs.domain import typography
from collectifs.domain.gestures import iso
from collectifs.domain.person import Person
from collectifs.domain.retention import notes_end_at
from collectifs.domain.sheet_life import SheetStatus
from collectifs.domain.spare import bank
from collectifs.queries.collectives import members_of
from collectifs.queries.meetings import MeetingAccess
from collectifs.queries.sheets import SheetAccess, get_sheet, open_draft, previous_sheet_content, sheet_of_meeting
from collectifs.queries.situations import situations_waiting


def screen(found: MeetingAccess, now: datetime, reader: Person) -> dict[str, Any]:
    """The context of live/run.html: `data`, the addresses it calls, and who may read what until when."""
    sheet = get_sheet(sheet_of_meeting(found.meeting.id).id)
    writable = sheet if sheet and sheet.life.status(now) is SheetStatus.DRAFT else None
    readers = typography.count(len(found.access.member_ids), "personne")
    until = typography.long_date(notes_end_at(found.meeting.ends_at).astimezone(found.access.zone).date())
    return {
        "data": _data(found, writable, now),
        "urls": _urls(found, sheet, writable),
        "readers": f"votre collectif ({readers})",
        "perishes": f"effacé quand la fiche est acceptée, au plus tard le {until}",
        "reader": reader,
    }


def _data(found: MeetingAccess, sheet: SheetAccess | None, now: datetime) -> dict[str, Any]:
    spare = bank().get(found.meeting.spare_id)
    situations = situations_waiting(found.collective.id, found.meeting.id)
    previous = previous_sheet_content(found.meeting, now)
    return {
        "meeting": _meeting(found),
        "collective": {"name": found.collective.name},
        "members": [{"id": str(each.user_id), "name": each.name} for each in members_of(found.collective.id)],
        "situations": [
            {"id": str(each.id), "title": each.title, "sentence": each.sentence, "question": each.question}
            for each in situations
        ],
        "spare": _spare(spare) if spare else None,
        "steps": found.meeting.steps,
        "previous": previous.to_dict() if previous else None,
        "sheet": _sheet(sheet) if sheet else None,
        "notes": True,
        "server_now": iso(now),
    }


def _meeting(found: MeetingAccess) -> dict[str, Any]:
    row, zone = found.meeting, found.access.zone
    return {
        "id": str(row.id),
        "number": row.number,
        "day": typography.long_date(row.starts_at.astimezone(zone).date()),
        "hours": typography.time_range(row.starts_at, row.ends_at, zone),
        "place": row.place,
        "starts_at": iso(row.starts_at),
        "ends_at": iso(row.ends_at),
        "room_closes_at": None,
        "time_zone": zone.key,
    }


def _spare(spare: Any) -> dict[str, Any]:
    kept = ("id", "title", "sentence", "question", "questions")
    return {key: value for key, value in asdict(spare).items() if key in kept}


def _sheet(sheet: SheetAccess) -> dict[str, Any]:
    content = open_draft(sheet.sheet).to_dict()
    return {"id": str(sheet.sheet.id), "revision": sheet.sheet.revision, "content": content}


def _urls(found: MeetingAccess, sheet: SheetAccess | None, writable: SheetAccess | None) -> dict[str, str | None]:
    meeting_id = found.meeting.id
    return {
        "state": url_for("live.state", meeting_id=meeting_id),
        "gestures": url_for("live.gestures", meeting_id=meeting_id),
        "meeting": url_for("meetings.show", meeting_id=meeting_id),
        "step_sheet": url_for("planning.step_sheet", meeting_id=meeting_id),
        "sheet": url_for("sheets.edit", sheet_id=sheet.sheet.id) if sheet else None,
        "sheet_save": url_for("sheets.save_draft", sheet_id=writable.sheet.id) if writable else None,
    }
