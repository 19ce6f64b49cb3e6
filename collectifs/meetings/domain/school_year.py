"""The calendar of a school year: holidays by zone, public holidays by territory. The only reader of both packages.

What the packages do not know is said to be unknown: no answer is better than a false one.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from jours_feries_france import JoursFeries
from vacances_scolaires_france import SchoolHolidayDates

MAINLAND = "Europe/Paris"
# Public holidays that are kept there only, by the clock of the territory (the package's own names).
OVERSEAS = {
    "America/Guadeloupe": "Guadeloupe",
    "America/Martinique": "Martinique",
    "America/Cayenne": "Guyane",
    "Indian/Reunion": "La Réunion",
    "Indian/Mayotte": "Mayotte",
    "America/Miquelon": "Saint-Pierre-et-Miquelon",
    "America/Marigot": "Saint-Martin",
    "America/St_Barthelemy": "Saint-Barthélémy",
    "Pacific/Noumea": "Nouvelle-Calédonie",
    "Pacific/Tahiti": "Polynésie Française",
    "Pacific/Wallis": "Wallis-et-Futuna",
}
# Holidays there that the package does not know: month, day, name; and the first year of a new one. Local assemblies
# decide them, and may change them: the sentence about what is not checked says so.
ALSO_THERE = {
    "Nouvelle-Calédonie": ((9, 24, "la fête de la citoyenneté"),),
    "Polynésie Française": ((3, 5, "l’arrivée de l’Évangile"), (11, 20, "Matari’i")),
    "Wallis-et-Futuna": ((4, 28, "la Saint-Pierre-Chanel"), (7, 29, "la fête du Territoire")),
}
SINCE = {"Matari’i": 2025}
# Whose schools follow no zone, and where two more days are holidays: codes and names of territories.
CORSICA = ({"20", "2A", "2B", "620", "720"}, ("corse",))
ALSACE_MOSELLE = ({"57", "67", "68", "057", "067", "068"}, ("alsace", "bas-rhin", "haut-rhin", "moselle", "strasbourg"))
NOT_MOSELLE = "meurthe"
BREAKS = {
    "Vacances de la Toussaint": "les vacances de la Toussaint",
    "Vacances de Noël": "les vacances de Noël",
    "Vacances d'hiver": "les vacances d’hiver",
    "Vacances de printemps": "les vacances de printemps",
    "Vacances d'été": "les vacances d’été",
    "Pont de l'Ascension": "le pont de l’Ascension",
}
FEASTS = {
    "Jour de Noël": "le jour de Noël",
    "2ème jour de Noël": "le lendemain de Noël",
    "Lundi de Pâques": "le lundi de Pâques",
    "Vendredi saint": "le Vendredi saint",
    "Ascension": "le jeudi de l’Ascension",
    "Lundi de Pentecôte": "le lundi de Pentecôte",
    "Assomption": "l’Assomption",
    "Toussaint": "la Toussaint",
    "Abolition de l'esclavage": "la commémoration de l’abolition de l’esclavage",
}
NOT_CHECKED = "Vacances scolaires : calendrier propre à l’académie, non vérifié ici."
NOT_CHECKED_OVERSEAS = (
    "Vacances scolaires : calendrier propre à l’académie, non vérifié ici. Jours fériés propres au territoire : "
    "à vérifier aussi."
)
NOT_PUBLISHED = "Vacances scolaires : le calendrier de cette date n’est pas connu ici, elle n’est pas vérifiée."


@dataclass(frozen=True)
class SchoolCalendar:
    """Which calendar the schools of a territory follow: a zone, or their own; and whose public holidays."""

    zone: str | None
    feasts: str = "Métropole"


def calendar_of(*, zone: str, timezone: str, code: str, name: str) -> SchoolCalendar:
    """The calendar of a territory. Corsica and overseas keep their own, whatever zone was ticked."""
    if timezone in OVERSEAS:
        return SchoolCalendar(None, OVERSEAS[timezone])
    if timezone != MAINLAND or _is_one_of(code, name, CORSICA):
        return SchoolCalendar(None)
    is_eastern = _is_one_of(code, name, ALSACE_MOSELLE) and NOT_MOSELLE not in name.lower()
    return SchoolCalendar(zone, "Alsace-Moselle" if is_eastern else "Métropole")


def school_break(day: date, calendar: SchoolCalendar) -> str | None:
    """« les vacances d’hiver de la zone B », on a day of that zone's holidays."""
    row = _breaks().data.get(day) if calendar.zone else None
    if row is None or not row[f"vacances_zone_{str(calendar.zone).lower()}"]:
        return None
    name = str(row["nom_vacances"])
    return f"{BREAKS.get(name, name)} de la zone {calendar.zone}"


def public_holiday(day: date, calendar: SchoolCalendar) -> str | None:
    """« le lundi de Pâques », « le 11 novembre »: the name of a public holiday of the territory."""
    for name, feast in JoursFeries.for_year(day.year, calendar.feasts).items():
        if feast == day:
            return FEASTS.get(name, f"le {name}")
    for month, number, name in ALSO_THERE.get(calendar.feasts, ()):
        if (day.month, day.day) == (month, number) and day.year >= SINCE.get(name, day.year):
            return name
    return None


def is_school_day(day: date, calendar: SchoolCalendar) -> bool:
    """From Monday to Friday, out of the holidays that are known here."""
    return day.weekday() < 5 and not school_break(day, calendar) and not public_holiday(day, calendar)


def what_is_not_checked(calendar: SchoolCalendar, day: date | None = None) -> str:
    """The sentence for a calendar, or a year, whose holidays are not known here; "" when they are."""
    if calendar.zone is None:
        return NOT_CHECKED_OVERSEAS if calendar.feasts in OVERSEAS.values() else NOT_CHECKED
    return NOT_PUBLISHED if day is not None and day > max(_breaks().data) else ""


def _is_one_of(code: str, name: str, known: tuple[set[str], tuple[str, ...]]) -> bool:
    codes, words = known
    return code.strip().upper() in codes or any(word in name.lower() for word in words)


@cache
def _breaks() -> SchoolHolidayDates:
    return SchoolHolidayDates()
