"""Somebody comes after the first meeting: proposed by a manager, answered by a pilot, told to every member."""

from datetime import datetime
from uuid import UUID

from collectifs.collectives.domain.composition import (
    check_comes_once,
    check_has_a_pilot,
    check_proposes_after_meeting,
    check_unanswered,
)
from collectifs.collectives.domain.work import MailMemberProposed, MailNewcomer
from collectifs.collectives.models import Membership, MembershipProposal
from collectifs.collectives.queries.collectives import (
    CollectiveFacts,
    degree_of,
    get_collective,
    get_collective_facts,
    open_membership,
)
from collectifs.collectives.queries.newcomers import ProposalAccess, is_proposed
from collectifs.collectives.services.invitations import add_member
from collectifs.collectives.services.memberships import leave_for_another
from collectifs.kernel.audit import ask, record
from collectifs.kernel.extensions import db
from collectifs.people.domain.guests import Guest, check_address_is_sure, check_is_no_hierarchy
from collectifs.people.domain.people import PastedPerson, read_one_person
from collectifs.people.domain.person import Person
from collectifs.people.queries.people import guest_for


def propose_member(
    collective: CollectiveFacts, who: str, *, has_met: bool, is_sure: bool = False, now: datetime, by: Person
) -> MembershipProposal:
    """A manager would add somebody after the first meeting: the pilot is asked, without a name in the mail."""
    check_proposes_after_meeting(has_met=has_met)
    person = read_one_person(who, "who")
    check_address_is_sure(person, is_sure=is_sure, field="who")
    return propose_person(collective, person, field="who", now=now, by=by)


def propose_person(
    collective: CollectiveFacts, person: PastedPerson, *, field: str, now: datetime, by: Person
) -> MembershipProposal:
    """The same, of a person whose line was read already; a known name is kept."""
    guest = guest_for(person, collective.territory_id, now.date())
    check_is_no_hierarchy(guest, field)
    access = get_collective(collective.id)
    members = access.member_ids if access else frozenset()
    pilots = (access.pilot_ids & members) if access else frozenset()
    check_comes_once(
        guest.name,
        is_member=guest.user_id in members,
        is_proposed=is_proposed(collective.id, person.address),
        field=field,
    )
    check_has_a_pilot(has_pilot=bool(pilots))
    proposal = _add(collective, person, now, by)
    for user_id in sorted(pilots):
        ask(MailMemberProposed(user_id, proposal.id))
    return proposal


def _add(collective: CollectiveFacts, person: PastedPerson, now: datetime, by: Person) -> MembershipProposal:
    proposal = MembershipProposal(
        collective_id=collective.id,
        given_name=person.given_name,
        family_name=person.family_name,
        address=person.address,
        proposed_by_id=by.id,
        proposed_at=now,
    )
    db.session.add(proposal)
    db.session.flush()
    record("member_proposed", proposal, by=by)
    return proposal


def answer_proposal(asked: ProposalAccess, *, agreed: bool, now: datetime, by: Person) -> None:
    """The pilot's yes: the person is invited and every member told. The pilot's no: name and address are emptied."""
    proposal = asked.proposal
    check_unanswered(proposal.agreed)
    if agreed:
        _let_in(asked, now, by)
    else:
        proposal.given_name = proposal.family_name = proposal.address = ""
    proposal.agreed, proposal.answered_at, proposal.answered_by_id = agreed, now, by.id
    record("member_proposal_answered", proposal, by=by)


def _let_in(asked: ProposalAccess, now: datetime, by: Person) -> None:
    collective = asked.access.collective
    guest = _guest(asked, now)
    check_is_no_hierarchy(guest, "")
    if guest.user_id in asked.access.member_ids:
        return
    user = add_member(guest, collective.id, degree=degree_of(collective.id), now=now, by=by)
    leave_for_another(user.id, get_collective_facts(collective.id), now=now, by=by)
    membership = open_membership(user.id, collective.id)
    if membership is not None:
        tell_who_comes(membership, asked.access.member_ids - {by.id})


def _guest(asked: ProposalAccess, now: datetime) -> Guest:
    proposal = asked.proposal
    person = PastedPerson("", proposal.given_name, proposal.family_name, proposal.address)
    return guest_for(person, asked.access.territory.id, now.date())


def tell_who_comes(membership: Membership, member_ids: frozenset[UUID]) -> None:
    """To every member: who joins, and from when."""
    for user_id in sorted(member_ids - {membership.user_id}):
        ask(MailNewcomer(user_id, membership.id))
