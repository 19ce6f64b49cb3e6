"""What is asked of the worker at the end of a season."""

from dataclasses import dataclass
from uuid import UUID

from collectifs.kernel.work import Choosable, Mail


@dataclass(frozen=True)
class MailQuestionnaire(Mail):
    """To a member: six questions, once; nobody is reminded."""

    told = Choosable("Six questions vous sont posées à la fin de la saison", "questionnaire", "questionnaires")

    user_id: UUID
    collective_id: UUID
