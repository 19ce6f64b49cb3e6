"""A framed interview as a tutor notes it: with which code, when, how long, what was worked on; nobody's name."""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from collectifs.kernel.errors import RuleBroken

CODE = re.compile(r"[A-Z][0-9]{0,2}", re.ASCII)
WRONG_CODE = "Une lettre, puis un ou deux chiffres si vous voulez : « A », « B2 ». Ni prénom, ni initiales."
MOST_CODES = 26
SHORTEST, LONGEST = 5, 180
LONGEST_NOTE = 500


class Worked(StrEnum):
    """What an interview worked on: a closed list, so that no word of somebody's stands in it."""

    METHODS = "methods"
    ATTENDANCE = "attendance"
    ORIENTATION = "orientation"
    ESTEEM = "esteem"
    ORGANISING = "organising"
    SCHOOL_LIFE = "school_life"
    BEHAVIOUR = "behaviour"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The French words, those of the persévérance scolaire where it has some."""
        return {
            "methods": "méthodes",
            "attendance": "assiduité",
            "orientation": "orientation",
            "esteem": "estime de soi",
            "organising": "organisation du travail",
            "school_life": "vie dans l’établissement",
            "behaviour": "comportement",
            "other": "autre chose",
        }[self.value]


@dataclass(frozen=True)
class InterviewBody:
    """What is sealed of an interview. `next_at`: when the next one is fixed, if it is."""

    minutes: int
    worked: tuple[Worked, ...] = ()
    note: str = ""
    next_at: datetime | None = None

    def to_json(self) -> str:
        """As it is sealed."""
        kept = {"minutes": self.minutes, "worked": [each.value for each in self.worked], "note": self.note}
        return json.dumps(kept | {"next_at": self.next_at.isoformat() if self.next_at else None}, ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> "InterviewBody":
        """As it was sealed."""
        kept = json.loads(text)
        next_at = datetime.fromisoformat(kept["next_at"]) if kept["next_at"] else None
        return cls(kept["minutes"], tuple(Worked(each) for each in kept["worked"]), kept["note"], next_at)


def code_of(typed: str, taken: Collection[str]) -> str:
    """The code as it is kept. A shape in which no name fits; each once a notebook. Raises RuleBroken by its field."""
    code = typed.strip().upper()
    if not CODE.fullmatch(code):
        raise RuleBroken(WRONG_CODE, "code")
    if code in taken:
        raise RuleBroken(f"« {code} » est déjà dans votre carnet.", "code")
    if len(taken) >= MOST_CODES:
        raise RuleBroken(f"Un carnet compte {MOST_CODES} codes au plus.", "code")
    return code


def check_interview(held_on: date, body: InterviewBody, *, season_began: date, today: date) -> None:
    """A day of this school year that is not to come; a length that somebody could mean; a next time after today."""
    if held_on > today:
        raise RuleBroken("Ce jour n’est pas encore venu : notez l’entretien une fois qu’il a eu lieu.", "held_on")
    if held_on < season_began:
        raise RuleBroken("Ce jour est d’une autre année scolaire : ce carnet-là est effacé.", "held_on")
    if not SHORTEST <= body.minutes <= LONGEST:
        raise RuleBroken(f"Donnez une durée de {SHORTEST} à {LONGEST} minutes.", "minutes")
    if not body.worked:
        raise RuleBroken("Cochez au moins une chose : « autre chose » convient aussi.", "worked")
    if body.next_at and body.next_at.date() < held_on:
        raise RuleBroken("Le prochain rendez-vous vient après cet entretien.", "next_on")


def check_told_on(told_on: date, *, season_began: date, today: date) -> None:
    """Guardians are told in the year of the tutoring, and it is noted once it was done."""
    if told_on > today:
        raise RuleBroken("Ce jour n’est pas encore venu : notez-le une fois que c’est fait.", "told_on")
    if told_on < season_began:
        raise RuleBroken("Ce jour est d’une autre année scolaire.", "told_on")


def check_may_write(*, is_open: bool, has_left: bool) -> None:
    """Nothing more is written once the territory has closed the tutoring, or once one has left the programme."""
    if not is_open:
        raise RuleBroken("Votre territoire a fermé ce tutorat : le carnet se lit et s’imprime, il ne s’écrit plus.")
    if has_left:
        raise RuleBroken("Vous ne faites plus partie de ce programme : le carnet se lit, il ne s’écrit plus.")
