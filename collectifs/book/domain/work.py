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
class RenderEdition(Work):
    """Make the files of an edition: text, EPUB, PDF of two sizes."""

    edition_id: UUID
