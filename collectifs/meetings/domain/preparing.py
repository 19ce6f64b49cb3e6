"""Preparing a meeting: minutes, hours, when the room closes."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typography import clock_time, count, minutes, sentence_case
from collectifs.meetings.domain.canvas import Step, total_minutes

ON_TIME = "Le déroulé finit à l’heure prévue."
LATE = "Le déroulé finit {gap} après l’heure prévue."
PAST_CLOSING = "La salle aura fermé {gap} plus tôt."
EARLY = "Le déroulé finit {gap} avant l’heure prévue."


@dataclass(frozen=True, slots=True)
class TimedStep:
    """A step with its place in the agenda and its hours."""

    place: int
    step: Step
    starts_at: datetime
    ends_at: datetime


def timetable(steps: tuple[Step, ...], starts_at: datetime) -> tuple[TimedStep, ...]:
    """Each step with the instants at which it starts and ends."""
    timed = []
    for place, step in enumerate(steps, 1):
        ends_at = starts_at + timedelta(minutes=step.minutes)
        timed.append(TimedStep(place, step, starts_at, ends_at))
        starts_at = ends_at
    return tuple(timed)


def minutes_over(steps: tuple[Step, ...], starts_at: datetime, ends_at: datetime) -> int:
    """By how many minutes an agenda runs past the planned end; negative when it ends before."""
    return total_minutes(steps) - int((ends_at - starts_at).total_seconds() // 60)


def gap_sentence(over: int) -> str:
    """The difference between the agenda and the planned end, in words."""
    sentence = LATE if over > 0 else EARLY if over < 0 else ON_TIME
    return sentence.format(gap=minutes(abs(over)))


def closing_sentence(steps: tuple[Step, ...], starts_at: datetime, closes_at: datetime | None) -> str:
    """By how much an agenda runs past the hour at which its room closes; "" when it does not."""
    over = minutes_over(steps, starts_at, closes_at) if closes_at else 0
    return PAST_CLOSING.format(gap=minutes(over)) if over > 0 else ""


def size_in_words(steps: tuple[Step, ...]) -> str:
    """« Onze étapes, deux heures »."""
    return f"{sentence_case(count(len(steps), 'étape', feminine=True))}, {duration_in_words(total_minutes(steps))}"


def duration_in_words(number: int) -> str:
    """« deux heures », « 1 h 45 », « 50 min »."""
    hours, rest = divmod(number, 60)
    if hours and not rest:
        return count(hours, "heure", feminine=True)
    return minutes(number)


def room_closing(starts_at: datetime, hour: time | None, zone: ZoneInfo) -> datetime | None:
    """The instant at which the room closes, on the day of the meeting; None when no hour was given."""
    if hour is None:
        return None
    closes_at = datetime.combine(starts_at.astimezone(zone).date(), hour, zone).astimezone(starts_at.tzinfo)
    if closes_at <= starts_at:
        hour_of_start = clock_time(starts_at, zone)
        raise RuleBroken(f"La salle ferme après le début : donnez une heure après {hour_of_start}.", "room_closes")
    return closes_at


def closing_after_move(
    closes_at: datetime | None, starts_at: datetime, *, is_same_place: bool, zone: ZoneInfo
) -> datetime | None:
    """The hour of a room holds for that room, on that day; elsewhere, or another day, nobody knows it."""
    if closes_at is None or not is_same_place or closes_at <= starts_at:
        return None
    is_same_day = closes_at.astimezone(zone).date() == starts_at.astimezone(zone).date()
    return closes_at if is_same_day else None
