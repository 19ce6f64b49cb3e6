"""Preparing a meeting: the minutes of its agenda, and the spare situation held ready."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from collectifs.domain.canvas import Step, library, with_minutes
from collectifs.domain.errors import RuleBroken
from collectifs.domain.person import Person
from collectifs.domain.spare import bank, check_link
from collectifs.models import Meeting
from collectifs.queries.meetings import agenda_of, has_event
from collectifs.services.audit import record


@dataclass(frozen=True)
class SpareHeld:
    """The spare situation held ready ("" for none), and the address of a video, if any, to show instead or besides."""

    spare_id: str = ""
    link: str = ""


def prepare_meeting(
    meeting: Meeting, *, minutes: Mapping[str, int], spare: SpareHeld, now: datetime, by: Person
) -> None:
    """Keep other durations (by step id) and what is held ready for want of a situation."""
    _check_not_started(meeting)
    if spare.spare_id and spare.spare_id not in bank():
        raise RuleBroken("Cette situation de secours n’existe pas.", "spare_id")
    check_link(spare.link)
    _keep(meeting, with_minutes(agenda_of(meeting), minutes), now, by)
    meeting.spare_id, meeting.spare_link = spare.spare_id, spare.link


def reset_agenda(meeting: Meeting, *, now: datetime, by: Person) -> None:
    """Back to the minutes of the canvas; the spare situation stays."""
    _check_not_started(meeting)
    _keep(meeting, library()[meeting.canvas_id].agenda(meeting.number), now, by)


def _check_not_started(meeting: Meeting) -> None:
    if has_event(meeting.id, "meeting_started"):
        raise RuleBroken("La séance a commencé : son déroulé se règle maintenant sur l’écran de la séance.")


def _keep(meeting: Meeting, steps: tuple[Step, ...], now: datetime, by: Person) -> None:
    meeting.steps = [step.to_json() for step in steps]
    meeting.prepared_at = now
    record("agenda_prepared", meeting, by=by)
