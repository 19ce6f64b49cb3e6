"""The mail that says the questionnaire is open. One, never a reminder: whoever says nothing is left alone."""

from datetime import datetime

from collectifs.collectives.mails.foot import about_collective
from collectifs.collectives.queries.collectives import get_collective
from collectifs.kernel import clock
from collectifs.kernel.audit import ask
from collectifs.kernel.jobs.registry import does
from collectifs.kernel.mail.subject import subject_with
from collectifs.kernel.text.typography import long_date
from collectifs.people.mails.letters import page_url, send_letter
from collectifs.people.queries.people import get_user
from collectifs.report.domain.questionnaire import closes_on
from collectifs.report.domain.work import MailQuestionnaire
from collectifs.report.queries.questionnaire import has_answered, may_be_answered, to_ask


def open_questionnaires(*, now: datetime) -> None:
    """Ask for the mails to the members of collectives whose questionnaire opens, and write down that it was done."""
    for collective in to_ask(now):
        access = get_collective(collective.id)
        if access is not None and may_be_answered(access, now):
            collective.questionnaire_asked_at = now
            for user_id in sorted(access.member_ids & access.consent_ids):
                ask(MailQuestionnaire(user_id, collective.id))


@does
def questionnaire(mail: MailQuestionnaire) -> None:
    """Where to answer, and until when."""
    user, access, now = get_user(mail.user_id), get_collective(mail.collective_id), clock.now()
    if user is None or access is None or user.id not in access.member_ids or has_answered(user.id, access):
        return
    if not may_be_answered(access, now):
        return
    send_letter(
        "questionnaire",
        user,
        subject_with("{name} : six questions pour finir la saison", access.collective.name),
        collective=access.collective.name,
        day=long_date(closes_on(access.collective.season)),
        in_week=f"{access.collective.name}, jusqu’au {long_date(closes_on(access.collective.season))}",
        after=page_url("directory.after"),
        url=page_url("report.questionnaire", collective_id=access.collective.id),
        **about_collective(user.id, access.collective.id),
    )
