"""Mails about who comes after the first meeting: the question to the pilot, then the news to every member."""

from collectifs.collectives.domain.work import MailMemberProposed, MailNewcomer
from collectifs.collectives.mails.foot import about_collective
from collectifs.collectives.queries.collectives import get_collective
from collectifs.collectives.queries.newcomers import get_membership_facts, get_proposal, membership_row
from collectifs.kernel.jobs.registry import does
from collectifs.kernel.mail.subject import subject_with
from collectifs.kernel.text.typography import day_and_month, long_date
from collectifs.people.mails.letters import page_url, send_letter
from collectifs.people.queries.people import get_user


@does
def member_proposed(mail: MailMemberProposed) -> None:
    """Somebody is proposed: the pilot reads who on the page, and answers there."""
    user, asked = get_user(mail.user_id), get_proposal(mail.proposal_id)
    if user is None or asked is None or asked.proposal.agreed is not None or user.id not in asked.access.pilot_ids:
        return
    proposed_at = asked.proposal.proposed_at.astimezone(asked.access.zone)
    send_letter(
        "member_proposed",
        user,
        subject_with(
            f"{{name}} : une personne vous est proposée, {day_and_month(proposed_at)}", asked.access.collective.name
        ),
        collective=asked.access.collective.name,
        day=long_date(proposed_at.date()),
        in_week=f"{asked.access.collective.name}, proposée le {long_date(proposed_at.date())}",
        url=page_url("collectives.answer_proposal", proposal_id=asked.proposal.id),
        **about_collective(user.id, asked.access.collective.id),
    )


@does
def newcomer(mail: MailNewcomer) -> None:
    """Who joins the collective, and from when."""
    user, joins = get_user(mail.user_id), get_membership_facts(mail.membership_id)
    access = get_collective(joins.collective.id) if joins else None
    if user is None or joins is None or access is None or user.id not in access.member_ids:
        return
    since = membership_row(joins.id).starts_at.astimezone(access.zone)
    send_letter(
        "newcomer",
        user,
        subject_with(f"{{name}} : une personne rejoint le collectif, {day_and_month(since)}", joins.collective.name),
        collective=joins.collective.name,
        name=joins.name,
        day=long_date(since.date()),
        in_week=f"{joins.collective.name}, à partir du {long_date(since.date())}",
        url=page_url("collectives.show", collective_id=joins.collective.id),
        **about_collective(user.id, joins.collective.id),
    )
