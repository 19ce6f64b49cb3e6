"""A manager takes back and mends: a person, a name, a proposal, a collective; who is told, and what is left."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from collectifs.collectives.domain.mending import Standing
from collectifs.collectives.domain.work import MailInvitation, MailMembershipRemoved
from collectifs.collectives.models import CharterConsent, Collective, Membership, MembershipProposal, Pilotship
from collectifs.collectives.queries.collectives import get_collective, get_collective_facts, members_of
from collectifs.collectives.queries.following import followed, told_elsewhere
from collectifs.collectives.queries.newcomers import get_membership_facts, get_proposal
from collectifs.collectives.services.collectives import leave_collective
from collectifs.collectives.services.invitations import invite_again, invite_people
from collectifs.collectives.services.mending import (
    cancel_proposal,
    check_deletion,
    delete_collective,
    remove_member,
    rename_collective,
)
from collectifs.collectives.services.newcomers import answer_proposal, propose_member
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from collectifs.kernel.models import AuditEvent
from collectifs.people.domain.person import Role
from collectifs.people.domain.sign_in import LinkPurpose, LinkState
from collectifs.people.mails import letters
from collectifs.people.models import PersonalLink
from collectifs.people.queries.people import guests_in, link_for_token
from collectifs.people.services.sign_in import enter_with_link, mint_link, state_of
from tests import factories
from tests.asked import asked, rows_of
from tests.collectives.services.test_invitations import guests


@pytest.fixture
def by(place):
    who = factories.user("Sylvie", "Montagnac")
    factories.grant(who, Role.MANAGER, place)
    return factories.person(who)


@pytest.fixture
def jo(app):
    return factories.user("Jo", "Dupont")


@pytest.fixture
def lavoir(place, helene, jo):
    """A collective that nobody has entered yet: Hélène would pilot, Jo is invited."""
    where = factories.collective(place, name="Le Lavoir", pilot=helene)
    db.session.execute(delete(CharterConsent))
    factories.membership(jo, where, consents=False, starts_at=clock.now())
    return where


def stay(who, where):
    row = db.session.scalars(
        select(Membership)
        .where(Membership.user_id == who.id, Membership.collective_id == where.id)
        .order_by(Membership.starts_at.desc())
    ).first()
    return get_membership_facts(row.id)


def remove(who, where, by):
    remove_member(stay(who, where), now=clock.now(), by=by)
    db.session.flush()


def kinds() -> list[str]:
    return list(db.session.scalars(select(AuditEvent.kind).order_by(AuditEvent.at, AuditEvent.id)))


def lines(where):
    return {each.name: each for each in followed(get_collective(where.id))}


# --- Removing


def test_whoever_is_removed_is_out_at_once_and_their_link_is_dead(lavoir, jo, by, moment):
    token = mint_link(jo, purpose=LinkPurpose.PERSONAL, now=clock.now(), collective=get_collective_facts(lavoir.id))
    elsewhere = factories.collective(name="L’Estuaire")
    other = mint_link(jo, purpose=LinkPurpose.PERSONAL, now=clock.now(), collective=get_collective_facts(elsewhere.id))
    db.session.flush()
    moment.shift(timedelta(minutes=1))
    remove(jo, lavoir, by)
    assert jo.id not in get_collective(lavoir.id).member_ids
    assert state_of(link_for_token(token), clock.now()) is LinkState.DEAD
    assert state_of(link_for_token(other), clock.now()) is LinkState.READY
    [mail] = asked(MailMembershipRemoved)
    assert mail.user_id == jo.id
    assert "member_removed" in kinds()


def test_an_invitation_that_waits_to_leave_goes_nowhere_once_its_person_is_removed(lavoir, jo, by, moment, monkeypatch):
    sent = []
    monkeypatch.setattr(letters, "deliver", sent.append)
    moment.shift(timedelta(minutes=1))
    remove(jo, lavoir, by)
    do(MailInvitation(jo.id, lavoir.id))
    assert sent == []


def test_whoever_pilots_is_not_removed(lavoir, helene, by):
    with pytest.raises(RuleBroken, match="Hélène Marchadier pilote ce collectif"):
        remove(helene, lavoir, by)
    assert helene.id in get_collective(lavoir.id).member_ids


def test_a_deputy_who_is_removed_runs_nothing_any_more(place, helene, maud, by):
    where = factories.collective(place, pilot=helene, members=[maud])
    factories.deputy(factories.meeting(where), maud)
    remove(maud, where, by)
    assert not get_collective(where.id).deputies


@pytest.mark.parametrize(("consents", "words"), [(False, "est annulée"), (True, "retiré votre place")])
def test_they_are_told_what_they_lose_and_no_more_once_invited_anew(place, jo, by, monkeypatch, consents, words):
    sent = []
    monkeypatch.setattr(letters, "deliver", sent.append)
    where = factories.collective(place, name="Le Lavoir")
    factories.membership(jo, where, consents=consents)
    remove(jo, where, by)
    [mail] = asked(MailMembershipRemoved)
    do(mail)
    [message] = sent
    text = message.get_payload()[0].get_payload(decode=True).decode()
    assert words in " ".join(text.split())
    assert "Le Lavoir" in " ".join(text.split())
    factories.membership(jo, where, consents=False, starts_at=clock.now())
    do(mail)
    assert len(sent) == 1


# --- What became of the invitations


def test_each_line_says_sendings_reminders_the_link_opened_and_the_answer(place, by, moment):
    where = factories.collective(place, name="Le Lavoir")
    both = guests(where, "Maud LE BIHAN <maud@a.example>\nJo X <jo@a.example>")
    invite_people(get_collective_facts(where.id), both, has_met=False, now=clock.now(), by=by)
    invited_at = clock.now()
    maud = lines(where)["Maud Le Bihan"].member
    assert [line.standing for line in followed(get_collective(where.id))].count(Standing.LEAVING_SOON) == 2
    _leave_the_queue()
    moment.shift(timedelta(days=3))
    invite_again(get_collective_facts(where.id), user_id=maud.user_id, by=by)
    _leave_the_queue()
    reminded_at = clock.now()
    row = db.session.get_one(Membership, maud.membership_id)
    user = db.session.get_one(type(factories.user()), row.user_id)
    token = mint_link(user, purpose=LinkPurpose.PERSONAL, now=clock.now(), collective=get_collective_facts(where.id))
    db.session.flush()
    moment.shift(timedelta(hours=1))
    enter_with_link(link_for_token(token), label="Firefox", now=clock.now(), by=None)
    db.session.flush()
    line = lines(where)["Maud Le Bihan"]
    assert (line.sendings.invited_at, line.sendings.reminders, line.sendings.reminded_at) == (
        invited_at,
        1,
        reminded_at,
    )
    assert line.sendings.opened_at == clock.now()
    assert line.standing is Standing.WAITING
    other = lines(where)["Jo X"]
    assert (other.sendings.reminders, other.sendings.opened_at, other.standing) == (0, None, Standing.WAITING)


def _leave_the_queue() -> None:
    for row in rows_of(MailInvitation):
        row.state = "done"
    db.session.flush()


def test_whoever_declines_stays_on_a_line_and_whoever_left_or_was_removed_does_not(place, helene, maud, jo, by, moment):
    where = factories.collective(place, pilot=helene, members=[maud])
    namesake = factories.user("Inès", "Petit")
    for who in (jo, namesake):
        factories.membership(who, where, consents=False, starts_at=clock.now())
    moment.shift(timedelta(minutes=5))
    for who in (jo, maud):
        leave_collective(get_collective(where.id), now=clock.now(), by=factories.person(who))
    remove(namesake, where, by)
    found = lines(where)
    assert set(found) == {"Hélène Marchadier", "Jo Dupont"}
    assert found["Jo Dupont"].standing is Standing.DECLINED
    assert found["Jo Dupont"].member is None
    factories.membership(jo, where, consents=False, starts_at=clock.now())
    assert lines(where)["Jo Dupont"].standing is Standing.WAITING


def test_a_mail_that_came_back_is_said_on_the_line(lavoir, jo):
    jo.address_refused_at, jo.address_refusal = clock.now(), "5.1.1"
    db.session.flush()
    assert lines(lavoir)["Jo Dupont"].standing is Standing.UNREACHED


def test_somebody_in_another_collective_of_the_season_is_said_before_and_after(place, maud, jo, lavoir):
    factories.collective(place, members=[maud, jo], name="L’Estuaire")
    factories.collective(factories.territory("Hautes-Sources"), members=[jo], name="Le Secret")
    factories.collective(place, members=[maud], name="La Source", season=lavoir.season - 1)
    read = guests_in(f"{maud.address}\n{jo.address}\nx@a.example", place.id, clock.now().date())
    found = told_elsewhere(read, place.id, lavoir.season)
    both = "Le Lavoir, L’Estuaire et un collectif d’un autre territoire"
    assert [each.elsewhere for each in found] == ["L’Estuaire", both, ""]
    assert "Déjà dans L’Estuaire cette saison : cette personne serait dans deux collectifs." in found[0].remarks
    assert lines(lavoir)["Jo Dupont"].elsewhere == "L’Estuaire et un collectif d’un autre territoire"


# --- Renaming, deleting


def test_a_collective_is_renamed_to_a_free_name_or_to_its_own_written_otherwise(lavoir, place, by):
    factories.collective(place, name="Les Tilleuls")
    facts = get_collective_facts(lavoir.id)
    with pytest.raises(RuleBroken, match="existe déjà") as refusal:
        rename_collective(facts, name="les tilleuls", by=by)
    assert refusal.value.field == "name"
    rename_collective(facts, name="Le lavoir", by=by)
    assert get_collective_facts(lavoir.id).name == "Le lavoir"
    rename_collective(facts, name="Le lavoir", by=by)
    assert kinds().count("collective_renamed") == 1


def test_a_collective_that_nobody_entered_is_deleted_and_its_people_told(lavoir, helene, jo, place, by, monkeypatch):
    sent = []
    monkeypatch.setattr(letters, "deliver", sent.append)
    facts = get_collective_facts(lavoir.id)
    token = mint_link(jo, purpose=LinkPurpose.PERSONAL, now=clock.now(), collective=facts)
    db.session.flush()
    delete_collective(facts, by=by)
    db.session.flush()
    for table in (Collective, Membership, Pilotship, PersonalLink):
        assert db.session.scalars(select(table)).all() == []
    assert state_of(link_for_token(token), clock.now()) is LinkState.DEAD
    assert {mail.user_id for mail in asked(MailMembershipRemoved)} == {helene.id, jo.id}
    for mail in asked(MailMembershipRemoved):
        do(mail)
    assert len(sent) == 2
    assert "ne se fera pas" in sent[0].get_payload()[0].get_payload(decode=True).decode().replace("\n", " ")
    factories.collective(place, name="Le Lavoir")


@pytest.mark.parametrize("lived", ["charter", "date"])
def test_a_collective_that_began_to_live_is_not_deleted(lavoir, maud, by, lived):
    if lived == "charter":
        factories.membership(maud, lavoir)
    else:
        factories.meeting(lavoir, cancelled_at=clock.now())
    with pytest.raises(RuleBroken, match="ne peut plus être supprimé"):
        delete_collective(get_collective_facts(lavoir.id), by=by)
    with pytest.raises(RuleBroken):
        check_deletion(lavoir.id)
    assert len(members_of(lavoir.id)) >= 2


# --- Proposals


def test_a_proposal_that_waits_is_cancelled_and_nothing_of_it_is_left(place, helene, maud, by):
    where = factories.collective(place, pilot=helene, members=[maud])
    factories.meeting(where, starts_at=clock.now() - timedelta(days=7))
    proposed = propose_member(
        get_collective_facts(where.id), "Jo DUPONT <jo@a.example>", has_met=True, now=clock.now(), by=by
    )
    cancel_proposal(get_proposal(proposed.id), by=by)
    db.session.flush()
    assert db.session.scalars(select(MembershipProposal)).all() == []
    assert "member_proposal_cancelled" in kinds()


def test_a_proposal_that_was_answered_is_not_taken_back(place, helene, maud, by):
    where = factories.collective(place, pilot=helene, members=[maud])
    factories.meeting(where, starts_at=clock.now() - timedelta(days=7))
    proposed = propose_member(
        get_collective_facts(where.id), "Jo DUPONT <jo@a.example>", has_met=True, now=clock.now(), by=by
    )
    answer_proposal(get_proposal(proposed.id), agreed=True, now=clock.now(), by=factories.person(helene))
    with pytest.raises(RuleBroken, match="a déjà reçu sa réponse : oui"):
        cancel_proposal(get_proposal(proposed.id), by=by)
