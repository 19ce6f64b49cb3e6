"""After the room: the minutes foreseen and the minutes lived, step by step. For whoever ran it, and nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from collectifs.kernel.text.typography import count, minutes
from collectifs.live.domain.agenda_reading import is_left_open, planned_ms, spent
from collectifs.live.domain.agenda_state import MeetingState
from collectifs.meetings.domain.canvas import Step

MINUTE = 60_000
EXPOSES = "la personne qui expose"


@dataclass(frozen=True, slots=True)
class LivedStep:
    """A step of the prepared agenda, or one that was added on the way (`planned` 0); `lived` None: never entered.

    `is_told` is false for the steps of an exchange that was left before its end: nobody reads where.
    """

    title: str
    planned: int
    lived: int | None
    is_told: bool = True

    @property
    def gap(self) -> int:
        """By how many minutes it ran over; negative when it was shorter."""
        return 0 if self.lived is None or not self.is_told else self.lived - self.planned

    @property
    def gap_in_words(self) -> str:
        """« + 7 min », « − 2 min », « à l’heure », « pas faite »; nothing where it is not told."""
        if not self.is_told:
            return "–"
        if self.lived is None:
            return "pas faite"
        if not self.gap:
            return "à l’heure"
        return f"{'+' if self.gap > 0 else '−'} {minutes(abs(self.gap))}"


def lived_steps(steps: Sequence[Step], state: MeetingState, now: datetime, planned_end: datetime) -> list[LivedStep]:
    """Each step as it was prepared and as it was lived; those added on the way come last."""
    foreseen = {step.id: (step.title, step.minutes) for step in steps}
    added = {step.id: (step.title, 0) for step in state.plan if step.id not in foreseen}
    hidden = untold(steps, state)
    return [
        LivedStep(title, planned, _minutes_lived(state, step, now, planned_end), step not in hidden)
        for step, (title, planned) in (foreseen | added).items()
    ]


def untold(steps: Sequence[Step], state: MeetingState) -> frozenset[str]:
    """The steps of the exchange, when it was left before its last one: a STOP leaves no other trace.

    The exchange goes from the first step that names the person who exposes to the closing one, left out. Its twin
    stands in `static/js/live/exchange.js`.
    """
    known = {step.id: step for step in steps}
    plan = [step.id for step in state.plan]
    spoken = [place for place, step in enumerate(plan) if step in known and _names_who_exposes(known[step])]
    closings = [place for place, step in enumerate(plan) if step in known and known[step].feeds == "next_meeting"]
    if not spoken:
        return frozenset()
    exchange = plan[spoken[0] : closings[-1] if closings else len(plan) - 1]
    was_left = bool(exchange) and exchange[-1] not in state.entered and not _exchange_is_ahead(exchange, plan, state)
    return frozenset(exchange) if was_left and set(exchange) & set(state.entered) else frozenset()


def _names_who_exposes(step: Step) -> bool:
    return EXPOSES in f"{step.speaks} {step.silent}"


def _exchange_is_ahead(exchange: Sequence[str], plan: Sequence[str], state: MeetingState) -> bool:
    """Whether the meeting stands in the exchange, or before it."""
    return state.current is None or plan.index(state.current) <= plan.index(exchange[-1])


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
