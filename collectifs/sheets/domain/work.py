"""What is asked of the worker about sheets: who is to read them, and what became of them."""

from dataclasses import dataclass
from uuid import UUID

from collectifs.kernel.work import Always, Choosable, Mail, Why, Work


@dataclass(frozen=True)
class RenderVersion(Work):
    """The outputs of a version, once it is put to the collective."""

    version_id: UUID


@dataclass(frozen=True)
class RenderCopy(Work):
    """Those of what the institution received: its own paper, and the collective's under its new date."""

    submitted_id: UUID


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

    told = Always("Une fiche attend votre lecture avant une date", Why.DELAY)


@dataclass(frozen=True)
class MailSheetAcceptedInRoom(MailOfProposal):
    """A sheet was read and accepted in the room; each may still object."""

    told = Always("Une fiche a été acceptée en séance, vous pouvez encore vous y opposer", Why.DELAY)


@dataclass(frozen=True)
class MailSheetWithdrawn(MailOfSheet):
    """A sheet was withdrawn."""

    told = Choosable("Une fiche est retirée", "fiche retirée", "fiches retirées", feminine=True)


@dataclass(frozen=True)
class MailRemark(MailOfSheet):
    """The inspection wrote to the collective."""

    told = Choosable(
        "L’inspection écrit une remarque sur une fiche",
        "remarque de l’inspection",
        "remarques de l’inspection",
        feminine=True,
    )


@dataclass(frozen=True)
class MailSheetWaits(MailOfSheet):
    """To whoever writes it: an objection to answer, or nothing missing but their click."""

    told = Choosable(
        "Si vous pilotez : une fiche est retenue, ou peut être transmise",
        "fiche à reprendre ou à transmettre",
        "fiches à reprendre ou à transmettre",
        feminine=True,
    )


@dataclass(frozen=True)
class MailPresenterAwaited(Mail):
    """To whoever presented: a question waits for them. Who that is stands sealed in the sheet alone."""

    told = Always("Une question ne se pose qu’à vous, après votre exposé", Why.ALONE)

    sheet_id: UUID
