"""A call: when it is open, who passes it on, what is said of it. Pure rules, with the day handed in."""

from datetime import date
from enum import StrEnum


class CallState(StrEnum):
    """Where a call stands on a day."""

    DRAFT = "draft"
    SOON = "soon"
    OPEN = "open"
    CLOSED = "closed"
    PAUSED = "paused"

    @property
    def label(self) -> str:
        """As the margin of the page says it."""
        return {
            "draft": "pas encore publié",
            "soon": "bientôt",
            "open": "ouvert",
            "closed": "clos",
            "paused": "suspendu",
        }[self.value]


class PartnerKind(StrEnum):
    """What passes a call on."""

    SCHOOL = "school"
    INSPE = "inspe"
    DISTRICT = "district"
    INSTITUTION = "institution"
    POSTER = "poster"

    @property
    def label(self) -> str:
        """The French word."""
        return {
            "school": "école ou établissement",
            "inspe": "INSPÉ",
            "district": "circonscription",
            "institution": "institution",
            "poster": "affiche",
        }[self.value]


class SaidBy(StrEnum):
    """Whose words a testimonial holds."""

    TUTOR = "tutor"
    ACCOMPANIED = "accompanied"

    @property
    def label(self) -> str:
        """The French word, epicene."""
        return {"tutor": "une personne qui accompagne", "accompanied": "une personne accompagnée"}[self.value]


def state_of_call(opens_on: date, closes_on: date, *, is_published: bool, is_paused: bool, today: date) -> CallState:
    """Where a call stands. It is open on both its first and its last day."""
    if not is_published:
        return CallState.DRAFT
    if today > closes_on:
        return CallState.CLOSED
    if is_paused:
        return CallState.PAUSED
    return CallState.SOON if today < opens_on else CallState.OPEN
