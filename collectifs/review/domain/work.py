"""What is asked of the worker for those who read."""

from dataclasses import dataclass
from uuid import UUID

from collectifs.kernel.work import Choosable, Mail, Work


@dataclass(frozen=True)
class MailSheetsWait(Mail):
    """Which sheets nobody of the inspection has read: their number and their dates, never a content."""

    told = Choosable(
        "Des fiches transmises attendent une lecture (le lundi, s’il y en a)",
        "rappel des fiches qui attendent",
        "rappels des fiches qui attendent",
    )

    user_id: UUID


@dataclass(frozen=True)
class MakeSheetExport(Work):
    """Open the sheets of an export, write them in one file, and seal it."""

    export_id: UUID


@dataclass(frozen=True)
class MailExportReady(Mail):
    """What somebody asked for in one file is ready."""

    told = Choosable("Un fichier de fiches que vous avez demandé est prêt", "fichier prêt", "fichiers prêts")

    user_id: UUID
    export_id: UUID
