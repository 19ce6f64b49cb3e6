"""What the room shows at first sight: its first words, which stand in the page before any script has run.

The twins of static/js/live/opening_view.js, running_view.js (stage.js), closed_view.js and of `timeFace` in
static/js/lib/french.js, which then go on with the same words. Pure, from what the screen is given and instants.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Literal

from collectifs.kernel.text.typography import NBSP, clock_time, minutes
from collectifs.live.domain.agenda_reading import is_left_open, planned_ms, spent
from collectifs.live.domain.agenda_state import MeetingState
from collectifs.meetings.domain.canvas import Step

MINUTE, SHORT, HOUR = 60_000, 120_000, 60
LONG_TITLE = 20  # signs: beyond, it is set smaller


@dataclass(frozen=True, slots=True)
class TimeFace:
    """What the clock of the stage shows. `time`: how it is coloured."""

    time: Literal["running", "short", "over", "paused"]
    label: str
    value: str
    unit: str = ""
    sign: str = ""


@dataclass(frozen=True, slots=True)
class StageWords:
    """What the room reads from three metres. `question`: the one on the wall, in the place of the rule."""

    place: str
    title: str
    speaks: str
    silent: str
    rule: str
    question: str
    clock: TimeFace

    @property
    def is_long(self) -> bool:
        """Whether the title is set smaller."""
        return len(self.title) > LONG_TITLE


@dataclass(frozen=True, slots=True)
class FirstFace:
    """The view that applies. `hand`: the device that conducts, once one does."""

    name: Literal["opening", "running", "closed"]
    heading: str = ""
    lead: str = ""
    stage: StageWords | None = None
    hand: str = ""


def before_it_starts(
    when: Sequence[str], steps: Sequence[Step], now: datetime, zone: tzinfo, *, keeps_notes: bool
) -> FirstFace:
    """« Avant de commencer »: when and where, the steps, and when it ends if it starts now."""
    total = sum(step.minutes for step in steps)
    end = clock_time(_to_the_minute(now) + timedelta(minutes=total), zone)
    where = ", ".join(each for each in when if each)
    without = "" if keeps_notes else " Sans notes, décidé à la préparation."
    many = f"{len(steps)}{NBSP}étape{'s' if len(steps) > 1 else ''}"
    lead = f"{where[:1].upper()}{where[1:]}. {many}, {minutes(total)} : en commençant maintenant, fin à {end}.{without}"
    return FirstFace("opening", "Avant de commencer", lead)


def since_it_started(
    state: MeetingState, steps: Sequence[Step], now: datetime, planned_end: datetime, zone: tzinfo
) -> FirstFace | None:
    """The step and its time, or how it ended; nothing of a meeting that was left open: its hours need every gesture."""
    if state.started_at is None or is_left_open(state, now, planned_end):
        return None
    if state.closed_at is not None:
        lead = _closed_lead(state, state.closed_at, planned_end, zone)
        return FirstFace("closed", "La séance est close", lead, hand=state.hand_device or "")
    return FirstFace("running", stage=_stage(state, steps, now), hand=state.hand_device or "")


def time_face(left: int) -> TimeFace:
    """Minutes only; seconds in the last two; then how far over. `left`: milliseconds."""
    if left > SHORT:
        value, _, unit = minutes(-(-left // MINUTE)).partition(NBSP)
        return TimeFace("running", "Il reste", value, unit)
    if left > 0:
        whole, rest = divmod(-(-left // 1000), 60)
        return TimeFace("short", "Bientôt la fin, il reste", f"{whole}:{rest:02d}")
    over = -left // MINUTE
    if over == 0:
        return TimeFace("over", "C’est l’heure", "0", "min")
    if over >= HOUR:
        return TimeFace("over", "Temps dépassé de plus de", f"{over // HOUR}", "h")
    return TimeFace("over", "Temps dépassé de", f"{over}", "min", "+")


def _stage(state: MeetingState, steps: Sequence[Step], now: datetime) -> StageWords:
    ids = [step.id for step in state.plan]
    place = ids.index(state.current or "")
    speaks, silent, rule = _voices(next((step for step in steps if step.id == state.current), None), state)
    return StageWords(
        place=f"Étape {place + 1} sur {len(ids)}",
        title=state.plan[place].title,
        speaks=speaks,
        silent=silent,
        rule=rule,
        question=state.question,
        clock=_clock(state, ids[place], now),
    )


def _voices(step: Step | None, state: MeetingState) -> tuple[str, str, str]:
    """With a spare situation nobody presents: what the step says instead."""
    if step is None:
        return "tout le monde", "", ""
    if (state.situation or {}).get("spare") and step.spare_speaks:
        return step.spare_speaks, step.spare_silent, step.spare_rule or step.rule
    return step.speaks, step.silent, step.rule


def _clock(state: MeetingState, step: str, now: datetime) -> TimeFace:
    left = planned_ms(state, step) - spent(state, step, now)
    face = time_face(left)
    if state.running_since is not None:
        return face
    label = "En pause, il reste" if left > 0 else "En pause"
    return TimeFace("paused", label, face.value, face.unit, face.sign)


def _closed_lead(state: MeetingState, end: datetime, planned_end: datetime, zone: tzinfo) -> str:
    lasted = _minutes(sum(spent(state, step.id, end) for step in state.plan))
    gap = _minutes((end - planned_end) // timedelta(milliseconds=1))
    said = f"{minutes(abs(gap))} {'après' if gap > 0 else 'avant'} l’heure" if gap else "à l’heure"
    return f"Fin à {clock_time(end, zone)}, {said} ; {minutes(lasted)} de travail."


def _minutes(milliseconds: int) -> int:
    """Rounded as scripts do: a half goes up."""
    return (milliseconds + MINUTE // 2) // MINUTE


def _to_the_minute(now: datetime) -> datetime:
    return (now + timedelta(seconds=30)).replace(second=0, microsecond=0)
