"""Programmes, who answers for each, and messages to them: what is confirmed, grey or gone, and what may be sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.seasons import season_ends_on, season_of
from collectifs.kernel.text.folding import folded

MOST_RELAYS = 2
LONGEST_MESSAGE, LONGEST_ABOUT = 2000, 400
ASKED_FROM_MONTH = 6  # in June, relays are asked about the season to come
BY_ADDRESS, BY_MACHINE, TO_ONE = 3, 6, 20  # messages a day: of one address, of one machine, to one programme
SOONEST = timedelta(seconds=3)  # nobody reads the page, writes and sends in less
MESSAGE_KEPT = timedelta(days=7)  # one that could not leave


class Audience(StrEnum):
    """For whom a programme is."""

    BEGINNERS = "beginners"
    STUDENTS = "students"
    PUPILS = "pupils"
    TUTORS = "tutors"

    @property
    def label(self) -> str:
        """The French words, epicene."""
        return {
            "beginners": "stagiaires et collègues qui débutent",
            "students": "étudiantes et étudiants",
            "pupils": "élèves",
            "tutors": "tutrices et tuteurs",
        }[self.value]


class ProgrammeState(StrEnum):
    """Where the line of a programme stands; waiting, nobody but its relays and managers reads it."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    GREY = "grey"

    @property
    def label(self) -> str:
        """As a list of managers says it."""
        return {
            "waiting": "attend son relais",
            "confirmed": "confirmé",
            "grey": "à confirmer, en gris",
        }[self.value]


def season_confirmed(today: date) -> int:
    """For which season a relay answers when they confirm: from June on, the one to come."""
    return season_of(today) + (ASKED_FROM_MONTH <= today.month < 9)


def state_of_programme(confirmed_season: int | None, today: date) -> ProgrammeState:
    """Confirmed for the season that runs, or grey; waiting until a relay has confirmed it once."""
    if confirmed_season is None:
        return ProgrammeState.WAITING
    return ProgrammeState.CONFIRMED if confirmed_season >= season_of(today) else ProgrammeState.GREY


def is_over(season: int, today: date) -> bool:
    """A whole season went by without a word: what answered for an earlier one is gone."""
    return season < season_of(today) - 1


def leaves_on(season: int) -> date:
    """The last day of what nobody confirms any more: 31 August of the season that follows."""
    return season_ends_on(season + 1)


def check_relay(others: int) -> None:
    """Two people at most answer for a programme, or for a territory."""
    if others >= MOST_RELAYS:
        raise RuleBroken("Deux relais au plus : retirez d’abord l’un des deux.")


def is_found(words: str, texts: Iterable[str]) -> bool:
    """Whether every word stands somewhere in these texts, accents and capitals aside."""
    known = folded(" ".join(texts))
    return all(each in known for each in folded(words).split())


@dataclass(frozen=True)
class Sent:
    """How many messages left since yesterday: from this address, from this machine, to these people."""

    by_address: int
    by_machine: int
    to_them: int


def check_may_write(sent: Sent, *, took: timedelta | None, trap: str) -> None:
    """A person writes, no machine, and not too often. `took`: since the page was shown, None when that is unknown."""
    if trap:
        raise RuleBroken("Laissez cette case vide : elle n’est là que pour arrêter les machines.", "trap")
    if took is None or took < SOONEST:
        raise RuleBroken("C’est parti trop vite pour être relu. Relisez votre message, puis envoyez-le de nouveau.")
    if sent.by_address >= BY_ADDRESS:
        raise RuleBroken("Trois messages par jour et par adresse : le vôtre pourra partir demain.", "address")
    if sent.by_machine >= BY_MACHINE:
        raise RuleBroken("Trop de messages sont partis d’ici aujourd’hui : le vôtre pourra partir demain.")
    if sent.to_them >= TO_ONE:
        raise RuleBroken("Ces personnes ont reçu beaucoup de messages aujourd’hui : le vôtre pourra partir demain.")
