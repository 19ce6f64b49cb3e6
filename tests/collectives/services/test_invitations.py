"""Inviting more people, and inviting again."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from collectifs.collectives.domain.work import MailInvitation
from collectifs.collectives.queries.collectives import get_collective_facts, members_of
from collectifs.collectives.services.invitations import invite_again, invite_people
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent, Job
from collectifs.meetings.queries.meetings import has_met
from collectifs.people.domain.person import Degree
from collectifs.people.queries.people import guests_in
from tests import factories
from tests.asked import asked


@pytest.fixture
def by(app):
    return factories.person(factories.user("Sylvie"))


def guests(where, text):
    members = frozenset(member.user_id for member in members_of(where.id))
    return guests_in(text, where.territory_id, clock.now().date(), member_ids=members)


def invite(where, text, by):
    now = clock.now()
    people, is_met = guests(where, text), has_met(where.id, now)
    return invite_people(get_collective_facts(where.id), people, has_met=is_met, now=now, by=by)


def invited() -> list[UUID]:
    return [job.user_id for job in asked(MailInvitation)]


def test_more_people_come_before_the_first_meeting(by):
    where = factories.collective()
    assert invite(where, "Maud LE BIHAN <maud@a.example>\nJo DUPONT <jo@a.example>", by) == 2
    newcomers = {member.name: member for member in members_of(where.id)}
    assert newcomers["Maud Le Bihan"].degree is Degree.FIRST
    assert not newcomers["Maud Le Bihan"].has_accepted
    assert len(invited()) == 2


def test_a_member_is_not_invited_twice(by):
    maud = factories.user("Maud", "Le Bihan")
    where = factories.collective(members=[maud])
    with pytest.raises(RuleBroken, match="Personne n’est à inviter"):
        invite(where, maud.address, by)
    invite(where, f"{maud.address}\njo@a.example", by)
    assert maud.id not in invited()
    assert len(invited()) == 1


def test_somebody_who_left_may_come_back(by):
    maud = factories.user("Maud", "Le Bihan")
    where = factories.collective()
    factories.membership(maud, where, ends_at=clock.now() - timedelta(days=3))
    assert invite(where, maud.address, by) == 1


def begin(meeting) -> None:
    """The first gesture of a meeting."""
    factories.event(meeting, "meeting_started")


@pytest.mark.parametrize("hours", [-1, 100])
def test_nobody_enters_once_the_first_meeting_began(by, hours, moment):
    where = factories.collective()
    held = factories.meeting(where, starts_at=clock.now() - timedelta(hours=1))
    if hours < 0:
        begin(held)
    moment.shift(timedelta(hours=max(0, hours)))
    with pytest.raises(RuleBroken, match="premier regroupement a eu lieu"):
        invite(where, "maud@a.example", by)


def test_a_meeting_to_come_closes_nothing(by):
    where = factories.collective()
    factories.meeting(where)
    assert invite(where, "maud@a.example", by) == 1


def test_all_who_wait_are_invited_again(by):
    odile, maud, jo = factories.user("Odile"), factories.user("Maud"), factories.user("Jo")
    where = factories.collective(members=[odile])
    for newcomer in (maud, jo):
        factories.membership(newcomer, where, consents=False)
    assert invite_again(get_collective_facts(where.id), user_id=None, by=by) == 2
    assert set(invited()) == {maud.id, jo.id}
    kinds = list(db.session.scalars(select(AuditEvent.kind)))
    assert kinds == ["member_invited_again", "member_invited_again"]


def test_an_invitation_that_has_not_left_is_not_doubled(by):
    maud = factories.user("Maud")
    where = factories.collective()
    factories.membership(maud, where, consents=False)
    facts = get_collective_facts(where.id)
    for _ in range(2):
        invite_again(facts, user_id=maud.id, by=by)
    assert invited() == [maud.id]
    db.session.scalars(select(Job)).one().state = "done"
    db.session.flush()
    invite_again(facts, user_id=maud.id, by=by)
    assert invited() == [maud.id] * 2


def test_who_accepted_or_is_not_there_is_not_invited_again(by):
    odile, stranger = factories.user("Odile"), factories.user("Jo")
    where = factories.collective(members=[odile])
    facts = get_collective_facts(where.id)
    with pytest.raises(RuleBroken, match="déjà accepté"):
        invite_again(facts, user_id=odile.id, by=by)
    with pytest.raises(RuleBroken, match="pas, ou n’est plus"):
        invite_again(facts, user_id=stranger.id, by=by)
    assert invited() == []
