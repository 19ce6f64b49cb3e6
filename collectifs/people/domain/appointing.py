"""What may be granted to whom, on which territory; the statuses of those whom tutors accompany."""

from collections.abc import Iterable
from datetime import date

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.text.folding import folded
from collectifs.people.domain.person import Role

# Where French schools live: name on screen, clock.
TIMEZONES = {
    "Europe/Paris": "France métropolitaine (Paris)",
    "America/Guadeloupe": "Guadeloupe",
    "America/Martinique": "Martinique",
    "America/Cayenne": "Guyane",
    "Indian/Reunion": "La Réunion",
    "Indian/Mayotte": "Mayotte",
    "America/Miquelon": "Saint-Pierre-et-Miquelon",
    "Pacific/Noumea": "Nouvelle-Calédonie",
    "Pacific/Tahiti": "Polynésie française (Papeete)",
    "Pacific/Wallis": "Wallis-et-Futuna",
}
ZONES = ("A", "B", "C")
HOLDS_ALREADY = {
    Role.ADMINISTRATOR: "Cette personne administre déjà.",
    Role.PILOT: "Cette personne est déjà dans le vivier de ce territoire.",
    Role.MANAGER: "Cette personne gère déjà ce territoire.",
    Role.INSPECTOR: "Cette personne fait déjà partie de l’inspection de ce territoire.",
}


def check_has_no_role_yet(*, is_running: bool, role: Role, field: str) -> None:
    """The same role is not granted twice on a territory in a season."""
    if is_running:
        raise RuleBroken(HOLDS_ALREADY[role], field)


def check_is_somebody_else(*, is_oneself: bool, field: str) -> None:
    """Nobody names themselves: the administration must not open a way to the sheets for itself."""
    if is_oneself:
        raise RuleBroken("On ne se nomme pas soi-même : une autre personne de l’administration peut le faire.", field)


def check_is_in_no_collective(*, is_member: bool, field: str) -> None:
    """Nobody manages or inspects the collectives that they belong to."""
    if is_member:
        raise RuleBroken(
            "Cette personne est membre d’un collectif de ce territoire : elle ne peut pas aussi le gérer ou "
            "l’inspecter. Choisissez quelqu’un d’autre, ou un autre territoire.",
            field,
        )


def check_may_be_deputy(*, is_own_right: bool, is_deputy: bool, until: date, today: date, season_end: date) -> None:
    """Who is away names somebody who is not their deputy there yet, until a day of this season.

    `is_own_right`: who names inspects the territory themselves: a deputy names nobody in turn.
    """
    if not is_own_right:
        raise RuleBroken("Vous lisez ici à la place de quelqu’un : c’est à cette personne de nommer.", "territory")
    if is_deputy:
        raise RuleBroken("Cette personne lit déjà à votre place sur ce territoire.", "who")
    if not today < until <= season_end:
        raise RuleBroken("Choisissez un jour à venir, avant la fin de la saison.", "until")


def check_territory(code: str, timezone: str, *, code_is_taken: bool) -> None:
    """A code of its own, and a clock that is known."""
    if code_is_taken:
        raise RuleBroken("Un territoire porte déjà ce code.", "code")
    if timezone not in TIMEZONES:
        raise RuleBroken("Choisissez un fuseau horaire dans la liste.", "timezone")


# Of one season alone: in 2026-2027 those of the competitions at bac+3 and at bac+5 stand side by side. The two last are
# contracts: an assistant on the way to teaching, a first year without a competition.
STATUSES_OF = 2026
STATUSES_FROM = "devenirenseignant.gouv.fr, réforme du recrutement et de la formation initiale, octobre 2025"
USUAL_STATUSES = (
    "Élève fonctionnaire (M2E, première année)",
    "Fonctionnaire stagiaire à mi-temps",
    "Fonctionnaire stagiaire à temps plein",
    "Contractuel ou contractuelle alternante (M1, M2 MEEF)",
    "Stage d’observation et de pratique accompagnée (SOPA)",
    "Licence professorat des écoles (LPE)",
    "Assistant ou assistante d’éducation en préprofessionnalisation",
    "Contractuel ou contractuelle, première année",
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
    """« Accompagnent : Fonctionnaire stagiaire à mi-temps (2) ; SOPA (1). »: how many members chose each, never who."""
    said = " ; ".join(f"{label} ({number})" for label, number in chosen)
    return f"Accompagnent : {said}." if said else ""
