"""The mail of the week: what people asked to be told once, counted, with links; never a content.

Each mail that waited is asked again whether it would still leave: what is over, or was done meanwhile, is not told.
"""

from datetime import datetime

from collectifs.across.domain.week import latest_monday, lines_of
from collectifs.kernel.audit import ask
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do_at_once, does, mails_told, work_of
from collectifs.kernel.models import HeldMail
from collectifs.kernel.queries.mails import held_for, readers_held_before
from collectifs.kernel.work import MAILS, Choosable
from collectifs.people.domain.work import MailWeek
from collectifs.people.mails.letters import WEEK, Gathered, gathering, page_url, send_letter
from collectifs.people.queries.people import get_user


def tell_the_week(*, now: datetime) -> None:
    """Ask for the mails of the week, each once a week; nothing is asked for whom nothing waited."""
    monday = latest_monday(now)
    for user_id in readers_held_before(monday):
        user = get_user(user_id)
        if user is not None and (user.week_told_at is None or user.week_told_at < monday):
            user.week_told_at = now
            ask(MailWeek(user.id))


@does
def week(mail: MailWeek) -> None:
    """What waited and is still true, then nothing waits any more. When nothing is true any more, no mail leaves."""
    user, held = get_user(mail.user_id), held_for(mail.user_id)
    if user is None:
        return
    told, ids = mails_told(), [row.id for row in held]
    lines = lines_of(
        (kind, each.about, each.url)
        for each in _still_true(held)
        if isinstance(kind := told[f"{MAILS}{each.kind}"], Choosable)
    )
    if lines:
        send_letter(WEEK, user, "Votre semaine dans les collectifs", lines=lines, url=page_url("home.index"))
    for row in held_for(mail.user_id):
        if row.id in ids:
            db.session.delete(row)


def _still_true(held: list[HeldMail]) -> list[Gathered]:
    with gathering() as found:
        for row in held:
            do_at_once(work_of(row.kind, row.args))
    return found
