"""What is asked of the worker about collectives: who is invited, who comes, who pilots."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from collectifs.kernel.work import Always, Choosable, Mail, Why


class PilotNews(StrEnum):
    """What happens to a pilotship; « joins »: whoever is named was no member yet."""

    CO_PILOT = "co_pilot"
    CO_PILOT_JOINS = "co_pilot_joins"
    CO_PILOT_ENDED = "co_pilot_ended"
    HAND_OVER = "hand_over"
    HAND_OVER_JOINS = "hand_over_joins"
    HAND_OVER_ENDED = "hand_over_ended"
    DEPUTY = "deputy"
    DEPUTY_JOINS = "deputy_joins"
    DEPUTY_ENDED = "deputy_ended"

    @property
    def joining(self) -> "PilotNews":
        """The same, of somebody who joins the collective for it."""
        return self if self.joins or self.is_end else PilotNews(f"{self.value}_joins")

    @property
    def ended(self) -> "PilotNews":
        """Its end."""
        return self if self.is_end else PilotNews(f"{self.word}_ended")

    @property
    def word(self) -> str:
        """The news, whoever it is about: « co_pilot », « deputy_ended »."""
        return self.value.removesuffix("_joins")

    @property
    def joins(self) -> bool:
        """Whether they join the collective for it."""
        return self.value.endswith("_joins")

    @property
    def is_end(self) -> bool:
        """Whether it is over, or will not be."""
        return self.value.endswith("_ended")


@dataclass(frozen=True)
class MailInvitation(Mail):
    """A place in a collective, and the personal link that opens it."""

    told = Always("Votre invitation dans un collectif, avec votre lien personnel", Why.DOOR)

    user_id: UUID
    collective_id: UUID


@dataclass(frozen=True)
class MailCharterAsked(Mail):
    """To a member who accepted a former charter: the one of today asks more, and nothing opens before their yes."""

    told = Always("La charte demande davantage, et de nouveau votre accord", Why.DOOR)

    user_id: UUID
    collective_id: UUID


@dataclass(frozen=True)
class MailFrameAsked(Mail):
    """To a member: an adjustment of the frame waits for their yes."""

    told = Choosable("Un ajustement du cadre de votre collectif attend votre oui", "cadre à relire", "cadres à relire")

    user_id: UUID
    adjustment_id: UUID


@dataclass(frozen=True)
class MailMembershipRemoved(Mail):
    """To whoever was taken off; `membership_id` is None when the collective itself is gone."""

    told = Always("Votre place dans un collectif vous est retirée", Why.DOOR)

    user_id: UUID
    territory_id: UUID
    membership_id: UUID | None = None


@dataclass(frozen=True)
class MailMemberProposed(Mail):
    """To a pilot: somebody is proposed."""

    told = Choosable(
        "Si vous pilotez : une personne vous est proposée", "personne proposée", "personnes proposées", feminine=True
    )

    user_id: UUID
    proposal_id: UUID


@dataclass(frozen=True)
class MailNewcomer(Mail):
    """To a member: who joins."""

    told = Choosable("Une personne rejoint votre collectif", "personne arrivée", "personnes arrivées", feminine=True)

    user_id: UUID
    membership_id: UUID


@dataclass(frozen=True)
class MailPilotshipNamed(Mail):
    """To whoever will pilot, or run one meeting."""

    told = Always("Un collectif, ou un regroupement, vous est confié", Why.DOOR)

    user_id: UUID
    pilotship_id: UUID
    because: PilotNews


@dataclass(frozen=True)
class MailPilotshipTold(Mail):
    """To a member: who pilots, or does not."""

    told = Choosable(
        "Qui pilote votre collectif, ou anime un regroupement, change",
        "changement de pilote",
        "changements de pilote",
    )

    user_id: UUID
    pilotship_id: UUID
    because: PilotNews


@dataclass(frozen=True)
class MailPilotshipEnded(Mail):
    """To whoever pilots no more, or will not."""

    told = Always("Vous ne pilotez plus, ou n’animez plus un regroupement", Why.DOOR)

    user_id: UUID
    pilotship_id: UUID
