"""What the live screen is given when it opens: plain values, as static/js/live.js reads them."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for

from collectifs.collectives.permissions import can_pilot
from collectifs.collectives.queries.collectives import members_of
from collectifs.kernel.retention import notes_end_at
from collectifs.kernel.text import typography
from collectifs.live.domain.gesture_table import DUTIES
from collectifs.live.domain.gestures import iso
from collectifs.live.queries.parking import OpenedParked, open_items
from collectifs.meetings.domain.cards import cards
from collectifs.meetings.domain.planning import place_in_time, series_title
from collectifs.meetings.domain.spare import bank
from collectifs.meetings.permissions import can_run_meeting
from collectifs.meetings.queries.attendance import guests_of
from collectifs.meetings.queries.meetings import MeetingAccess, meetings_of
from collectifs.meetings.queries.situations import OpenedSituation, situations_for
from collectifs.people.domain.person import Person
from collectifs.sheets.domain.follow_up import marks_of, shared_about, shared_left_behind
from collectifs.sheets.domain.life import SheetStatus
from collectifs.sheets.permissions import can_see_sheet, can_write_sheet
from collectifs.sheets.queries.follow_ups import shared_follow_ups, sheet_before
from collectifs.sheets.queries.presenters import never_presented, presenters_of
from collectifs.sheets.queries.sheets import SheetAccess, get_sheet, open_draft, sheet_of_meeting

DUTY_LABELS = {"moderator": "Animation", "note_taker": "Secrétariat", "timekeeper": "Garde du temps"}


def screen(found: MeetingAccess, now: datetime, reader: Person) -> dict[str, Any]:
    """What live/run.html is filled with, the addresses it calls and who may read what until when included."""
    runs = can_run_meeting(reader, found)
    sheet = get_sheet(sheet_of_meeting(found.meeting.id).id) if runs else None
    writable = sheet if sheet and sheet.life.status(now) is SheetStatus.DRAFT else None
    readers = typography.count(len(found.access.member_ids), "personne")
    until = typography.long_date(notes_end_at(found.meeting.ends_at).astimezone(found.access.zone).date())
    return {
        **_room(found, now, reader),
        **(_of_pilot(found, reader) if runs else _of_note_taker(found, reader)),
        "sheet": _sheet(writable) if writable else None,
        "urls": _urls(found.meeting.id, sheet, writable) if runs else _urls_of_note_taker(found.meeting.id),
        "readers": f"votre collectif ({readers})",
        "perishes": f"effacé quand la fiche est acceptée, au plus tard le {until}",
        "person": str(reader.id),
    }


def _room(found: MeetingAccess, now: datetime, reader: Person) -> dict[str, Any]:
    """What whoever writes in the room finds there: who is there, the steps, what may be said aloud."""
    spare = bank().get(found.meeting.spare_id)
    return {
        "meeting": _meeting(found),
        "collective": {"name": found.collective.name},
        "members": [{"id": str(each.user_id), "name": each.name} for each in members_of(found.collective.id)],
        "guests": [{"id": str(each.id), "name": each.name} for each in guests_of(found.meeting.id)],
        "duties": [{"id": duty, "label": DUTY_LABELS[duty]} for duty in DUTIES],
        "cards": [card.to_json() for card in cards()],
        "spare": _spare(spare) if spare else None,
        "spares": [_spare(each) for each in bank().values() if each != spare],
        "spare_link": found.meeting.spare_link,
        "steps": found.meeting.steps,
        "previous": _previous(found, now, reader),
        "next": _next(found, reader),
        "notes": found.meeting.keeps_notes,
        "server_now": iso(now),
    }


def _of_pilot(found: MeetingAccess, reader: Person) -> dict[str, Any]:
    """The desk of whoever runs it: what was sent, what was set aside, who has not presented yet."""
    presenters = presenters_of(found.collective.id)
    return {
        "role": "pilot",
        "situations": [_situation(each, found) for each in situations_for(found.access, found.meeting, reader.id)],
        "parking": [_parked(each, found) for each in open_items(found.collective)],
        "never": [str(each.user_id) for each in never_presented(found.collective.id, presenters)],
        "remembers_all": presenters.is_whole,
    }


def _of_note_taker(found: MeetingAccess, reader: Person) -> dict[str, Any]:
    """The secretary's: the title of what the room works on, once it was chosen, and nothing of what was sent."""
    sent = situations_for(found.access, found.meeting, reader.id)
    return {
        "role": "note_taker",
        "situations": [_title_alone(each) for each in sent if each.chosen_for == found.meeting.id],
        "parking": [],
        "never": [],
        "remembers_all": True,
    }


def _next(found: MeetingAccess, reader: Person) -> dict[str, Any]:
    """The date after this one when it is fixed already; else what its form begins with: the same hour and place."""
    row, zone = found.meeting, found.access.zone
    planned = next((each for each in meetings_of(row.collective_id) if each.number > row.number), None)
    words = planned and {
        "title": series_title(planned.number),
        "when": typography.french(place_in_time(planned.starts_at, planned.ends_at, planned.place, zone)),
        "url": url_for("planning.edit", meeting_id=planned.id) if can_pilot(reader, found.access) else "",
    }
    return {"planned": words, "starts": f"{row.starts_at.astimezone(zone):%H:%M}", "place": row.place}


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
        "room_closes_at": iso(row.room_closes_at) if row.room_closes_at else None,
        "time_zone": zone.key,
    }


def _previous(found: MeetingAccess, now: datetime, reader: Person) -> dict[str, Any] | None:
    """The answers of last time, each with the words that members let the room hear."""
    followed = sheet_before(found.meeting, now)
    if followed is None or not can_see_sheet(reader, followed.sheet):
        return None
    if followed.is_draft and not can_write_sheet(reader, followed.sheet):
        return None
    shared = shared_follow_ups(followed.sheet, reader.id)
    answers = followed.content.answers
    marks = marks_of([answer.text for answer in answers])
    return {
        "is_draft": followed.is_draft,
        "question": followed.content.question,
        "answers": [
            {
                "text": answer.text,
                "kind": answer.kind.label if answer.kind else "",
                "condition": answer.condition,
                "words": [each.to_dict() for each in shared_about(shared, mark)],
            }
            for answer, mark in zip(answers, marks, strict=True)
        ],
        "others": [each.to_dict() for each in shared_left_behind(shared, marks)],
    }


def _situation(opened: OpenedSituation, found: MeetingAccess) -> dict[str, Any]:
    """A situation on the pilot's desk; its title stays folded unless its author shows it."""
    return {
        "id": str(opened.id),
        "title": opened.title,
        "sentence": opened.sentence,
        "question": opened.question,
        "shows_title": opened.shows_title,
        "sent": typography.day_and_month(opened.sent_at.astimezone(found.access.zone)),
    }


def _title_alone(opened: OpenedSituation) -> dict[str, Any]:
    words = {"title": opened.title, "sentence": "", "question": "", "sent": ""}
    return {"id": str(opened.id), "shows_title": True, **words}


def _parked(item: OpenedParked, found: MeetingAccess) -> dict[str, str]:
    day = typography.day_and_month(item.parked_at.astimezone(found.access.zone))
    return {"id": str(item.id), "text": item.text, "day": day}


def _spare(spare: Any) -> dict[str, Any]:
    kept = ("id", "title", "sentence", "question", "story", "questions", "sequel")
    return {key: value for key, value in asdict(spare).items() if key in kept}


def _sheet(sheet: SheetAccess) -> dict[str, Any]:
    content = open_draft(sheet.sheet).to_dict()
    return {"id": str(sheet.sheet.id), "revision": sheet.sheet.revision, "content": content}


def _urls(meeting_id: UUID, sheet: SheetAccess | None, writable: SheetAccess | None) -> dict[str, str | None]:
    return {
        **_urls_of_note_taker(meeting_id),
        "agree": url_for("planning.agree", meeting_id=meeting_id),
        "step_sheet": url_for("planning.step_sheet", meeting_id=meeting_id),
        "sheet": url_for("sheets.edit", sheet_id=sheet.sheet.id) if sheet else None,
        "sheet_save": url_for("sheets.save_draft", sheet_id=writable.sheet.id) if writable else None,
    }


def _urls_of_note_taker(meeting_id: UUID) -> dict[str, str | None]:
    """Whoever takes the notes: the gestures, the devices, the projector, the hand once they have it; no sheet."""
    theirs = {
        "state": url_for("live.state", meeting_id=meeting_id),
        "gestures": url_for("live.gestures", meeting_id=meeting_id),
        "devices": url_for("live.devices", meeting_id=meeting_id),
        "offer_hand": url_for("live.pass_hand", meeting_id=meeting_id),
        "projection": url_for("live.projection", meeting_id=meeting_id),
        "meeting": url_for("meetings.show", meeting_id=meeting_id),
    }
    others = ("agree", "step_sheet", "sheet", "sheet_save")
    return {**theirs, **dict.fromkeys(others)}
