"""The mail of an invitation; its link is minted here, when it goes."""

from collectifs.collectives.domain.work import MailInvitation
from collectifs.collectives.queries.collectives import get_collective, get_collective_facts, members_of
from collectifs.kernel import clock
from collectifs.kernel.jobs.registry import does
from collectifs.kernel.mail.subject import subject_with
from collectifs.kernel.seasons import season_ends_on
from collectifs.kernel.text.typography import clock_time, short_date, weekday_and_month
from collectifs.meetings.queries.meetings import meetings_of, next_meeting
from collectifs.people.domain.sign_in import LinkPurpose
from collectifs.people.mails.letters import answers_on, page_url, send_letter
from collectifs.people.queries.contacts import scheme_of
from collectifs.people.queries.people import get_user
from collectifs.people.services.sign_in import mint_link, revoke_former_links


@does
def invitation(mail: MailInvitation) -> None:
    """A place in a collective, and the personal link that opens it."""
    user, facts = get_user(mail.user_id), get_collective_facts(mail.collective_id)
    found = get_collective(mail.collective_id)
    if user is None or facts is None or found is None or user.id not in found.member_ids:
        return
    token = mint_link(user, purpose=LinkPurpose.PERSONAL, now=clock.now(), collective=facts)
    meeting = next_meeting(meetings_of(facts.id), clock.now())
    subject = "{name} : votre invitation"
    if meeting:
        starts = meeting.starts_at.astimezone(found.zone)
        subject += f", {weekday_and_month(starts)} à {clock_time(starts)}"
    send_letter(
        "invitation",
        user,
        subject_with(subject, facts.name),
        collective=facts,
        meeting=meeting,
        pilots=[member.name for member in members_of(facts.id) if member.is_pilot and member.user_id != user.id],
        is_pilot=user.id in found.pilot_ids,
        until=short_date(season_ends_on(facts.season)),
        url=page_url("auth.link", token=token),
        references=scheme_of(facts.territory_id).references,
        answers=answers_on(facts.territory_id),
    )
    revoke_former_links(user, token=token, collective=facts, now=clock.now())
