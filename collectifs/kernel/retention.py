"""How long each sealed text lives: one row per sealed table (a test fails for a table without one).

The reader is shown these words; the instants are computed where the facts are. « effacé » holds for the backups
of the database too, from the next copy of the keys on: it forgets those that were destroyed.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from collectifs.kernel.seasons import season_ends_on

NOTES_DAYS = 30
NEVER_SUBMITTED = timedelta(days=365)
AFTER_SUBMISSION = timedelta(days=30)
SUBMITTED_YEARS = 5
DRAFTS_PERISH = "30 jours après la transmission, ou un an après le regroupement"


@dataclass(frozen=True)
class Retention:
    """What perishes, under which key it is sealed, and when, in the words that people read."""

    what: str
    sealed_under: str
    perishes: str


TABLE: dict[str, Retention] = {
    "meeting_events": Retention(
        "Les notes de la séance",
        "le regroupement",
        "quand la fiche est acceptée, au plus tard 30 jours après le regroupement",
    ),
    "situations": Retention(
        "Les situations proposées", "la situation", "le 31 août, ou quand la personne qui l’a écrite le veut"
    ),
    "synthesis_sheets": Retention("Le brouillon de la fiche", "les brouillons de la fiche", DRAFTS_PERISH),
    "sheet_versions": Retention("Les versions proposées", "les brouillons de la fiche", DRAFTS_PERISH),
    "objections": Retention("Les mots d’une objection", "les brouillons de la fiche", DRAFTS_PERISH),
    "submitted_sheets": Retention(
        "La fiche transmise", "la version transmise", "au retrait par le collectif, au plus tard cinq ans"
    ),
    "follow_ups": Retention("Ce que chaque personne a essayé, ou pas", "la série", "le 31 août de la saison"),
    "parked_items": Retention("Le pense-bête", "la série", "le 31 août de la saison, ou dès que quelqu’un le retire"),
    "remarks": Retention(
        "Les remarques de l’inspection et les réponses", "l’échange", "un an après la fin de la saison"
    ),
}


def situation_ends_on(season: int) -> date:
    """31 August of the season."""
    return season_ends_on(season)


def series_ends_on(season: int) -> date:
    """31 August of the season: the debriefs, the parking lot."""
    return season_ends_on(season)


def notes_end_at(meeting_ends_at: datetime) -> datetime:
    """At most 30 days after the meeting."""
    return meeting_ends_at + timedelta(days=NOTES_DAYS)


def draft_ends_at(meeting_ends_at: datetime, submitted_at: datetime | None) -> datetime:
    """30 days after submission; one year after the meeting when it was never submitted."""
    return submitted_at + AFTER_SUBMISSION if submitted_at else meeting_ends_at + NEVER_SUBMITTED


def submitted_ends_on(submitted_at: datetime) -> date:
    """Five years after submission, at most."""
    day = submitted_at.date()
    return day.replace(year=day.year + SUBMITTED_YEARS, day=min(day.day, 28))


def remarks_end_on(season: int) -> date:
    """One year after the end of the season."""
    return season_ends_on(season + 1)
