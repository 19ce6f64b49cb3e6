"""What the live screen is given when it opens: plain values, as static/js/live.js reads them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from flask import current_app, url_for

from collectifs.blueprints.live import room_data as room
from collectifs.collectives.permissions import can_pilot
from collectifs.collectives.queries.frame import frame_of
from collectifs.kernel.documents.square_code import square_code
from collectifs.kernel.endings import notes_end_at
from collectifs.kernel.text import typography
from collectifs.live.domain.gestures import iso
from collectifs.live.queries.parking import OpenedParked, open_items
from collectifs.meetings.domain.canvas import Step
from collectifs.meetings.domain.cards import cards
from collectifs.meetings.domain.planning import place_in_time, series_title
from collectifs.meetings.domain.spare import SpareSituation, bank
from collectifs.meetings.models import Situation
from collectifs.meetings.permissions import can_run_meeting
from collectifs.meetings.queries.meetings import MeetingAccess, MeetingFacts, RoomAccess, agenda_of
from collectifs.meetings.queries.situations import OpenedSituation, situation_rows, situations_for
from collectifs.people.domain.person import Person
from collectifs.sheets.domain.follow_up import SharedWords, marks_of, shared_about, shared_left_behind
from collectifs.sheets.domain.life import SheetStatus
from collectifs.sheets.permissions import can_see_sheet, can_write_sheet
from collectifs.sheets.queries.follow_ups import shared_follow_ups, sheet_before
from collectifs.sheets.queries.pages import CollectivePage
from collectifs.sheets.queries.presenters import never_presented, presenters_of
from collectifs.sheets.queries.sheets import SheetAccess, open_draft

DUTIES = [
    room.Duty(id="moderator", label="Animation"),
    room.Duty(id="note_taker", label="Secrétaire"),
    room.Duty(id="timekeeper", label="Temps"),
]


def screen(found: RoomAccess, page: CollectivePage, now: datetime, reader: Person) -> room.RoomData:
    """What live/run.html is filled with, the addresses it calls and who may read what until when included."""
    runs = can_run_meeting(reader, found)
    sent = situation_rows(found.collective.id)
    sheet = page.sheet_at(found.meeting.id) if runs else None
    writable = sheet if sheet and sheet.life.status(now) is SheetStatus.DRAFT else None
    readers = typography.count(len(found.access.member_ids), "personne")
    until = typography.long_date(notes_end_at(found.meeting.ends_at).astimezone(found.access.zone).date())
    return {
        **_people(found),
        **_matter(found),
        **(_of_pilot(found, page, sent, reader) if runs else _of_note_taker(found, sent, reader)),
        "previous": _previous(found, page, now, reader),
        "next": _next(found, page, reader),
        "sheet": _sheet(writable) if writable else None,
        "urls": _urls(found.meeting.id, sheet, writable) if runs else _urls_of_note_taker(found.meeting.id),
        "note_code": list(_note_code(room_address(found.meeting.id))) if runs else [],
        "readers": f"votre collectif ({readers})",
        "perishes": f"effacé quand la fiche est acceptée, au plus tard le {until}",
        "frame": frame_of(found.access).text or "Rien de plus.",
        "person": str(reader.id),
        "server_now": iso(now),
    }


def room_address(meeting_id: UUID) -> str:
    """The live screen, as another device must be given it. It opens to whom the room is open, and to nobody else."""
    base: str = current_app.extensions["settings"].base_url
    return f"{base}{url_for('live.run', meeting_id=meeting_id)}"


@lru_cache(maxsize=64)
def _note_code(address: str) -> tuple[str, ...]:
    """Drawn once for each meeting: it takes ten milliseconds, and there is no secret in it."""
    return tuple(square_code(address))


def _people(found: RoomAccess) -> room.RoomPeople:
    """Who is there, and for what."""
    return room.RoomPeople(
        meeting=_meeting(found),
        collective=room.Named(name=found.collective.name),
        members=[room.Person(id=str(each.user_id), name=each.name) for each in found.access.members],
        guests=[room.Person(id=str(each.id), name=each.name) for each in found.guests],
        duties=DUTIES,
        notes=found.meeting.keeps_notes,
    )


def _matter(found: MeetingAccess) -> room.RoomMatter:
    """The steps, and what may be said aloud by whoever writes in the room."""
    spare = bank().get(found.meeting.spare_id)
    return room.RoomMatter(
        cards=[room.Card(title=card.title, text=card.text) for card in cards()],
        spare=_spare(spare) if spare else None,
        spares=[_spare(each) for each in bank().values() if each != spare],
        spare_link=found.meeting.spare_link,
        steps=[_step(step) for step in agenda_of(found.meeting)],
    )


def _of_pilot(found: MeetingAccess, page: CollectivePage, sent: Sequence[Situation], reader: Person) -> room.RoomDesk:
    """The desk of whoever runs it: what was sent, what was set aside, who has not presented yet."""
    choosable = situations_for(sent, found.access, found.meeting, reader.id)
    presenters = presenters_of(page.sheets, sent)
    return room.RoomDesk(
        role="pilot",
        situations=[_situation(each, found) for each in choosable],
        parking=[_parked(each, found) for each in open_items(found.collective)],
        never=[str(each.user_id) for each in never_presented(found.access.members, presenters)],
        remembers_all=presenters.is_whole,
    )


def _of_note_taker(found: MeetingAccess, sent: Sequence[Situation], reader: Person) -> room.RoomDesk:
    """The secretary's: the title of what the room works on, once it was chosen, and nothing of what was sent."""
    choosable = situations_for(sent, found.access, found.meeting, reader.id)
    chosen = [_title_alone(each) for each in choosable if each.chosen_for == found.meeting.id]
    return room.RoomDesk(role="note_taker", situations=chosen, parking=[], never=[], remembers_all=True)


def _next(found: MeetingAccess, page: CollectivePage, reader: Person) -> room.NextMeetingData:
    """The date after this one when it is fixed already; else what its form begins with: the same hour and place."""
    row, zone = found.meeting, found.access.zone
    planned = next((each for each in page.series.meetings if each.number > row.number), None)
    words = None if planned is None else _planned(planned, found, reader)
    return {"planned": words, "starts": f"{row.starts_at.astimezone(zone):%H:%M}", "place": row.place}


def _planned(planned: MeetingFacts, found: MeetingAccess, reader: Person) -> room.PlannedMeeting:
    when = place_in_time(planned.starts_at, planned.ends_at, planned.place, found.access.zone)
    return {
        "title": series_title(planned.number),
        "when": typography.french(when),
        "url": url_for("planning.edit", meeting_id=planned.id) if can_pilot(reader, found.access) else "",
    }


def _meeting(found: MeetingAccess) -> room.RoomMeeting:
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


def _step(step: Step) -> room.Step:
    """A step without what only its preparation knows."""
    return {
        "id": step.id,
        "title": step.title,
        "minutes": step.minutes,
        "least": step.least,
        "speaks": step.speaks,
        "silent": step.silent,
        "rule": step.rule,
        "prompts": list(step.prompts),
        "feeds": step.feeds,
        "spare_speaks": step.spare_speaks,
        "spare_silent": step.spare_silent,
        "spare_rule": step.spare_rule,
        "spare_prompts": list(step.spare_prompts),
        "spare_reads": step.spare_reads,
    }


def _previous(found: MeetingAccess, page: CollectivePage, now: datetime, reader: Person) -> room.PreviousSheet | None:
    """The answers of last time, each with the words that members let the room hear."""
    followed = sheet_before(found.meeting, page.sheets, now)
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
            room.PreviousAnswer(
                text=answer.text,
                kind=answer.kind.label if answer.kind else "",
                condition=answer.condition,
                words=_shared(shared_about(shared, mark)),
            )
            for answer, mark in zip(answers, marks, strict=True)
        ],
        "others": _shared(shared_left_behind(shared, marks)),
    }


def _shared(shared: Iterable[SharedWords]) -> list[room.SharedWords]:
    return [room.SharedWords(words=each.words, by=each.by) for each in shared]


def _situation(opened: OpenedSituation, found: MeetingAccess) -> room.SentSituation:
    """A situation on the pilot's desk; its title stays folded unless its author shows it."""
    return {
        "id": str(opened.id),
        "title": opened.title,
        "sentence": opened.sentence,
        "question": opened.question,
        "shows_title": opened.shows_title,
        "sent": typography.day_and_month(opened.sent_at.astimezone(found.access.zone)),
    }


def _title_alone(opened: OpenedSituation) -> room.SentSituation:
    return room.SentSituation(
        id=str(opened.id), title=opened.title, shows_title=True, sentence="", question="", sent=""
    )


def _parked(item: OpenedParked, found: MeetingAccess) -> room.ParkedItem:
    day = typography.day_and_month(item.parked_at.astimezone(found.access.zone))
    return {"id": str(item.id), "text": item.text, "day": day}


def _spare(spare: SpareSituation) -> room.SpareSituation:
    return {
        "id": spare.id,
        "title": spare.title,
        "sentence": spare.sentence,
        "question": spare.question,
        "story": spare.story,
        "questions": list(spare.questions),
        "sequel": spare.sequel,
    }


def _sheet(sheet: SheetAccess) -> room.SheetDraft:
    content = open_draft(sheet.sheet)
    answers = [
        room.SheetAnswer(text=each.text, kind=each.kind.value if each.kind else None, condition=each.condition)
        for each in content.answers
    ]
    tags = content.tags.to_dict()
    return {
        "revision": sheet.sheet.revision,
        "content": {"question": content.question, "answers": answers, "tags": tags},
    }


def _urls(meeting_id: UUID, sheet: SheetAccess | None, writable: SheetAccess | None) -> room.RoomUrls:
    return {
        **_urls_of_note_taker(meeting_id),
        "agree": url_for("planning.agree", meeting_id=meeting_id),
        "step_sheet": url_for("planning.step_sheet", meeting_id=meeting_id),
        "sheet": url_for("sheets.edit", sheet_id=sheet.sheet.id) if sheet else None,
        "sheet_save": url_for("sheets.save_draft", sheet_id=writable.sheet.id) if writable else None,
    }


def _urls_of_note_taker(meeting_id: UUID) -> room.RoomUrls:
    """Whoever takes the notes: the gestures, the devices, the projector, the hand once they have it; no sheet."""
    return {
        "state": url_for("live.state", meeting_id=meeting_id),
        "gestures": url_for("live.gestures", meeting_id=meeting_id),
        "devices": url_for("live.devices", meeting_id=meeting_id),
        "offer_hand": url_for("live.pass_hand", meeting_id=meeting_id),
        "projection": url_for("live.projection", meeting_id=meeting_id),
        "meeting": url_for("meetings.show", meeting_id=meeting_id),
        "agree": None,
        "step_sheet": None,
        "sheet": None,
        "sheet_save": None,
    }
