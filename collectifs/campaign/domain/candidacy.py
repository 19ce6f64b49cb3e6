"""A candidacy: its life, the closed lists of its answers, what makes it complete."""

from enum import StrEnum


class CandidacyState(StrEnum):
    """Where a candidacy stands. Its person alone starts, confirms, completes and withdraws it."""

    STARTED = "started"
    CONFIRMED = "confirmed"
    COMPLETE = "complete"
    RETAINED = "retained"
    WAITING = "waiting"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    PLACED = "placed"

    @property
    def label(self) -> str:
        """As lists say it, of a candidacy."""
        return {
            "started": "commencée",
            "confirmed": "confirmée",
            "complete": "à examiner",
            "retained": "retenue",
            "waiting": "liste d’attente",
            "declined": "déclinée",
            "withdrawn": "retirée",
            "placed": "placée",
        }[self.value]


class WouldPilot(StrEnum):
    """Whether somebody would pilot a collective."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"

    @property
    def label(self) -> str:
        """The French word."""
        return {"yes": "oui", "maybe": "peut-être", "no": "non"}[self.value]


class HalfDay(StrEnum):
    """A half-day of the week on which somebody could meet. None ticked means « à discuter »."""

    MONDAY_MORNING = "mon_am"
    MONDAY_AFTERNOON = "mon_pm"
    TUESDAY_MORNING = "tue_am"
    TUESDAY_AFTERNOON = "tue_pm"
    WEDNESDAY_MORNING = "wed_am"
    WEDNESDAY_AFTERNOON = "wed_pm"
    THURSDAY_MORNING = "thu_am"
    THURSDAY_AFTERNOON = "thu_pm"
    FRIDAY_MORNING = "fri_am"
    FRIDAY_AFTERNOON = "fri_pm"

    @property
    def day(self) -> str:
        """« mercredi »."""
        return {"mon": "lundi", "tue": "mardi", "wed": "mercredi", "thu": "jeudi", "fri": "vendredi"}[self.value[:3]]

    @property
    def part(self) -> str:
        """« matin » or « après-midi »."""
        return "matin" if self.value.endswith("am") else "après-midi"

    @property
    def label(self) -> str:
        """« mercredi après-midi »."""
        return f"{self.day} {self.part}"


class WishKind(StrEnum):
    """What somebody asks about somebody else: together counts when both ask it; apart has no reason."""

    TOGETHER = "together"
    APART = "apart"

    @property
    def label(self) -> str:
        """As somebody reads their own wish."""
        return {"together": "avec", "apart": "sans"}[self.value]
