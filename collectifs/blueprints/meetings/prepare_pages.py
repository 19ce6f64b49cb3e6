"""What the pages of preparing are told."""

from datetime import datetime
from typing import Any

from collectifs.blueprints.meetings.following import followed_at
from collectifs.blueprints.meetings.pages import is_on_day, last_day
from collectifs.blueprints.meetings.prepare_forms import AgendaForm
from collectifs.kernel.text.typography import clock_time, day_and_month
from collectifs.live.queries.parking import OpenedParked
from collectifs.meetings.domain.canvas import MINUTES_FROM, PRODUCES, Canvas, by_what_they_produce
from collectifs.meetings.domain.canvas_adapting import is_own
from collectifs.meetings.domain.preparing import (
    EARLY,
    LATE,
    ON_TIME,
    PAST_CLOSING,
    closing_sentence,
    gap_sentence,
    minutes_over,
    timetable,
)
from collectifs.meetings.domain.spare import bank
from collectifs.meetings.queries.meetings import MeetingAccess, MeetingFacts, facts_of
from collectifs.meetings.queries.resources import videos_to_begin_with
from collectifs.meetings.queries.situations import situation_rows, situations_for
from collectifs.people.domain.person import Person
from collectifs.sheets.queries.pages import collective_page
from collectifs.sheets.queries.presenters import never_presented, presenters_of

# How long a canvas may last at most, in minutes: what a filter offers.
LIMITS = {"": "toutes les durées", "35": "35 min au plus", "60": "1 h au plus", "90": "1 h 30 au plus"}


def prepare_page(
    meeting: MeetingAccess, form: AgendaForm, parked: list[OpenedParked], reader: Person, now: datetime
) -> dict[str, Any]:
    """The page on which the pilot prepares, as it is kept or as it was just arranged."""
    row, page, sent = meeting.meeting, collective_page(meeting.access), situation_rows(meeting.collective.id)
    presenters = presenters_of(page.sheets, sent)
    return {
        **_head(meeting, page.series.held(row.id)),
        "saved": _saved(meeting, now),
        "situations": situations_for(sent, meeting.access, row, reader.id),
        "never": [member.name for member in never_presented(meeting.access.members, presenters)],
        "remembers_all": presenters.is_whole,
        "followed": followed_at(row, page, reader, now),
        "parked": parked,
        "theme": videos_to_begin_with() if row.number == 1 else None,
        "spare": bank().get(form.spare_id.data or ""),
        "timed": {each.step.id: each for each in timetable(form.steps_as_typed(), row.starts_at)},
        "minutes_over": minutes_over,
        "gap_sentence": gap_sentence,
        "is_own": is_own,
        "until": f"les situations et le pense-bête sont effacés le {last_day(meeting.access)}",
        "closing_sentence": closing_sentence,
        "gap_words": {"even": ON_TIME, "late": LATE, "early": EARLY, "closing": PAST_CLOSING},
    }


def add_step_page(meeting: MeetingAccess) -> dict[str, Any]:
    """The page on which a step of one's own is written."""
    return _head(meeting, facts_of(meeting.meeting))


def canvases_page(meeting: MeetingAccess, longest: str) -> dict[str, Any]:
    """The library by what each canvas produces, those that last no longer than `longest` minutes (all without it)."""
    chosen = longest if longest in LIMITS else ""
    groups = [
        (kind, PRODUCES[kind], [canvas for canvas in canvases if not chosen or canvas.minutes <= int(chosen)])
        for kind, canvases in by_what_they_produce()
    ]
    return {
        **_head(meeting, facts_of(meeting.meeting)),
        "groups": [group for group in groups if group[2]],
        "limits": LIMITS,
        "longest": chosen,
    }


def canvas_page(meeting: MeetingAccess, canvas: Canvas) -> dict[str, Any]:
    """One canvas to read before it is taken, its first or its later variant as this meeting would have it."""
    row = meeting.meeting
    steps = canvas.agenda(row.number)
    return {
        **_head(meeting, facts_of(row)),
        "canvas": canvas,
        "produces": PRODUCES[canvas.produces],
        "minutes_from": MINUTES_FROM[canvas.minutes_from],
        "steps": steps,
        "gap": gap_sentence(minutes_over(steps, row.starts_at, row.ends_at)),
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
    return f"Enregistré à {hour}" if same_day else f"Enregistré le {day_and_month(at.astimezone(zone))} à {hour}"
