"""What is asked of the worker about the book."""

from dataclasses import dataclass
from uuid import UUID

from collectifs.kernel.work import Always, Choosable, Mail, Why, Work


@dataclass(frozen=True)
class MailBookPageAsked(Mail):
    """A page of the book waits for somebody's yes or no, until a day."""

    told = Always("On vous demande si une page peut être publiée", Why.DELAY)

    user_id: UUID
    entry_id: UUID


@dataclass(frozen=True)
class MailBookPageWithdrawn(Mail):
    """A printed page was withdrawn."""

    told = Choosable("Une page du recueil est retirée", "page retirée", "pages retirées", feminine=True)

    user_id: UUID
    entry_id: UUID


@dataclass(frozen=True)
class MailBookPageAskedRegistered(Mail):
    """The same, to somebody who was at a workshop, by the link of their registration."""

    told = Always("On vous demande si la page d’un atelier peut être publiée", Why.DELAY)

    registration_id: UUID
    entry_id: UUID


@dataclass(frozen=True)
class MailBookPageAskedHost(Mail):
    """The same, to whoever led the workshop, by their own link."""

    told = Always("On vous demande si la page de votre atelier peut être publiée", Why.DELAY)

    workshop_id: UUID
    entry_id: UUID


@dataclass(frozen=True)
class MailBookPageWithdrawnRegistered(Mail):
    """A printed page of their workshop was withdrawn."""

    told = Always("La page publiée d’un atelier est retirée", Why.DOOR)

    registration_id: UUID
    entry_id: UUID


@dataclass(frozen=True)
class MailBookPageWithdrawnHost(Mail):
    """The same, to whoever led the workshop."""

    told = Always("La page publiée de votre atelier est retirée", Why.DOOR)

    workshop_id: UUID
    entry_id: UUID


@dataclass(frozen=True)
class MailBookRemovalAsked(Mail):
    """To whoever edits the book: somebody asks that a printed page be withdrawn."""

    told = Always("Une personne demande le retrait d’une page publiée", Why.DELAY)

    user_id: UUID
    entry_id: UUID


@dataclass(frozen=True)
class MailBookUnpublished(Mail):
    """To whoever edits the book: too few collectives are left in it, it is no longer published."""

    told = Always("Un recueil n’est plus publié", Why.DOOR)

    user_id: UUID
    book_id: UUID


@dataclass(frozen=True)
class MailBookReminder(Mail):
    """Pages of a book still wait for somebody's yes or no."""

    told = Choosable("Votre réponse à une page du recueil manque", "réponse à donner", "réponses à donner", True)

    user_id: UUID
    book_id: UUID


@dataclass(frozen=True)
class RenderEdition(Work):
    """Make the files of an edition: text, EPUB, PDF of two sizes."""

    edition_id: UUID
