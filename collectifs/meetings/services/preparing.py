"""Preparing a meeting: its agenda, adapted for once or for the series."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from collectifs.collectives.models import Meeting
from collectifs.collectives.queries.collectives import locked_collective
from collectifs.kernel.audit import record
from collectifs.kernel.errors import RuleBroken
from collectifs.meetings.domain.arrangement import Arrangement, arrangement_of
from collectifs.meetings.domain.canvas import Canvas, Step, agenda_for, library, with_minutes
from collectifs.meetings.domain.canvas_adapting import OwnStep, for_series, with_own
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
    arranged: Arrangement | None = None,
    now: datetime,
    by: Person,
) -> None:
    """Keep the steps as they are arranged, other durations (by step id), what is held ready for want of a situation,
    and what holds in the room."""
    check_not_started(meeting)
    if spare.spare_id and spare.spare_id not in bank():
        raise RuleBroken("Cette situation de secours n’existe pas.", "spare_id")
    check_link(spare.link)
    steps = arranged.checked().kept if arranged else agenda_of(meeting)
    keep_agenda(meeting, with_minutes(steps, minutes), now=now, by=by)
    meeting.spare_id, meeting.spare_link = spare.spare_id, spare.link
    meeting.keeps_notes, meeting.room_closes_at = room.keeps_notes, room.closes_at


def check_not_started(meeting: Meeting) -> None:
    """Once it has started, nothing is prepared any more."""
    if has_event(meeting.id, GestureKind.MEETING_STARTED):
        raise RuleBroken("La séance a commencé : son déroulé se règle maintenant sur l’écran de la séance.")


def keep_agenda(meeting: Meeting, steps: tuple[Step, ...], *, now: datetime, by: Person) -> None:
    """The meeting's own copy of its steps."""
    meeting.steps = [step.to_json() for step in steps]
    meeting.prepared_at = now
    record("agenda_prepared", meeting, by=by)


def add_step(meeting: Meeting, own: OwnStep, *, after: str, now: datetime, by: Person) -> str:
    """A step that no canvas has, after the named one ("" for the beginning). Gives its id."""
    check_not_started(meeting)
    before = agenda_of(meeting)
    steps = with_own(before, own, after=after)
    keep_agenda(meeting, steps, now=now, by=by)
    return next(step.id for step in steps if step not in before)


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


def choose_notes(meeting: Meeting, *, keeps_notes: bool, by: Person) -> None:
    """With or without notes, for this meeting and those that follow; one of them may still be held otherwise."""
    check_not_started(meeting)
    locked_collective(meeting.collective_id).keeps_notes = keeps_notes
    for row in (meeting, *(each for each, is_started in following(meeting) if not is_started)):
        row.keeps_notes = keeps_notes
    record("notes_chosen", meeting, by=by)


def arrangement_here(meeting: Meeting) -> Arrangement:
    """The steps of a meeting with those of its canvas that it has no more."""
    return arrangement_of(agenda_of(meeting), canvas_of(meeting).agenda(meeting.number))


def canvas_of(meeting: Meeting) -> Canvas:
    """The canvas that the agenda of a meeting was taken from."""
    return library()[meeting.canvas_id]
