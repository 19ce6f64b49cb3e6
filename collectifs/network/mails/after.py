"""The one reminder of a former member, which they asked for."""

from collectifs.kernel.jobs.registry import does
from collectifs.kernel.mail.subject import subject_with
from collectifs.network.domain.work import MailFormerReminded
from collectifs.network.queries.after import get_yes, wishes_of
from collectifs.people.mails.letters import answers_on, page_url, send_letter
from collectifs.people.queries.people import get_territory, get_user


@does
def former_reminded(mail: MailFormerReminded) -> None:
    """What they said yes to, and where to go on or to take it back."""
    user, row = get_user(mail.user_id), get_yes(mail.yes_id)
    territory = get_territory(row.territory_id) if row is not None else None
    if user is None or row is None or territory is None:
        return
    send_letter(
        "former_reminded",
        user,
        subject_with("{name} : une nouvelle saison, comme vous l’aviez demandé", territory.name),
        territory=territory.name,
        wishes=[each.label for each in wishes_of(row)],
        url=page_url("directory.after"),
        answers=answers_on(territory.id),
    )
