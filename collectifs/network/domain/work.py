"""What is asked of the worker about a day. Whoever registers has no account: mails name a registration."""

from dataclasses import dataclass
from uuid import UUID

from collectifs.kernel.work import Always, Mail, Why
from collectifs.network.domain.registration import SeatNews


@dataclass(frozen=True)
class MailRegistrationLink(Mail):
    """To whoever gave an address on the page of a day: the link that proves it, or the same link again."""

    told = Always("Le lien de votre inscription à une journée", Why.DOOR)

    registration_id: UUID


@dataclass(frozen=True)
class MailRegistrationReceived(Mail):
    """That a registration is confirmed: where, when, which workshops, and how to change or withdraw it."""

    told = Always("Votre inscription à une journée est confirmée", Why.DATE)

    registration_id: UUID


@dataclass(frozen=True)
class MailRegistrationWithdrawn(Mail):
    """That a registration is withdrawn and its choices erased; the address goes once this has left."""

    told = Always("Votre inscription à une journée est retirée", Why.DOOR)

    registration_id: UUID


@dataclass(frozen=True)
class MailPlaceOffered(Mail):
    """A place is free, and kept for 48 hours."""

    told = Always("Une place se libère dans un atelier", Why.DELAY)

    registration_id: UUID
    slot_id: UUID


@dataclass(frozen=True)
class MailSeatChanged(Mail):
    """A workshop is cancelled or has fewer places: what is left to somebody."""

    told = Always("Un atelier où vous aviez une place a changé", Why.DOOR)

    registration_id: UUID
    workshop_id: UUID
    because: SeatNews


@dataclass(frozen=True)
class MailEventMoved(Mail):
    """A day has another date, other hours or another place."""

    told = Always("Une journée change de date ou de lieu", Why.DATE)

    registration_id: UUID


@dataclass(frozen=True)
class MailEventCancelled(Mail):
    """A day does not take place."""

    told = Always("Une journée est annulée", Why.DATE)

    registration_id: UUID


@dataclass(frozen=True)
class MailHostLink(Mail):
    """To whoever leads a workshop: the link of their own page."""

    told = Always("Le lien de l’atelier que vous animez", Why.DOOR)

    workshop_id: UUID


@dataclass(frozen=True)
class MailPageProposed(Mail):
    """The page of a workshop waits to be read by somebody who was there, until an hour."""

    told = Always("La page d’un atelier attend votre lecture avant une date", Why.DELAY)

    registration_id: UUID
    workshop_id: UUID
    proposal_id: UUID


@dataclass(frozen=True)
class MailPageWithdrawn(Mail):
    """The page of a workshop was withdrawn: by whom is nobody's business."""

    told = Always("La page d’un atelier est retirée", Why.DOOR)

    registration_id: UUID
    workshop_id: UUID


@dataclass(frozen=True)
class MailRelayNamed(Mail):
    """To whoever is asked to answer for a programme or a territory: their link, and what a yes makes public."""

    told = Always("On vous propose d’être relais d’un programme", Why.DOOR)

    relay_id: UUID


@dataclass(frozen=True)
class MailRelayAsked(Mail):
    """Once a year, and once more when the season has begun: is the line right, do they go on?"""

    told = Always("Confirmer la ligne d’un programme dans l’annuaire", Why.ALONE)

    relay_id: UUID


@dataclass(frozen=True)
class MailFormerReminded(Mail):
    """To a former member who wanted it: a season begins. One, never another."""

    told = Always("Une nouvelle saison, si vous avez demandé qu’on vous la rappelle", Why.CHOSEN)

    user_id: UUID
    yes_id: UUID


@dataclass(frozen=True)
class MailRelayMessage(Mail):
    """What somebody wrote to a relay from the directory; its words stand in no job."""

    told = Always("Un message écrit depuis l’annuaire", Why.DOOR)

    message_id: UUID


@dataclass(frozen=True)
class MailDayReminder(Mail):
    """The day before: where to go, and at what time."""

    told = Always("Rappel, la veille d’une journée", Why.DATE)

    registration_id: UUID
