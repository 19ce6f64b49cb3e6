"""Opening the tutoring of pupils and students on a territory: what its data protection officer must have done."""

from datetime import date
from enum import StrEnum

from collectifs.kernel.errors import RuleBroken


class Duty(StrEnum):
    """What must have been done before anybody writes about a minor, each ticked by whoever opens."""

    IMPACT = "impact"
    REGISTER = "register"
    TOLD = "told"
    HEADS = "heads"
    DANGER = "danger"

    @property
    def label(self) -> str:
        """As the page asks it."""
        return {
            "impact": "La personne déléguée à la protection des données a lu l’analyse d’impact et rendu son avis.",
            "register": "Le traitement est inscrit au registre de l’académie.",
            "told": "Les responsables légaux sont informés, par une lettre, avant le premier entretien.",
            "heads": "Chaque chef d’établissement sait que le tutorat se fait sous son autorité.",
            "danger": "Chaque tuteur sait qui prévenir, le jour même, d’un danger : jamais par ce carnet.",
        }[self.value]


def check_opening(done: set[Duty], advised_on: date | None, *, is_open: bool, today: date) -> None:
    """Nothing opens while one of them is missing. Raises RuleBroken by its field."""
    if is_open:
        raise RuleBroken("Ce tutorat est déjà ouvert sur ce territoire.")
    missing = [each for each in Duty if each not in done]
    if missing:
        raise RuleBroken(f"Il manque : « {missing[0].label} »", "done")
    if advised_on is None or advised_on > today:
        raise RuleBroken("Donnez le jour de l’avis, une fois qu’il est rendu.", "advised_on")
