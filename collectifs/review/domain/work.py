"""What is asked of the worker for those who read."""

from dataclasses import dataclass
from uuid import UUID

from collectifs.kernel.work import Choosable, Mail


@dataclass(frozen=True)
class MailSheetsWait(Mail):
    """Which sheets nobody of the inspection has read: their number and their dates, never a content."""

    told = Choosable(
        "Des fiches transmises attendent une lecture (le lundi, s’il y en a)",
        "rappel des fiches qui attendent",
        "rappels des fiches qui attendent",
    )

    user_id: UUID
