"""Adapting the agenda of a meeting to its room, and keeping it for the rest of the series."""

from datetime import datetime

from collectifs.collectives.models import Meeting
from collectifs.domain.canvas import Canvas, agenda_for, library
from collectifs.domain.canvas_adapting import OwnStep, for_series, moved, put_back, with_own, without
from collectifs.kernel.audit import record
from collectifs.kernel.errors import RuleBroken
from collectifs.people.domain.person import Person
from collectifs.queries.calendar import following
from collectifs.queries.follow_ups import locked_collective
from collectifs.queries.meetings import agenda_of
from collectifs.services.meetings import check_not_started, keep_agenda


def move_step(meeting: Meeting, step_id: str, *, up: bool, now: datetime, by: Person) -> None:
    """One place earlier or later."""
    check_not_started(meeting)
    keep_agenda(meeting, moved(agenda_of(meeting), step_id, up=up), now=now, by=by)


def drop_step(meeting: Meeting, step_id: str, *, now: datetime, by: Person) -> None:
    """A step less in this meeting."""
    check_not_started(meeting)
    keep_agenda(meeting, without(agenda_of(meeting), step_id), now=now, by=by)


def put_step_back(meeting: Meeting, step_id: str, *, now: datetime, by: Person) -> None:
    """A step of the canvas that had been dropped."""
    check_not_started(meeting)
    canvas_steps = canvas_of(meeting).agenda(meeting.number)
    keep_agenda(meeting, put_back(agenda_of(meeting), canvas_steps, step_id), now=now, by=by)


def add_step(meeting: Meeting, own: OwnStep, *, after: str, now: datetime, by: Person) -> None:
    """A step that no canvas has, after the named one ("" for the beginning)."""
    check_not_started(meeting)
    keep_agenda(meeting, with_own(agenda_of(meeting), own, after=after), now=now, by=by)


def change_canvas(meeting: Meeting, canvas_id: str, *, now: datetime, by: Person) -> None:
    """Another canvas: the agenda that was there is replaced by its own."""
    check_not_started(meeting)
    canvas = library().get(canvas_id)
    if canvas is None:
        raise RuleBroken("Ce canevas n’existe pas.", "canvas_id")
    meeting.canvas_id = canvas.id
    keep_agenda(meeting, canvas.agenda(meeting.number), now=now, by=by)


def keep_for_series(meeting: Meeting, *, by: Person) -> list[int]:
    """Its agenda for the following meetings that have not started, and those planned later. Gives their numbers."""
    canvas = canvas_of(meeting)
    whole = for_series(agenda_of(meeting), canvas, number=meeting.number)
    collective = locked_collective(meeting.collective_id)
    collective.canvas_id = canvas.id
    collective.steps = None if whole == canvas.steps else [step.to_json() for step in whole]
    record("series_agenda_kept", collective, by=by)
    coming = [row for row, is_started in following(meeting) if not is_started]
    for row in coming:
        row.canvas_id = canvas.id
        row.steps = [step.to_json() for step in agenda_for(whole, row.number)]
    return [row.number for row in coming]


def canvas_of(meeting: Meeting) -> Canvas:
    """The canvas that the agenda of a meeting was taken from."""
    return library()[meeting.canvas_id]
