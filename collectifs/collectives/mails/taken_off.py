"""The mail to whoever was taken off a collective, or whose collective was deleted before it began."""

from uuid import UUID

from collectifs.collectives.domain.work import MailMembershipRemoved
from collectifs.collectives.queries.collectives import CollectiveAccess, get_collective
from collectifs.collectives.queries.newcomers import past_membership
from collectifs.kernel.jobs.registry import does
from collectifs.kernel.mail.subject import subject_with
from collectifs.kernel.text.typography import of
from collectifs.people.mails.letters import answers_on, page_url, send_letter
from collectifs.people.queries.people import get_territory, get_user


@does
def membership_removed(mail: MailMembershipRemoved) -> None:
    """The place is taken back; nobody who was invited anew since is told that they are not."""
    user, territory = get_user(mail.user_id), get_territory(mail.territory_id)
    row = past_membership(mail.membership_id) if mail.membership_id else None
    access = get_collective(row.collective_id) if row else None
    if user is None or territory is None or (access is not None and user.id in access.member_ids):
        return
    had_come = access is not None and row is not None and _accepted_in(access, row.id)
    subject = "{name} : vous n’en faites plus partie" if had_come else "{name} : votre invitation est annulée"
    send_letter(
        "membership_removed",
        user,
        subject_with(subject, access.collective.name if access else f"Collectif {of(territory.name)}"),
        collective=access.collective.name if access else "",
        territory=territory,
        had_come=had_come,
        url=page_url("account.left") if had_come else "",
        answers=answers_on(territory.id),
    )


def _accepted_in(access: CollectiveAccess, membership_id: UUID) -> bool:
    stay = next(each for each in access.memberships if each.id == membership_id)
    return any(given.accepted_at >= stay.starts_at for given in stay.consents)
