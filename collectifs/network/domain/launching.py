"""Launching a programme from one that works: what is taken over, what remains to be said, in which order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.typography import count

YEAR = timedelta(weeks=52)  # a Wednesday stays a Wednesday
LEAST_COLLECTIVES = 3  # of fewer, their series would be that of somebody


ENOUGH = 5  # people, of whom one pilots


class CollectiveStep(StrEnum):
    """What a collective taken over from another still asks for, in its order."""

    PILOT = "pilot"
    MEMBERS = "members"
    DATES = "dates"

    @property
    def label(self) -> str:
        """As the list says it."""
        return {"pilot": "Qui pilote", "members": "Les membres", "dates": "Les dates et les lieux"}[self.value]


def left_for_a_collective(*, pilots: int, members: int, meetings: int, proposed: int) -> tuple[CollectiveStep, ...]:
    """A pilot, enough people, and as many dates as were proposed: one at least."""
    done = {
        CollectiveStep.PILOT: pilots > 0,
        CollectiveStep.MEMBERS: members >= ENOUGH,
        CollectiveStep.DATES: meetings >= max(1, proposed),
    }
    return tuple(each for each in CollectiveStep if not done[each])


class Step(StrEnum):
    """What a launch still asks for, in its order."""

    NAME = "name"
    CONTACT = "contact"
    DAYS = "days"
    PAPERS = "papers"
    RELAY = "relay"
    OPENING = "opening"

    @property
    def label(self) -> str:
        """As the list says it."""
        return {
            "name": "Le nom et le territoire",
            "contact": "Qui répond aux questions",
            "days": "Les dates de l’appel",
            "papers": "Les papiers du territoire",
            "relay": "Qui en répond dans l’annuaire",
            "opening": "Relire l’appel, puis l’ouvrir",
        }[self.value]

    @property
    def minutes(self) -> int:
        """About how long it takes."""
        return {"name": 1, "contact": 1, "days": 2, "papers": 2, "relay": 1, "opening": 1}[self.value]


@dataclass(frozen=True)
class Progress:
    """Which steps are done; the first that is not is the one of now."""

    done: frozenset[Step]

    @property
    def left(self) -> tuple[Step, ...]:
        """What remains, in order."""
        return tuple(each for each in Step if each not in self.done)

    @property
    def now(self) -> Step | None:
        """The step that is open."""
        return self.left[0] if self.left else None

    @property
    def minutes(self) -> int:
        """About how long the rest takes."""
        return sum(each.minutes for each in self.left)


def check_may_open(progress: Progress) -> None:
    """A call opens with its days, and with somebody who answers questions; the rest may come after."""
    missing = [each.label.lower() for each in (Step.CONTACT, Step.DAYS) if each not in progress.done]
    if missing:
        raise RuleBroken(f"Avant d’ouvrir l’appel, dites encore : {' ; '.join(missing)}.")


def brought_forward(days: Sequence[date | None], today: date) -> list[date | None]:
    """The days of a former call, some whole years later: the same weekdays, none of them past."""
    first = min((each for each in days if each is not None), default=None)
    if first is None:
        return list(days)
    years = max(0, (today - first) // YEAR + 1)
    return [each + years * YEAR if each is not None else None for each in days]


@dataclass(frozen=True)
class SeriesSeen:
    """What a season of collectives was made of: how many meetings each, how long, from which month to which."""

    meetings: int
    minutes: int
    first_month: int
    last_month: int

    def in_words(self, months: Sequence[str]) -> str:
        """« cinq regroupements de 2 h, de novembre à mars »."""
        hours = f"{self.minutes // 60} h" + (f" {self.minutes % 60:02d}" if self.minutes % 60 else "")
        first, last = months[self.first_month - 1], months[self.last_month - 1]
        before = "d’" if first[0] in "aeiou" else "de "
        return f"{count(self.meetings, 'regroupement', 'regroupements')} de {hours}, {before}{first} à {last}"
