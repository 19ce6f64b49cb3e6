"""Who was there: the words of an attendance, when it may be ticked, who may be received as a guest, hours counted.

Sources: domain notes 2.3: the sheet carries title, date, half-day, hours, names, establishments, signatures; the
certificate carries dates and hours, never the content.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.keeping import SEASONS_KEPT
from collectifs.kernel.seasons import season_ends_on, season_of
from collectifs.kernel.text.folding import folded
from collectifs.kernel.text.typography import NBSP

MORNING_ENDS, AFTERNOON_BEGINS, EVENING_BEGINS = 12, 13, 18
MOST_GUESTS = 20


class AttendanceState(StrEnum):
    """What is noted of somebody expected at a meeting."""

    PRESENT = "present"
    LATE = "late"
    EXCUSED = "excused"
    ABSENT = "absent"
    UNMARKED = ""

    @property
    def label(self) -> str:
        """As it is ticked, in few words, of any gender."""
        return {
            "present": "Là",
            "late": "En retard",
            "excused": "A prévenu",
            "absent": "Pas là",
            "": "Non noté",
        }[self.value]

    @property
    def came(self) -> bool:
        """Whether the person was there, late or not: what a certificate counts."""
        return self in (AttendanceState.PRESENT, AttendanceState.LATE)


CAME = tuple(state for state in AttendanceState if state.came)


@dataclass(frozen=True)
class Mark:
    """What the form of the list says of one line: as it was shown, and as it is now ticked."""

    seen: AttendanceState
    chosen: AttendanceState

    @property
    def is_touched(self) -> bool:
        """Whether whoever saved the list changed this line: the others are left as somebody else may have set them."""
        return self.chosen is not self.seen


def can_be_ticked(starts_at: datetime, now: datetime, zone: ZoneInfo) -> bool:
    """From the day of the meeting on, on the clocks of the place."""
    return now.astimezone(zone).date() >= starts_at.astimezone(zone).date()


def check_can_be_ticked(starts_at: datetime, now: datetime, zone: ZoneInfo) -> None:
    """Nobody was there yet."""
    if not can_be_ticked(starts_at, now, zone):
        raise RuleBroken("Les présences se notent à partir du jour du regroupement.")


def check_is_not_cancelled(cancelled_at: datetime | None) -> None:
    """A cancelled meeting has no list."""
    if cancelled_at is not None:
        raise RuleBroken("Ce regroupement est annulé : il n’a pas de liste de présence.")


def check_guest(name: str, *, hierarchy: Iterable[str], on_the_list: Iterable[str], guests: int) -> None:
    """Somebody who may be received for one meeting. Names are compared without accents, capitals and order."""
    wanted = name_key(name)
    if not wanted:
        raise RuleBroken("Écrivez le prénom et le nom de la personne invitée.", "guest_name")
    if wanted in {name_key(each) for each in hierarchy}:
        raise RuleBroken(
            f"{name} appartient à la hiérarchie de ce territoire (gestion ou inspection) : une personne de la "
            "hiérarchie n’est pas reçue dans un collectif, la parole y est libre.",
            "guest_name",
        )
    if wanted in {name_key(each) for each in on_the_list}:
        raise RuleBroken(f"{name} est déjà dans la liste.", "guest_name")
    if guests >= MOST_GUESTS:
        raise RuleBroken(f"Cette liste compte déjà {MOST_GUESTS} personnes invitées.", "guest_name")


def name_key(name: str) -> frozenset[str]:
    """The words of a name, whatever their order: « LE BIHAN, Maud » is « Maud Le Bihan »; a title does not count."""
    return frozenset(folded(name).replace(".", " ").split()) - {"m", "mme", "mlle", "monsieur", "madame"}


def half_days(starts_at: datetime, ends_at: datetime) -> tuple[str, ...]:
    """The half-days of local hours: one column to sign for each. The hour of lunch belongs to none of its own."""
    if starts_at.hour >= EVENING_BEGINS:
        return ("soirée",)
    is_morning = starts_at.hour < MORNING_ENDS
    goes_on = ends_at > ends_at.replace(hour=AFTERNOON_BEGINS, minute=0)
    return (("matin",) if is_morning else ()) + (("après-midi",) if goes_on or not is_morning else ())


def minutes_between(starts_at: datetime, ends_at: datetime) -> int:
    """How long a meeting is planned to last."""
    return int((ends_at - starts_at) / timedelta(minutes=1))


def hours_in_figures(minutes: int) -> str:
    """« 2 heures », « 1 heure 30 », « 45 minutes », « 0 heure »: figures, as papers want them."""
    hours, rest = divmod(minutes, 60)
    if not hours and rest:
        return f"{rest}{NBSP}minutes"
    word = "heures" if hours > 1 else "heure"
    return f"{hours}{NBSP}{word}{f'{NBSP}{rest:02d}' if rest else ''}"


def hours_as_number(minutes: int) -> Decimal:
    """2, 1.5, 1.75: what a spreadsheet adds up."""
    return round(Decimal(minutes) / 60, 2).normalize()


def forgotten_on(day: date) -> date:
    """When an attendance is forgotten: on 31 August, five years after the season of that day."""
    return season_ends_on(season_of(day) + SEASONS_KEPT)


def check_keeps_a_right(before: AttendanceState, after: AttendanceState, *, is_member: bool) -> None:
    """Whoever was there may withdraw the sheet even after leaving: nobody takes that away by a correction."""
    if before.came and not after.came and not is_member:
        raise RuleBroken(
            "Cette personne a quitté le collectif : avoir été là lui donne encore le droit de relire et de retirer "
            "la fiche. Sa présence ne s’enlève plus."
        )
