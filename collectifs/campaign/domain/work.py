"""What is asked of the worker in a campaign. Candidates have no account: their mails name a candidacy."""

from dataclasses import dataclass
from uuid import UUID

from collectifs.kernel.work import Always, Mail, Why, Work


@dataclass(frozen=True)
class ComposeDraft(Work):
    """Look for collectives, a slice at a time: each slice asks for the next, so that a lost worker loses one."""

    draft_id: UUID


@dataclass(frozen=True)
class PublishDraft(Work):
    """Make the collectives of a draft to which somebody said yes, unless they took it back."""

    draft_id: UUID


@dataclass(frozen=True)
class OfferPlaces(Work):
    """Offer each place that freed on a call to the next of its waiting list, unless somebody is asked already."""

    call_id: UUID


@dataclass(frozen=True)
class MailCandidacyPlace(Mail):
    """To somebody of the waiting list: a place freed, which is theirs if they say yes within the delay."""

    told = Always("Une place vous est proposée", Why.DELAY)

    offer_id: UUID


@dataclass(frozen=True)
class MailCandidacyLink(Mail):
    """To whoever gave an address on the page of a call: the link that proves it, or the same link again."""

    told = Always("Le lien de votre candidature", Why.DOOR)

    candidacy_id: UUID


@dataclass(frozen=True)
class MailCandidacyReceived(Mail):
    """That a candidacy is complete: what happens, when, and how to change or withdraw it."""

    told = Always("Votre candidature est reçue", Why.DOOR)

    candidacy_id: UUID


@dataclass(frozen=True)
class MailCandidacyAnswered(Mail):
    """What the training service answers: retained, waiting list, or no, with its sentence."""

    told = Always("La réponse à votre candidature", Why.DOOR)

    candidacy_id: UUID


@dataclass(frozen=True)
class MailCandidacyWaits(Mail):
    """To somebody who began and did not finish: the call closes soon. Once."""

    told = Always("Un appel se ferme, et votre candidature n’est pas complète", Why.DELAY)

    candidacy_id: UUID


@dataclass(frozen=True)
class MailCandidacyWithdrawn(Mail):
    """That a candidacy is withdrawn and its answers erased; the address goes once this has left."""

    told = Always("Votre candidature est retirée", Why.DOOR)

    candidacy_id: UUID


@dataclass(frozen=True)
class MailCandidacyAddress(Mail):
    """Another address was given: to that one the link that proves it, to the present one that it was asked."""

    told = Always("Une autre adresse pour votre candidature", Why.ACCOUNT)

    candidacy_id: UUID
    to_new: bool


@dataclass(frozen=True)
class MailOpeningLink(Mail):
    """To an address that was left before a call opens: the link that confirms it, or takes it back."""

    told = Always("Confirmer que vous voulez être prévenu ou prévenue d’un appel", Why.DOOR)

    notice_id: UUID


@dataclass(frozen=True)
class MailCallOpens(Mail):
    """That the call opens, to an address that was left for this; it goes once this has left."""

    told = Always("Un appel est ouvert, comme vous avez demandé à le savoir", Why.DELAY)

    notice_id: UUID
