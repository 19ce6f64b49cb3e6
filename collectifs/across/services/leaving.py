"""Leaving altogether: everything of somebody that may go goes at once; what papers must show stays until its date."""

from datetime import datetime

from sqlalchemy import delete

from collectifs.across.queries.own_data import live_situations_of
from collectifs.across.services.forgetting import erase_account, forget_belongings, forget_shells
from collectifs.collectives.queries.collectives import CollectiveAccess, accesses_to, belongings_of
from collectifs.collectives.services.collectives import check_leaving, leave_collective
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.meetings.models import MeetingEvent
from collectifs.meetings.services.situations import withdraw_situation
from collectifs.people.domain.person import Person, Role
from collectifs.people.models import User
from collectifs.sheets.models import FollowUp


def check_may_leave_altogether(*, now: datetime, by: Person) -> list[CollectiveAccess]:
    """The collectives to be left. Refused to the last pilot of one, and to an administrator, each with the way out."""
    if by.has(Role.ADMINISTRATOR):
        raise RuleBroken("Un compte d’administration se retire depuis le serveur : demandez-le à qui l’administre.")
    mine = list(accesses_to([each.id for each, is_in in belongings_of(by.id) if is_in]).values())
    for access in mine:
        check_leaving(access, now=now, by=by)
    return mine


def leave_altogether(*, now: datetime, by: Person) -> None:
    """One's situations, debriefs, private notes and account go; one's name stays on the attendance that is kept."""
    for access in check_may_leave_altogether(now=now, by=by):
        leave_collective(access, now=now, by=by)
    for situation in live_situations_of(by.id):
        withdraw_situation(situation, now=now, by=by)
    db.session.execute(delete(FollowUp).where(FollowUp.user_id == by.id))
    db.session.execute(delete(MeetingEvent).where(MeetingEvent.author_id == by.id, MeetingEvent.is_private))
    forget_belongings(now=now)
    erase_account(db.session.get_one(User, by.id), now=now)
    forget_shells()
