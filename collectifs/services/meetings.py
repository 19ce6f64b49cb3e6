"""Preparing a meeting: the minutes of its agenda, the spare situation held ready, what is settled about the room."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from collectifs.collectives.models import Meeting
from collectifs.domain.canvas import Step, library, with_minutes
from collectifs.domain.spare import bank, check_link
from collectifs.kernel.audit import record
from collectifs.kernel.errors import RuleBroken
from collectifs.people.domain.person import Person
from collectifs.queries.meetings import agenda_of, has_event


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
    if has_event(meeting.id, "meeting_started"):
        raise RuleBroken("La séance a commencé : son déroulé se règle maintenant sur l’écran de la séance.")


def keep_agenda(meeting: Meeting, steps: tuple[Step, ...], *, now: datetime, by: Person) -> None:
    """The meeting's own copy of its steps."""
    meeting.steps = [step.to_json() for step in steps]
    meeting.prepared_at = now
    record("agenda_prepared", meeting, by=by)
