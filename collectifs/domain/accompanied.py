"""The statuses of the people whom tutors accompany: a list that the administration keeps, because it changes each year.

The usual ones are those of the rentrée 2026 (domain note 2.1); a withdrawn one stays where it was chosen.
"""

from collections.abc import Iterable

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.folding import folded

USUAL_STATUSES = (
    "Élève fonctionnaire (M2E, première année)",
    "Fonctionnaire stagiaire à mi-temps",
    "Fonctionnaire stagiaire à temps plein",
    "Contrat en alternance",
    "Stage d’observation et de pratique accompagnée (SOPA)",
    "Licence professorat des écoles (LPE)",
)


def check_label_is_free(label: str, taken: Iterable[str], field: str = "label") -> None:
    """One line per status, accents and capitals aside."""
    if folded(label) in {folded(other) for other in taken}:
        raise RuleBroken("Ce statut est déjà dans la liste.", field)


def usual_missing(taken: Iterable[str]) -> list[str]:
    """The usual statuses that are not in a list yet, withdrawn ones counting as there."""
    known = {folded(label) for label in taken}
    return [label for label in USUAL_STATUSES if folded(label) not in known]


def accompanied_in_words(chosen: Iterable[tuple[str, int]]) -> str:
    """« Accompagnent : Contrat en alternance (2) ; SOPA (1). »: how many members chose each, never who."""
    said = " ; ".join(f"{label} ({number})" for label, number in chosen)
    return f"Accompagnent : {said}." if said else ""
