"""A call: when it is open, who passes it on, what is said of it. Pure rules, with the day handed in."""

from datetime import date
from enum import StrEnum

from collectifs.kernel.errors import RuleBroken


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


LONGEST_TEXT = 2000
LONGEST_INCITATION = 320  # it stands on the poster too, whole
CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # neither i, l, o nor 0 and 1: they are typed off a poster


def check_days(opens_on: date, closes_on: date, answers_on: date, meets_on: date | None) -> None:
    """In their order; the answer leaves time to read, the first meetings time to be told."""
    if closes_on < opens_on:
        raise RuleBroken("L’appel se ferme après son ouverture.", "closes_on")
    if answers_on <= closes_on:
        raise RuleBroken("La réponse vient après la fermeture.", "answers_on")
    if meets_on is not None and meets_on <= answers_on:
        raise RuleBroken("Les premiers regroupements viennent après la réponse.", "meets_on")


def check_testimonial(agreed_on: date, shown_until: date, today: date, season_ends: date) -> None:
    """Agreed to, and with an end, the season's at the latest."""
    if agreed_on > today:
        raise RuleBroken("L’accord a déjà été donné : ce jour est à venir.", "agreed_on")
    if shown_until < today:
        raise RuleBroken("Ce jour est passé : rien ne serait montré.", "shown_until")
    if shown_until > season_ends:
        raise RuleBroken("Une parole reste au plus tard jusqu’au 31 août de la saison.", "shown_until")
