"""After: what a former member may say yes to, once a year, and nothing else is kept of them. Pure rules."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.seasons import season_of

ASKED_FROM_MONTH = 5  # in May, once the meetings are over
REMINDED_ON = (9, 15)  # at the latest; earlier when a call is open


class AfterWish(StrEnum):
    """What somebody would do again, or otherwise."""

    REMIND = "remind"
    SPONSOR = "sponsor"
    TESTIFY = "testify"
    LEAD = "lead"

    @property
    def label(self) -> str:
        """The French words."""
        return {
            "remind": "me rappeler l’an prochain",
            "sponsor": "parrainer une personne qui débute",
            "testify": "témoigner auprès de qui hésite",
            "lead": "animer un atelier",
        }[self.value]


def season_asked(today: date) -> int:
    """For which season a yes is said: from May on, the one to come."""
    return season_of(today) + (ASKED_FROM_MONTH <= today.month < 9)


def may_say(last_season: int | None, today: date) -> bool:
    """Whoever was a member in a season before the one that is asked about."""
    return last_season is not None and last_season < season_asked(today)


def check_wishes_after(wishes: Collection[AfterWish]) -> None:
    """A yes says to what."""
    if not wishes:
        raise RuleBroken("Choisissez au moins une chose, ou fermez cette page : rien n’est gardé.", "wishes")


def is_time_to_remind(today: date, *, has_open_call: bool) -> bool:
    """Once, when the season has begun: as a call opens, else in the middle of September."""
    return has_open_call or (today.month, today.day) >= REMINDED_ON or today.month < 9
