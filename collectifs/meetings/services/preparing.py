"""Preparing a meeting: its agenda, adapted for once or for the series."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from collectifs.collectives.models import Meeting
from collectifs.collectives.queries.collectives import locked_collective
from collectifs.kernel.audit import record
from collectifs.kernel.errors import RuleBroken
from collectifs.meetings.domain.canvas import Canvas, Step, agenda_for, library, with_minutes
from collectifs.meetings.domain.canvas_adapting import OwnStep, for_series, moved, put_back, with_own, without
from collectifs.meetings.domain.gesture_kinds import GestureKind
from collectifs.meetings.domain.spare import bank, check_link
from collectifs.meetings.queries.calendar import following
from collectifs.meetings.queries.meetings import agenda_of, has_event
from collectifs.people.domain.person import Person


@dataclass(frozen=True)
class SpareHeld:
    """The spare situation held ready ("" for none), and the address of a video, if any, to show instead or besides."""

    spare_id: str = ""
    link: str = ""


@dataclass(frozen=True)
class RoomRules:
    """« Sans notes » when `keeps_notes` is false; when the room closes, if it does."""

    keeps_notes: bool = True
    closes_at: datetime | None = None


def prepare_meeting(
    meeting: Meeting,
    *,
    minutes: Mapping[str, int],
    spare: SpareHeld,
    room: RoomRules = RoomRules(),
    now: datetime,
    by: Person,
) -> None:
    """Keep other durations (by step id), what is held ready for want of a situation, and what holds in the room."""
    check_not_started(meeting)
    if spare.spare_id and spare.spare_id not in bank():
        raise RuleBroken("Cette situation de secours n’existe pas.", "spare_id")
    check_link(spare.link)
    keep_agenda(meeting, with_minutes(agenda_of(meeting), minutes), now=now, by=by)
    meeting.spare_id, meeting.spare_link = spare.spare_id, spare.link
    meeting.keeps_notes, meeting.room_closes_at = room.keeps_notes, room.closes_at


def reset_agenda(meeting: Meeting, *, now: datetime, by: Person) -> None:
    """Back to the steps, the order and the minutes of the canvas; the rest of what was prepared stays."""
    check_not_started(meeting)
    keep_agenda(meeting, library()[meeting.canvas_id].agenda(meeting.number), now=now, by=by)


def check_not_started(meeting: Meeting) -> None:
    """Once it has started, nothing is prepared any more."""
    if has_event(meeting.id, GestureKind.MEETING_STARTED):
        raise RuleBroken("La séance a commencé : son déroulé se règle maintenant sur l’écran de la séance.")


def keep_agenda(meeting: Meeting, steps: tuple[Step, ...], *, now: datetime, by: Person) -> None:
    """The meeting's own copy of its steps."""
    meeting.steps = [step.to_json() for step in steps]
    meeting.prepared_at = now
    record("agenda_prepared", meeting, by=by)


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
