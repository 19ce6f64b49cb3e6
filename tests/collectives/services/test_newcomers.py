"""Somebody comes after the first meeting, changes collective, comes back: whose yes, who is told, what stays."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from collectifs.collectives.domain.work import MailInvitation, MailMemberProposed, MailNewcomer
from collectifs.collectives.models import CharterConsent, Membership, MembershipProposal
from collectifs.collectives.permissions import can_take_part
from collectifs.collectives.queries.collectives import belongings_of, get_collective, get_collective_facts, members_of
from collectifs.collectives.queries.newcomers import get_membership_facts, get_proposal, proposals_to
from collectifs.collectives.services.collectives import accept_charter, leave_collective
from collectifs.collectives.services.invitations import invite_people
from collectifs.collectives.services.newcomers import answer_proposal, propose_member
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent
from collectifs.meetings.models import Attendance
from collectifs.meetings.queries.meetings import has_met
from collectifs.meetings.services.planning import move_member
from collectifs.people.domain.person import Role
from tests import factories
from tests.asked import asked, told
from tests.collectives.services.test_invitations import guests

JO = "Jo DUPONT <jo@academie.example>"


@pytest.fixture
def sylvie(place):
    who = factories.user("Sylvie", "Montagnac")
    factories.grant(who, Role.MANAGER, place)
    return factories.person(who)


@pytest.fixture
def tilleuls(place, helene, maud):
    """A collective that met a week ago."""
    where = factories.collective(place, pilot=helene, members=[maud], name="Les Tilleuls")
    factories.meeting(where, starts_at=clock.now() - timedelta(days=7))
    return where


def propose(where, by, who=JO, **values) -> MembershipProposal:
    now = clock.now()
    return propose_member(get_collective_facts(where.id), who, has_met=has_met(where.id, now), now=now, by=by, **values)


def answer(proposal, by, *, agreed) -> None:
    answer_proposal(get_proposal(proposal.id), agreed=agreed, now=clock.now(), by=factories.person(by))
    db.session.flush()


def names(where) -> list[str]:
    return [member.name for member in members_of(where.id)]


def refused(where, by, who, field="who", **values) -> str:
    with pytest.raises(RuleBroken) as refusal:
        propose(where, by, who, **values)
    assert refusal.value.field == field
    assert not db.session.scalars(select(MembershipProposal)).all()
    return refusal.value.sentence


# --- Proposing


def test_proposing_asks_the_pilot_and_invites_nobody(tilleuls, sylvie, helene):
    proposal = propose(tilleuls, sylvie)
    assert told(MailMemberProposed) == {helene.id}
    assert asked(MailInvitation) == []
    assert names(tilleuls) == ["Maud Le Bihan", "Hélène Marchadier"]
    assert (proposal.given_name, proposal.family_name, proposal.address) == ("Jo", "Dupont", "jo@academie.example")
    assert db.session.scalars(select(AuditEvent.kind)).all() == ["member_proposed"]


def test_somebody_is_proposed_once(tilleuls, sylvie):
    propose(tilleuls, sylvie)
    with pytest.raises(RuleBroken, match="Jo Dupont est déjà proposée à ce collectif"):
        propose(tilleuls, sylvie)


def test_a_member_is_not_proposed(tilleuls, sylvie, maud):
    assert refused(tilleuls, sylvie, maud.address) == "Maud Le Bihan est déjà membre de ce collectif."


@pytest.mark.parametrize("role", [Role.MANAGER, Role.INSPECTOR])
def test_nobody_of_the_hierarchy_is_proposed(tilleuls, sylvie, place, role):
    agnes = factories.user("Agnès", "Roussel")
    factories.grant(agnes, role, place)
    assert refused(tilleuls, sylvie, f"Agnès ROUSSEL <{agnes.address}>").startswith(
        "Agnès Roussel appartient à la hiérarchie de ce territoire"
    )


def test_a_doubtful_address_is_asked_about_once(tilleuls, sylvie):
    typed = "Jo DUPONT <jo@gmial.com>"
    assert "jo@gmail.com" in refused(tilleuls, sylvie, typed)
    assert propose(tilleuls, sylvie, typed, is_sure=True).address == "jo@gmial.com"


def test_before_the_first_meeting_nobody_needs_a_yes(place, sylvie):
    where = factories.collective(place)
    factories.meeting(where)
    assert "invitez cette personne directement" in refused(where, sylvie, JO, field=None)


# --- Answering


def test_a_yes_invites_and_tells_every_member_who_comes(tilleuls, sylvie, helene, maud):
    proposal = propose(tilleuls, sylvie)
    answer(proposal, helene, agreed=True)
    [invited] = asked(MailInvitation)
    assert "Jo Dupont" in names(tilleuls)
    assert told(MailNewcomer) == {maud.id}
    assert invited.user_id not in told(MailNewcomer)
    [facts] = proposals_to(tilleuls.id)
    assert (facts.name, facts.agreed) == ("Jo Dupont", True)
    jo = next(member for member in members_of(tilleuls.id) if member.name == "Jo Dupont")
    assert not jo.has_accepted


def test_a_no_erases_the_name_and_tells_nobody(tilleuls, sylvie, helene):
    proposal = propose(tilleuls, sylvie)
    answer(proposal, helene, agreed=False)
    assert (proposal.given_name, proposal.family_name, proposal.address) == ("", "", "")
    assert proposals_to(tilleuls.id)[0].agreed is False
    assert asked(MailInvitation) == asked(MailNewcomer) == []
    assert "Jo Dupont" not in names(tilleuls)
    assert propose(tilleuls, sylvie).agreed is None  # another time may be the right one


def test_the_first_answer_counts(tilleuls, sylvie, helene):
    proposal = propose(tilleuls, sylvie)
    answer(proposal, helene, agreed=False)
    with pytest.raises(RuleBroken, match="a déjà reçu sa réponse : non"):
        answer(proposal, helene, agreed=True)
    assert "Jo Dupont" not in names(tilleuls)


def test_whoever_entered_the_hierarchy_in_between_does_not_come_in(tilleuls, sylvie, helene, place):
    jo = factories.user("Jo", "Dupont", address="jo@academie.example")
    proposal = propose(tilleuls, sylvie)
    factories.grant(jo, Role.INSPECTOR, place)
    with pytest.raises(RuleBroken, match="appartient à la hiérarchie"):
        answer(proposal, helene, agreed=True)
    assert proposal.agreed is None


# --- Changing collective


def membership_of(who, where) -> Membership:
    query = select(Membership).where(Membership.user_id == who.id, Membership.collective_id == where.id)
    return db.session.scalars(query.order_by(Membership.starts_at.desc())).first()


def move(who, where, to, by) -> bool:
    found = get_membership_facts(membership_of(who, where).id)
    done = move_member(found, get_collective_facts(to.id), now=clock.now(), by=by)
    db.session.flush()
    return done


def test_moving_before_the_first_meeting_is_done_at_once(tilleuls, place, sylvie, maud):
    lavoir = factories.collective(place, name="Le Lavoir")
    assert move(maud, tilleuls, lavoir, sylvie)
    assert "Maud Le Bihan" not in names(tilleuls)
    assert "Maud Le Bihan" in names(lavoir)
    assert not can_take_part(factories.person(maud), get_collective(lavoir.id))
    assert told(MailInvitation) == {maud.id}
    assert [row.name for row, is_present in belongings_of(maud.id) if not is_present] == ["Les Tilleuls"]


def test_presences_stay_where_they_were(tilleuls, place, sylvie, maud):
    held = factories.meeting(tilleuls, number=2, starts_at=clock.now() - timedelta(days=1))
    factories.add(Attendance(meeting_id=held.id, user_id=maud.id, state="present", marked_at=held.starts_at))
    move(maud, tilleuls, factories.collective(place), sylvie)
    assert [row.meeting_id for row in db.session.scalars(select(Attendance))] == [held.id]
    assert membership_of(maud, tilleuls).ends_at == clock.now()


def test_moving_to_a_collective_that_met_waits_for_its_pilot(tilleuls, place, sylvie, helene):
    odile = factories.user("Odile", "Ferrand")
    lavoir = factories.collective(place, name="Le Lavoir", members=[odile])
    assert not move(odile, lavoir, tilleuls, sylvie)
    assert "Odile Ferrand" in names(lavoir)
    [proposal] = db.session.scalars(select(MembershipProposal))
    answer(proposal, helene, agreed=True)
    assert "Odile Ferrand" not in names(lavoir)
    assert "Odile Ferrand" in names(tilleuls)


def test_whoever_pilots_stays_where_they_pilot(tilleuls, place, sylvie, helene):
    nadia = factories.user("Nadia", "Lopez")
    lavoir = factories.collective(place, name="Le Lavoir", pilot=nadia)
    with pytest.raises(RuleBroken, match="Nadia Lopez pilote ce collectif"):
        move(nadia, lavoir, tilleuls, sylvie)
    answer(propose(tilleuls, sylvie, nadia.address), helene, agreed=True)
    assert "Nadia Lopez" in names(lavoir)
    assert "Nadia Lopez" in names(tilleuls)


def test_nobody_moves_out_of_the_territory(tilleuls, sylvie, maud):
    elsewhere = factories.collective(factories.territory("Hautes-Sources"))
    with pytest.raises(RuleBroken, match="même territoire") as refusal:
        move(maud, tilleuls, elsewhere, sylvie)
    assert refusal.value.field == "collective"


# --- The charter, each time


def test_somebody_invited_again_accepts_the_charter_again(place, sylvie, maud, moment):
    where = factories.collective(place, members=[maud])
    person = factories.person(maud)
    leave_collective(get_collective(where.id), now=clock.now(), by=person)
    moment.shift(timedelta(days=3))
    people = guests(where, maud.address)
    invite_people(get_collective_facts(where.id), people, has_met=False, now=clock.now(), by=sylvie)
    assert not can_take_part(person, get_collective(where.id))
    assert [member.has_accepted for member in members_of(where.id) if member.user_id == maud.id] == [False]
    moment.shift(timedelta(minutes=1))
    accept_charter(get_collective(where.id), now=clock.now(), by=person)
    assert can_take_part(person, get_collective(where.id))
    [consent] = db.session.scalars(select(CharterConsent).where(CharterConsent.user_id == maud.id))
    assert consent.accepted_at == clock.now()
    assert all(is_present for _, is_present in belongings_of(maud.id))
