"""Every mail of tutoring, for tests/every_mail.py."""

from typing import Any

from collectifs.kernel.work import Mail
from collectifs.tutoring.domain.work import MailNotebookEnds, MailTutoringEntrusted


def about_tutoring(here: Any) -> list[Mail]:
    """To the head and to a volunteer; that a notebook ends."""
    head, tutor, programme = here.people["other_pilot"], here.people["other_member"], here.ids["programme_id"]
    return [
        MailTutoringEntrusted(head.id, programme),
        MailTutoringEntrusted(tutor.id, programme),
        MailNotebookEnds(here.ids["notebook_id"]),
    ]
