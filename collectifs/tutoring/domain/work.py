"""What is asked of the worker about tutoring."""

from dataclasses import dataclass
from uuid import UUID

from collectifs.kernel.work import Always, Mail, Why


@dataclass(frozen=True)
class MailTutoringEntrusted(Mail):
    """A programme is entrusted to its head, or a notebook waits for a tutor of it."""

    told = Always("Un programme de tutorat vous attend", Why.DOOR)

    user_id: UUID
    programme_id: UUID


@dataclass(frozen=True)
class MailNotebookEnds(Mail):
    """A notebook will be erased on 31 August: its paper may be printed until then."""

    told = Always("Votre carnet d’entretiens s’efface le 31 août", Why.DELAY)

    notebook_id: UUID
