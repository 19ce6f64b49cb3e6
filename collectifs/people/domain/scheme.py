"""What the administration calls the training that collectives belong to: its title, who organises it, its numbers."""

import re
from dataclasses import dataclass

from collectifs.kernel.errors import RuleBroken

USUAL_TITLE = "Accompagner les tuteurs en réseau"
LONGEST_WORDS, LONGEST_NUMBER = 120, 20
NUMBER = re.compile(r"[0-9A-Za-z]+(?:[ ./_-][0-9A-Za-z]+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Scheme:
    """The settings of a territory, as papers print them; what is not told is not printed."""

    title: str = USUAL_TITLE
    organizer: str = ""
    number: str = ""
    module: str = ""

    @property
    def numbers(self) -> str:
        """« dispositif n° 26A0290123, module n° 78901 »."""
        named = (("dispositif", self.number), ("module", self.module))
        return ", ".join(f"{name} n° {number}" for name, number in named if number)

    @property
    def references(self) -> str:
        """Who organises it, and its numbers, on one line; "" when nothing was told."""
        return ", ".join(part for part in (self.organizer, self.numbers) if part)


def check_number(number: str, field: str) -> None:
    """A number as training software writes it; « n° » is printed before it, and is not part of it."""
    if number and (len(number) > LONGEST_NUMBER or not NUMBER.fullmatch(number)):
        raise RuleBroken(
            f"Écrivez le numéro seul, sans « n° » : chiffres, lettres et tirets, {LONGEST_NUMBER} signes au plus.",
            field,
        )
