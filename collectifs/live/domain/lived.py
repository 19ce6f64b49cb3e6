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
EXCHANGE = "L’échange"


@dataclass(frozen=True, slots=True)
class LivedStep:
    """A step of the prepared agenda, one that was added on the way (`planned` 0), or the whole exchange in one line;
    `lived` None: never entered.
    """

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
    """Each step as it was prepared and as it was lived; those added on the way come last.

    The exchange is one line unless it was lived whole: nobody reads where it was left, if it was.
    """
    foreseen = {step.id: (step.title, step.minutes) for step in steps}
    added = {step.id: (step.title, 0) for step in state.plan if step.id not in foreseen}
    exchange, rows = exchange_in_one(steps, state), []
    for step, (title, planned) in (foreseen | added).items():
        if step not in exchange:
            rows.append(LivedStep(title, planned, _minutes_lived(state, step, now, planned_end)))
        elif step == exchange[0]:
            ran = [_minutes_lived(state, each, now, planned_end) for each in exchange]
            whole = None if all(each is None for each in ran) else sum(each or 0 for each in ran)
            rows.append(LivedStep(EXCHANGE, sum(foreseen.get(each, ("", 0))[1] for each in exchange), whole))
    return rows


def exchange_in_one(steps: Sequence[Step], state: MeetingState) -> tuple[str, ...]:
    """The steps of the exchange, unless each was lived once and in order: a STOP is one of many ways to be told so,
    and leaves no other trace.

    The exchange goes from the first step that names the person who exposes to the closing one, left out. Its twin
    stands in `static/js/live/exchange.js`.
    """
    known = {step.id: step for step in steps}
    plan = [step.id for step in state.plan]
    spoken = [place for place, step in enumerate(plan) if step in known and _names_who_exposes(known[step])]
    closings = [place for place, step in enumerate(plan) if step in known and known[step].feeds == "next_meeting"]
    if not spoken:
        return ()
    exchange = plan[spoken[0] : closings[-1] if closings else len(plan) - 1]
    was_whole = [step for step in state.entered if step in exchange] == exchange
    return () if was_whole else tuple(exchange)


def _names_who_exposes(step: Step) -> bool:
    return EXPOSES in f"{step.speaks} {step.silent}"


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
