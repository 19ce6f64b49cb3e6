"""What a meeting says of its time: foreseen, spent, left open. Pure, from instants.

The twins of these functions stand in `static/js/lib/agenda_reading.js`, with those that only the screen asks for.
"""

from datetime import datetime, timedelta

from collectifs.live.domain.agenda_state import MeetingState
from collectifs.meetings.domain.planning import reviewed_from

_MS = timedelta(milliseconds=1)


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


def is_left_open(state: MeetingState, now: datetime, planned_end: datetime) -> bool:
    """« À relire »: started, never closed, twelve hours gone since its planned end, or since it was reopened."""
    if state.started_at is None or state.closed_at is not None:
        return False
    return now >= reviewed_from(planned_end, state.reopened_at)
