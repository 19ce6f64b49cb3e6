"""What the pages of a meeting and of a situation are told."""

from datetime import datetime
from typing import Any

from collectifs.domain.person import Person
from collectifs.domain.retention import situation_ends_on
from collectifs.domain.spare import bank
from collectifs.domain.timetable import EARLY, LATE, ON_TIME, gap_sentence, minutes_over, size_in_words, timetable
from collectifs.domain.typography import clock_time, join_names, long_date, short_date
from collectifs.permissions import can_run_meeting, can_see_sheet
from collectifs.queries.collectives import CollectiveAccess, members_of
from collectifs.queries.meetings import (
    MeetingAccess,
    MeetingFacts,
    agenda_of,
    has_event,
    meetings_of,
    notes_are_gone,
)
from collectifs.queries.sheets import get_sheet, sheet_of_meeting
from collectifs.queries.situations import OpenedSituation, SituationAccess, situations_waiting


def readers_of(collective: CollectiveAccess, author: Person) -> str:
    """« vous et Hélène Marchadier »: who reads a situation until the room hears it."""
    members = members_of(collective.collective.id)
    others = [member.name for member in members if member.is_pilot and member.user_id != author.id]
    return join_names(["vous", *others]) if others else "vous, et personne d’autre"


def last_day(collective: CollectiveAccess) -> str:
    """The day on which the situations of a collective are erased."""
    return short_date(situation_ends_on(collective.collective.season))


def circle_of(collective: CollectiveAccess, author: Person) -> dict[str, str]:
    """Who reads a situation, and until when: what its form says above."""
    return {"readers": readers_of(collective, author), "until": f"effacé le {last_day(collective)}"}


def meeting_page(meeting: MeetingAccess, reader: Person, now: datetime) -> dict[str, Any]:
    """The page of a meeting, as a member or its pilot reads it."""
    row, zone = meeting.meeting, meeting.access.zone
    sheet = get_sheet(sheet_of_meeting(row.id).id)
    held = next(each for each in meetings_of(row.collective_id) if each.id == row.id)
    is_pilot = can_run_meeting(reader, meeting)
    steps = agenda_of(row)
    return {
        "meeting": row,
        "collective": meeting.access,
        "zone": zone,
        "held": held,
        "is_pilot": is_pilot,
        "is_today": is_on_day(row.starts_at, now, meeting.access),
        "is_past": held.is_past(now),
        "can_open": is_pilot and not notes_are_gone(row, now),
        "timed": timetable(steps, row.starts_at),
        "size": size_in_words(steps),
        "gap": gap_sentence(minutes_over(steps, row.starts_at, row.ends_at)),
        "contacts": [member for member in members_of(row.collective_id) if member.is_pilot],
        "sheet": sheet if sheet and can_see_sheet(reader, sheet) else None,
    }


def is_on_day(starts_at: datetime, now: datetime, collective: CollectiveAccess) -> bool:
    """Whether a meeting is held today, where the collective lives."""
    return starts_at.astimezone(collective.zone).date() == now.astimezone(collective.zone).date()


def prepare_page(meeting: MeetingAccess, now: datetime) -> dict[str, Any]:
    """The page on which the pilot prepares."""
    row = meeting.meeting
    return {
        "meeting": row,
        "collective": meeting.access,
        "zone": meeting.access.zone,
        "is_started": has_event(row.id, "meeting_started"),
        "is_today": is_on_day(row.starts_at, now, meeting.access),
        "saved": _saved(meeting, now),
        "situations": situations_waiting(row.collective_id, row.id),
        "bank": bank().values(),
        "timetable": timetable,
        "minutes_over": minutes_over,
        "gap_sentence": gap_sentence,
        "size_in_words": size_in_words,
        "until": f"les situations sont effacées le {last_day(meeting.access)}",
        "gap_words": {"even": ON_TIME, "late": LATE, "early": EARLY},
    }


def _saved(meeting: MeetingAccess, now: datetime) -> str:
    """« Enregistré à 14 h 32 », the day too when it was another one."""
    at, zone = meeting.meeting.prepared_at, meeting.access.zone
    if at is None:
        return ""
    hour = clock_time(at, zone)
    same_day = is_on_day(at, now, meeting.access)
    return f"Enregistré à {hour}" if same_day else f"Enregistré le {long_date(at.astimezone(zone))} à {hour}"


def situation_page(
    situation: SituationAccess, opened: OpenedSituation, reader: Person, now: datetime
) -> dict[str, Any]:
    """A situation as its author reads it, or the pilot."""
    members = members_of(situation.access.collective.id)
    is_author = reader.id == opened.author_id
    author = next((member.name for member in members if member.user_id == opened.author_id), "")
    return {
        "opened": opened,
        "collective": situation.access,
        "zone": situation.access.zone,
        "is_author": is_author,
        "author": author,
        "readers": readers_of(situation.access, reader) if is_author else "vous et la personne qui l’a écrite",
        "until": f"effacé le {last_day(situation.access)}",
        "chosen": _meeting_that_chose(situation, opened),
        "next_meeting": _next_meeting(situation, now),
    }


def _meeting_that_chose(situation: SituationAccess, opened: OpenedSituation) -> MeetingFacts | None:
    series = meetings_of(situation.access.collective.id)
    return next((each for each in series if each.id == opened.chosen_for), None)


def _next_meeting(situation: SituationAccess, now: datetime) -> MeetingFacts | None:
    series = meetings_of(situation.access.collective.id)
    return next((each for each in series if not each.is_past(now)), None)
