"""What is asked of the worker about sheets: who is to read them, and what became of them."""

from dataclasses import dataclass
from uuid import UUID

from collectifs.kernel.work import Mail


@dataclass(frozen=True)
class MailOfSheet(Mail):
    """A mail to a reader of a sheet: one of those below."""

    user_id: UUID
    sheet_id: UUID


@dataclass(frozen=True)
class MailOfProposal(MailOfSheet):
    """A mail about what was put to the collective; without its id (the demonstration), what is put to it now."""

    proposal_id: UUID | None = None


@dataclass(frozen=True)
class MailSheetProposed(MailOfProposal):
    """A sheet waits to be read, until an hour."""


@dataclass(frozen=True)
class MailSheetAcceptedInRoom(MailOfProposal):
    """A sheet was read and accepted in the room; each may still object."""


@dataclass(frozen=True)
class MailSheetWithdrawn(MailOfSheet):
    """A sheet was withdrawn."""


@dataclass(frozen=True)
class MailRemark(MailOfSheet):
    """The inspection wrote to the collective."""


@dataclass(frozen=True)
class MailSheetWaits(MailOfSheet):
    """To whoever writes it: an objection to answer, or nothing missing but their click."""


@dataclass(frozen=True)
class MailPresenterAwaited(Mail):
    """To whoever presented: a question waits for them. Who that is stands sealed in the sheet alone."""

    sheet_id: UUID
