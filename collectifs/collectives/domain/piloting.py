"""Piloting: who takes over, who helps, who stands in for one meeting. Nobody is locked out by a qualification.

Source: founding text 004, § 1: the pilot is an experienced volunteer, *if possible* out of a vivier (PFA, PEMF,
CAFFA, CAFIPEMF, master de formateurs). A collective keeps a pilot; the private lane of one never passes to another.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from collectifs.kernel.endings import notes_end_at
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.seasons import season_ends_on
from collectifs.kernel.text.typography import join_names, short_date

ONE_DAY = timedelta(days=1)
ROOMS_OVERRUN = timedelta(hours=3)
PASSES = (
    "Le déroulé préparé, les dates, les lieux, les papiers.",
    "Les brouillons des fiches, et les notes que la séance partage, tant qu’elles ne sont pas effacées.",
    "Les situations envoyées : leurs autrices et leurs auteurs l’apprennent, et peuvent les retirer.",
)
NEVER_PASSES = (
    "La voie privée : les notes prises pour soi ne sont lues par personne d’autre, et s’effacent avec la séance.",
    "Les liens personnels : chaque personne garde le sien.",
    "Ce qui a déjà été lu dans le collectif : le logiciel ne note pas qui a lu quoi, ni quand.",
)
PASSES_TO_DEPUTY = (
    "Le déroulé préparé, la feuille de route, la main sur l’écran de la séance.",
    "Les situations envoyées pour ce regroupement : sans elles, on ne peut pas l’animer.",
    "La fiche de ce regroupement, à écrire dans les trente jours.",
)
NEVER_PASSES_TO_DEPUTY = (
    "La voie privée de votre pilote, et celle des autres séances.",
    "Les autres regroupements et leurs brouillons ; changer la date, ou annuler.",
    "Les liens personnels : chaque personne garde le sien.",
)


def local_day(now: datetime, zone: ZoneInfo) -> date:
    """The day where the collective lives: a pilotship begins and ends with it."""
    return now.astimezone(zone).date()


def is_running(starts_on: date, ends_on: date | None, today: date) -> bool:
    """Whether a pilotship holds on a day; it holds to the end of its last one."""
    return starts_on <= today and not is_over(ends_on, today)


def is_over(ends_on: date | None, today: date) -> bool:
    """Whether a pilotship is behind."""
    return ends_on is not None and ends_on < today


def deputy_ends_at(meeting_ends_at: datetime) -> datetime:
    """A deputy finishes the sheet while the notes live: until 30 days after the meeting."""
    return notes_end_at(meeting_ends_at)


def gives_rights(
    starts_on: date, ends_on: date | None, meeting_ends_at: datetime | None, now: datetime, zone: ZoneInfo
) -> bool:
    """Whether a pilotship gives its rights at this moment; a deputy's, for one meeting, ends with its notes."""
    if not is_running(starts_on, ends_on, local_day(now, zone)):
        return False
    return meeting_ends_at is None or now < deputy_ends_at(meeting_ends_at)


def deputy_still_chooses(meeting_ends_at: datetime, now: datetime) -> bool:
    """Whether the room may still choose a situation: afterwards a deputy reads only the one that was chosen."""
    return now < meeting_ends_at + ROOMS_OVERRUN


def check_pilots_not_yet(*, pilots_already: bool, field: str) -> None:
    """Naming somebody who pilots already changes nothing."""
    if pilots_already:
        raise RuleBroken("Cette personne pilote déjà ce collectif.", field)


def check_runs_it_not_yet(*, runs_already: bool, field: str) -> None:
    """Naming the same deputy twice changes nothing."""
    if runs_already:
        raise RuleBroken("Cette personne anime déjà ce regroupement.", field)


def check_is_another(*, is_same: bool, field: str) -> None:
    """One does not hand over to oneself."""
    if is_same:
        raise RuleBroken("Le relais passe d’une personne à une autre : choisissez quelqu’un d’autre.", field)


def chosen_day(day: date | None) -> date:
    """The day from which somebody takes over: there is one."""
    if day is None:
        raise RuleBroken("Choisissez un jour.", "day")
    return day


def check_day_of_hand_over(day: date, today: date, season: int) -> None:
    """From today on, and within the season."""
    if day < today:
        raise RuleBroken("Choisissez aujourd’hui, ou un jour à venir.", "day")
    last = season_ends_on(season)
    if day > last:
        raise RuleBroken(f"Choisissez un jour avant le {short_date(last)} : la saison finit ce jour-là.", "day")


def check_hands_over_what_they_hold(*, is_pilot: bool) -> None:
    """Only a pilotship that runs is handed over."""
    if not is_pilot:
        raise RuleBroken("Cette personne ne pilote plus ce collectif.", "of")


def check_no_hand_over_planned(successor: str, day: date | None) -> None:
    """One hand-over at a time: the planned one is called off first."""
    if day is not None:
        raise RuleBroken(
            f"Un relais est déjà prévu : {successor}, à partir du {short_date(day)}. Annulez-le d’abord.", "day"
        )


def check_meeting_can_be_run_by_another(meeting_ends_at: datetime, now: datetime, zone: ZoneInfo) -> None:
    """Before the meeting, or on its day."""
    if local_day(meeting_ends_at, zone) < local_day(now, zone):
        raise RuleBroken(
            "Ce regroupement est passé. Pour finir sa fiche à votre place, une personne peut piloter avec vous, "
            "ou prendre le relais."
        )


def check_collective_keeps_a_pilot(*, others: Sequence[str]) -> None:
    """Ending a pilotship leaves somebody who pilots, the charter accepted."""
    if not others:
        raise RuleBroken("Un collectif garde quelqu’un qui le pilote : passez d’abord le relais.")


def piloted_by(names: Sequence[str]) -> str:
    """« Hélène Marchadier pilote », « Hélène Marchadier et Maud Le Bihan pilotent ensemble »."""
    if not names:
        return "Personne ne pilote ce collectif"
    return f"{join_names(names)} {'pilote' if len(names) == 1 else 'pilotent ensemble'}"
