"""What a running meeting says of its time: left, spent, over, expected end. Pure, from instants.

The twins of these functions stand in `static/js/lib/agenda_reading.js`, under the same names.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from collectifs.live.domain.agenda_state import MeetingState, PlanStep
from collectifs.meetings.domain.planning import reviewed_from

_MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class ToGo:
    """« Il reste 38 min pour 3 étapes »: time foreseen for what is not over yet."""

    ms: int
    steps: int


def spent(state: MeetingState, step: str, now: datetime) -> int:
    """Milliseconds spent in a step, pauses left out."""
    over = state.spent_ms.get(step, 0)
    if step == state.current and state.running_since is not None:
        over += max(0, (now - state.running_since) // _MS)
    return over


def planned_ms(state: MeetingState, step: str) -> int:
    """Milliseconds foreseen for a step, with the minutes added to it. Nothing for an unknown step."""
    minutes = next((each.minutes for each in state.plan if each.id == step), 0)
    return minutes * 60_000 + state.added_s.get(step, 0) * 1000


def left_ms(state: MeetingState, step: str, now: datetime) -> int:
    """Milliseconds left in a step; negative once the time is over."""
    return planned_ms(state, step) - spent(state, step, now)


def overrun_ms(state: MeetingState, now: datetime) -> int:
    """By how much the current step runs over."""
    return 0 if state.current is None else max(0, -left_ms(state, state.current, now))


def steps_to_come(state: MeetingState) -> tuple[PlanStep, ...]:
    """The steps that stand after the current one in the plan."""
    places = [place for place, each in enumerate(state.plan) if each.id == state.current]
    return state.plan[places[0] + 1 :] if places else state.plan


def to_go(state: MeetingState, now: datetime) -> ToGo:
    """The time foreseen for the current step and those after it, and how many still have some."""
    ids = [state.current] if state.current else []
    ids += [each.id for each in steps_to_come(state)]
    rest = [left for left in (left_ms(state, each, now) for each in ids) if left > 0]
    return ToGo(sum(rest), len(rest))


def expected_end(state: MeetingState, now: datetime) -> datetime | None:
    """When the meeting ends at this pace; when it ended once closed; nothing before it starts."""
    if state.started_at is None:
        return None
    return state.closed_at or now + to_go(state, now).ms * _MS


def gap_ms(state: MeetingState, now: datetime, planned_end: datetime) -> int:
    """The *écart*: by how much the expected end comes after the planned one (negative: before)."""
    end = expected_end(state, now)
    return 0 if end is None else (end - planned_end) // _MS


def is_left_open(state: MeetingState, now: datetime, planned_end: datetime) -> bool:
    """« À relire »: started, never closed, twelve hours gone since its planned end, or since it was reopened."""
    if state.started_at is None or state.closed_at is not None:
        return False
    return now >= reviewed_from(planned_end, state.reopened_at)
