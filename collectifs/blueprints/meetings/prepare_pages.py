"""What the pages of preparing are told."""

from datetime import datetime
from typing import Any

from collectifs.blueprints.meetings.following import followed_at
from collectifs.blueprints.meetings.pages import is_on_day, last_day
from collectifs.kernel.text.typography import clock_time, long_date
from collectifs.live.queries.parking import open_items
from collectifs.meetings.domain.canvas import PRODUCES, library
from collectifs.meetings.domain.canvas_adapting import dropped_from, is_own
from collectifs.meetings.domain.preparing import (
    EARLY,
    LATE,
    ON_TIME,
    PAST_CLOSING,
    closing_sentence,
    gap_sentence,
    minutes_over,
    size_in_words,
    timetable,
)
from collectifs.meetings.domain.spare import bank
from collectifs.meetings.queries.meetings import MeetingAccess, MeetingFacts, agenda_of, facts_of
from collectifs.meetings.queries.situations import situation_rows, situations_for
from collectifs.people.domain.person import Person
from collectifs.sheets.queries.pages import collective_page
from collectifs.sheets.queries.presenters import never_presented, presenters_of


def prepare_page(meeting: MeetingAccess, reader: Person, now: datetime) -> dict[str, Any]:
    """The page on which the pilot prepares."""
    row, page, sent = meeting.meeting, collective_page(meeting.access), situation_rows(meeting.collective.id)
    presenters = presenters_of(page.sheets, sent)
    return {
        **_head(meeting, page.series.held(row.id)),
        "is_today": is_on_day(row.starts_at, now, meeting.access),
        "saved": _saved(meeting, now),
        "situations": situations_for(sent, meeting.access, row, reader.id),
        "never": [member.name for member in never_presented(meeting.access.members, presenters)],
        "remembers_all": presenters.is_whole,
        "followed": followed_at(row, page, reader, now),
        "parked": open_items(meeting.collective),
        "spare": bank().get(row.spare_id),
        "timetable": timetable,
        "minutes_over": minutes_over,
        "gap_sentence": gap_sentence,
        "size_in_words": size_in_words,
        "until": f"les situations et le pense-bête sont effacés le {last_day(meeting.access)}",
        "closing_sentence": closing_sentence,
        "gap_words": {"even": ON_TIME, "late": LATE, "early": EARLY, "closing": PAST_CLOSING},
    }


def steps_page(meeting: MeetingAccess) -> dict[str, Any]:
    """The steps of a meeting, and those of its canvas that it has no more."""
    row = meeting.meeting
    steps = agenda_of(row)
    return {
        **_head(meeting, facts_of(row)),
        "timed": timetable(steps, row.starts_at),
        "size": size_in_words(steps),
        "gap": gap_sentence(minutes_over(steps, row.starts_at, row.ends_at)),
        "dropped": dropped_from(steps, library()[row.canvas_id].agenda(row.number)),
        "is_own": is_own,
    }


def canvas_page(meeting: MeetingAccess) -> dict[str, Any]:
    """The library, by what each canvas produces, beside the one in use."""
    minutes = int((meeting.meeting.ends_at - meeting.meeting.starts_at).total_seconds() // 60)
    return {
        **_head(meeting, facts_of(meeting.meeting)),
        "canvases": library(),
        "produces": PRODUCES,
        "meeting_minutes": minutes,
    }


def _head(meeting: MeetingAccess, facts: MeetingFacts) -> dict[str, Any]:
    return {
        "meeting": meeting.meeting,
        "collective": meeting.access,
        "zone": meeting.access.zone,
        "is_started": facts.is_started,
    }


def _saved(meeting: MeetingAccess, now: datetime) -> str:
    """« Enregistré à 14 h 32 », the day too when it was another one."""
    at, zone = meeting.meeting.prepared_at, meeting.access.zone
    if at is None:
        return ""
    hour = clock_time(at, zone)
    same_day = is_on_day(at, now, meeting.access)
    return f"Enregistré à {hour}" if same_day else f"Enregistré le {long_date(at.astimezone(zone))} à {hour}"
