"""Taking back and mending: who may be removed, which collective may be deleted, where an invitation stands."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from collectifs.kernel.errors import RuleBroken


class Standing(Enum):
    """Where somebody stands with an invitation, as whoever sent it needs to know."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    UNREACHED = "unreached"
    LEAVING_SOON = "leaving_soon"
    WAITING = "waiting"

    @property
    def label(self) -> str:
        """In words."""
        return {
            "accepted": "acceptée",
            "declined": "déclinée",
            "unreached": "pas arrivée",
            "leaving_soon": "invitation en partance",
            "waiting": "en attente",
        }[self.value]


@dataclass(frozen=True)
class Sendings:
    """The invitations of one person: when the first was asked for, how many came after it, the link opened or not."""

    invited_at: datetime
    reminders: int
    reminded_at: datetime | None
    opened_at: datetime | None


def standing_of(*, has_accepted: bool, has_declined: bool, is_unreached: bool, is_leaving_soon: bool) -> Standing:
    """What comes first: an answer, then a mail that does not arrive, then one that has not left."""
    found = {
        Standing.ACCEPTED: has_accepted,
        Standing.DECLINED: has_declined,
        Standing.UNREACHED: is_unreached,
        Standing.LEAVING_SOON: is_leaving_soon,
    }
    return next((standing for standing, holds in found.items() if holds), Standing.WAITING)


def check_may_be_removed(name: str, *, is_pilot: bool) -> None:
    """A collective keeps a pilot: whoever pilots hands over first."""
    if is_pilot:
        raise RuleBroken(
            f"{name} pilote ce collectif : nommez d’abord une autre personne, ou supprimez le collectif s’il est vide."
        )


def check_is_empty(*, has_consents: bool, has_meetings: bool) -> None:
    """Only what nobody has entered is deleted: no charter accepted, no date ever fixed."""
    if has_meetings:
        raise RuleBroken("Des regroupements sont déjà fixés : ce collectif ne peut plus être supprimé.")
    if has_consents:
        raise RuleBroken("Une personne a déjà accepté la charte : ce collectif ne peut plus être supprimé.")
