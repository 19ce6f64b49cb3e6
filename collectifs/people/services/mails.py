"""Which mails somebody wants at once, once a week, or never."""

from collections.abc import Mapping

from collectifs.kernel.audit import record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import mails_told
from collectifs.kernel.models import MailChoice
from collectifs.kernel.queries.mails import choices_of, held_for
from collectifs.kernel.work import Choosable, Pace
from collectifs.people.domain.person import Person
from collectifs.people.queries.people import get_user


def choose_paces(paces: Mapping[str, Pace], *, by: Person) -> None:
    """One's own pace for some kinds of mail. What waited of a kind that is muted is told no more."""
    told, user = mails_told(), get_user(by.id)
    if user is None or any(not isinstance(told.get(kind), Choosable) for kind in paces):
        raise RuleBroken("Un courriel qui part toujours ne se coupe pas.")
    chosen = choices_of(user.id)
    for kind, pace in paces.items():
        if kind in chosen and pace is Pace.NOW:
            db.session.delete(chosen[kind])
        elif kind in chosen:
            chosen[kind].pace = pace
        elif pace is not Pace.NOW:
            db.session.add(MailChoice(user_id=user.id, kind=kind, pace=pace))
    for row in held_for(user.id, [kind for kind, pace in paces.items() if pace is Pace.NEVER]):
        db.session.delete(row)
    record("mails_chosen", user, by=by)
