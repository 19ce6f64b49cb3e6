"""After the room: the minutes foreseen and the minutes lived, step by step. For whoever ran it, and nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from collectifs.kernel.text.typography import count, minutes
from collectifs.live.domain.agenda_reading import is_left_open, planned_ms, spent
from collectifs.live.domain.agenda_state import MeetingState
from collectifs.meetings.domain.canvas import Step

MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class LivedStep:
    """A step of the prepared agenda, or one that was added on the way (`planned` 0); `lived` None: never entered."""

    title: str
    planned: int
    lived: int | None

    @property
    def gap(self) -> int:
        """By how many minutes it ran over; negative when it was shorter."""
        return 0 if self.lived is None else self.lived - self.planned

    @property
    def gap_in_words(self) -> str:
        """« + 7 min », « − 2 min », « à l’heure », « pas faite »."""
        if self.lived is None:
            return "pas faite"
        if not self.gap:
            return "à l’heure"
        return f"{'+' if self.gap > 0 else '−'} {minutes(abs(self.gap))}"


def lived_steps(steps: Sequence[Step], state: MeetingState, now: datetime, planned_end: datetime) -> list[LivedStep]:
    """Each step as it was prepared and as it was lived; those added on the way come last."""
    foreseen = {step.id: (step.title, step.minutes) for step in steps}
    added = {step.id: (step.title, 0) for step in state.plan if step.id not in foreseen}
    return [
        LivedStep(title, planned, _minutes_lived(state, step, now, planned_end))
        for step, (title, planned) in (foreseen | added).items()
    ]


def _minutes_lived(state: MeetingState, step: str, now: datetime, planned_end: datetime) -> int | None:
    """Of a meeting left open, the step that was left running counts for what it was given, at most."""
    if step not in state.entered:
        return None
    ran = spent(state, step, now)
    if step == state.current and is_left_open(state, now, planned_end):
        ran = min(ran, max(planned_ms(state, step), state.spent_ms.get(step, 0)))
    return round(ran / MINUTE)


def lived_in_a_sentence(steps: Sequence[LivedStep]) -> str:
    """The whole, and the step that ran over the most."""
    planned, lived = sum(each.planned for each in steps), sum(each.lived or 0 for each in steps)
    whole = f"{minutes(lived)} vécues pour {minutes(planned)} prévues."
    longest = max(steps, key=lambda each: each.gap, default=None)
    if longest is None or longest.gap <= 0:
        return f"{whole} Aucune étape n’a débordé."
    over = count(longest.gap, "minute", feminine=True)
    return f"{whole} L’étape « {longest.title} » a débordé de {over}, plus qu’aucune autre."
