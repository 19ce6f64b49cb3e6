"""What the pages of a meeting and of a situation are told."""

from datetime import datetime
from typing import Any

from flask import url_for

from collectifs.across.domain.what_now import TaskKind, what_now
from collectifs.across.queries.situation import situation_in
from collectifs.blueprints.meetings.following import debrief_link
from collectifs.collectives.models import Meeting
from collectifs.collectives.permissions import can_pilot
from collectifs.collectives.queries.collectives import CollectiveAccess
from collectifs.kernel.endings import situation_ends_on
from collectifs.kernel.text.typography import join_names, short_date
from collectifs.meetings.domain.preparing import gap_sentence, minutes_over, size_in_words, timetable
from collectifs.meetings.permissions import can_plan_meeting, can_run_meeting
from collectifs.meetings.queries.calendar import changes_of
from collectifs.meetings.queries.meetings import MeetingAccess, MeetingFacts, agenda_of, meetings_of, next_meeting
from collectifs.meetings.queries.situations import (
    OpenedSituation,
    ShownTitle,
    SituationAccess,
    reader_ids_of,
    titles_shown,
    words_of,
)
from collectifs.people.domain.person import Person
from collectifs.sheets.permissions import can_see_sheet
from collectifs.sheets.queries.pages import CollectivePage, collective_page
from collectifs.web.read_here import read_here
from collectifs.web.tasks import shown_tasks


def readers_of(collective: CollectiveAccess, author: Person) -> str:
    """« vous et Hélène Marchadier »: who reads a situation until the room hears it."""
    reading = reader_ids_of(collective) - {author.id}
    others = [member.name for member in collective.members if member.user_id in reading]
    return join_names(["vous", *others]) if others else "vous, et personne d’autre"


def last_day(collective: CollectiveAccess) -> str:
    """The day on which the situations of a collective are erased."""
    return short_date(situation_ends_on(collective.collective.season))


def circle_of(collective: CollectiveAccess, author: Person) -> dict[str, str]:
    """Who reads a situation, and until when: what its form says above."""
    return {"readers": readers_of(collective, author), "until": f"effacé le {last_day(collective)}"}


def who_has(situation: SituationAccess, author: Person) -> dict[str, Any]:
    """What withdrawing takes: who reads a situation besides its author, by name; how many read its title alone."""
    access, opened = situation.access, words_of(situation.situation)
    is_chosen = opened is not None and opened.chosen_for is not None
    reads = (access.pilot_ids | situation.deputy_ids) - {author.id}
    members = access.member_ids & access.consent_ids
    sees_title = opened is not None and opened.shows_title and not is_chosen
    return {
        "readers": [each.name for each in access.members if each.user_id in reads],
        "title_readers": len(members - reads - {author.id}) if sees_title else 0,
        "is_chosen": is_chosen,
    }


def meeting_page(meeting: MeetingAccess, reader: Person, now: datetime) -> dict[str, Any]:
    """The page of a meeting, as a member or its pilot reads it."""
    row, zone = meeting.meeting, meeting.access.zone
    page = collective_page(meeting.access)
    sheet, held = page.sheet_at(row.id), page.series.held(row.id)
    is_pilot = can_run_meeting(reader, meeting)
    return {
        "meeting": row,
        "collective": meeting.access,
        "zone": zone,
        "held": held,
        "is_pilot": is_pilot,
        "is_today": is_on_day(row.starts_at, now, meeting.access),
        "is_past": held.is_past(now),
        "is_left_open": held.is_left_open(now),
        **_ways(page, meeting, reader, now),
        "can_open": is_pilot and not sheet.notes_are_gone(now),
        **_timed(row),
        "can_plan": can_plan_meeting(reader, meeting),
        **_who_runs(meeting, reader),
        "sheet": sheet if can_see_sheet(reader, sheet) else None,
        "debrief": debrief_link(sheet, page, reader, now),
        "titles": _titles(page, reader, held, now),
        "changes": changes_of(row.id),
    }


def _timed(row: Meeting) -> dict[str, Any]:
    """The steps with their hours, and how they fit between those of the meeting."""
    steps = agenda_of(row)
    return {
        "timed": timetable(steps, row.starts_at),
        "minutes_of_steps": [step.minutes for step in steps],
        "size": size_in_words(steps),
        "gap": gap_sentence(minutes_over(steps, row.starts_at, row.ends_at)),
    }


def _ways(page: CollectivePage, meeting: MeetingAccess, reader: Person, now: datetime) -> dict[str, Any]:
    """What this very meeting asks of them, as buttons: the room, its preparation, its sheet."""
    situation = situation_in(page, reader, now, read=read_here())
    found = [task for task in what_now(situation, now) if task.meeting_id == meeting.meeting.id]
    own = {url_for(each, meeting_id=meeting.meeting.id) for each in ("meetings.show", "planning.edit")}
    shown = [task for task in shown_tasks(situation, found, now) if task.kind not in (TaskKind.GO, TaskKind.COME)]
    return {
        "ways": [way for task in shown for way in task.actions if way["url"] not in own],
        "asks_sheet": any(task.kind.is_of_sheet for task in shown),
    }


def _who_runs(meeting: MeetingAccess, reader: Person) -> dict[str, Any]:
    """Whom to ask: whoever stands in for the pilot here, then those who pilot; and one's own standing in."""
    named = {each.user_id: each.id for each in meeting.deputies}
    deputies = [member for member in meeting.access.members if member.user_id in named]
    pilots = meeting.access.pilots
    return {
        "contacts": [*deputies, *pilots],
        "runs": join_names([each.name for each in deputies]),
        "pilots": join_names([each.name for each in pilots if each not in deputies]),
        "own_pilotship": named.get(reader.id),
    }


def cancelled_page(meeting: MeetingAccess, reader: Person, now: datetime) -> dict[str, Any]:
    """The page of a meeting that left the series: what became of it, and the next one."""
    row = meeting.meeting
    return {
        "meeting": meeting,
        "is_pilot": can_pilot(reader, meeting.access),
        "coming": next_meeting(meetings_of(row.collective_id), now),
        "changes": changes_of(row.id),
    }


def _titles(page: CollectivePage, reader: Person, held: MeetingFacts, now: datetime) -> list[ShownTitle]:
    """Before the next meeting: the titles that their authors show, and one's own."""
    coming = next_meeting(page.series.meetings, now)
    if coming is None or coming.id != held.id or held.is_started:
        return []
    return titles_shown(page.access.collective.id, reader.id)


def is_on_day(starts_at: datetime, now: datetime, collective: CollectiveAccess) -> bool:
    """Whether a meeting is held today, where the collective lives."""
    return starts_at.astimezone(collective.zone).date() == now.astimezone(collective.zone).date()


def situation_page(
    situation: SituationAccess, opened: OpenedSituation, reader: Person, now: datetime
) -> dict[str, Any]:
    """A situation as its author reads it, or the pilot."""
    series = meetings_of(situation.access.collective.id)
    is_author = reader.id == opened.author_id
    author = next((member.name for member in situation.access.members if member.user_id == opened.author_id), "")
    return {
        "opened": opened,
        "collective": situation.access,
        "zone": situation.access.zone,
        "is_author": is_author,
        "author": author,
        "readers": readers_of(situation.access, reader) if is_author else "vous et la personne qui l’a écrite",
        "until": f"effacé le {last_day(situation.access)}",
        "chosen": next((each for each in series if each.id == opened.chosen_for), None),
        "next_meeting": next_meeting(series, now),
    }
