"""Inviting people into a collective: they are members at once, and the charter is the first page that they see."""

from datetime import datetime
from uuid import UUID

from collectifs.collectives.domain.composition import check_can_still_invite, check_waits_for_consent
from collectifs.collectives.domain.work import MailInvitation
from collectifs.collectives.models import Membership
from collectifs.collectives.queries.collectives import (
    CollectiveFacts,
    MemberFacts,
    degree_of,
    invited_and_waiting,
    members_of,
    open_membership,
)
from collectifs.collectives.queries.rosters import never_entered
from collectifs.kernel.audit import ask, record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.people.domain.guests import Guest, check_guests
from collectifs.people.domain.people import check_address_may_be_corrected, is_address, normal_address
from collectifs.people.domain.person import Degree, Person
from collectifs.people.domain.sign_in import LinkPurpose
from collectifs.people.models import User
from collectifs.people.queries.people import get_user, open_links, user_by_address
from collectifs.people.services.account import person_at
from collectifs.people.services.addresses import clear_refusal


def add_member(guest: Guest, collective_id: UUID, *, degree: Degree | None, now: datetime, by: Person) -> User:
    """Make a guest a member from now on, and have the invitation sent."""
    user = person_at(guest.person, now=now, by=by)
    membership = Membership(user_id=user.id, collective_id=collective_id, starts_at=now, degree=degree)
    db.session.add(membership)
    db.session.flush()
    record("member_invited", membership, by=by)
    ask(MailInvitation(user.id, collective_id))
    return user


def check_invitations(guests: list[Guest], *, has_met: bool) -> None:
    """Everything that may be refused, without inviting anybody: what the page shows before the sending."""
    check_can_still_invite(has_met=has_met)
    check_guests(guests)


def invite_people(collective: CollectiveFacts, guests: list[Guest], *, has_met: bool, now: datetime, by: Person) -> int:
    """Invite more people, before the first meeting; returns how many."""
    check_invitations(guests, has_met=has_met)
    degree = degree_of(collective.id)
    invited = [guest for guest in guests if guest.is_invited]
    for guest in invited:
        add_member(guest, collective.id, degree=degree, now=now, by=by)
    return len(invited)


def invite_again(collective: CollectiveFacts, *, user_id: UUID | None, by: Person) -> int:
    """Send the invitation again, to one person or (None) to all who have not accepted the charter.

    An invitation that has not left yet is not doubled. Returns how many are invited.
    """
    people = _waiting(members_of(collective.id), user_id)
    already = invited_and_waiting(collective.id)
    for person in people:
        if person.user_id not in already:
            record("member_invited_again", open_membership(person.user_id, collective.id), by=by)
            ask(MailInvitation(person.user_id, collective.id))
    return len(people)


def correct_address(
    collective: CollectiveFacts, user_id: UUID, *, address: str, has_met: bool, now: datetime, by: Person
) -> None:
    """Another address for a member whom no mail ever reached, and the invitation again.

    Only for somebody who never came in anywhere: an account that opened belongs to its person.
    """
    member = next((each for each in members_of(collective.id) if each.user_id == user_id), None)
    user, wanted = get_user(user_id), normal_address(address)
    if member is None or user is None:
        raise RuleBroken("Cette personne n’est pas, ou n’est plus, dans ce collectif.")
    check_address_may_be_corrected(
        is_refused=bool(member.address_refusal),
        is_new=user_id in never_entered([user_id]),
        has_met=has_met,
    )
    if not is_address(wanted):
        raise RuleBroken("Cette adresse est mal écrite.", "address")
    if user_by_address(wanted) is not None:
        raise RuleBroken("Cette adresse est déjà celle d’une personne d’ici.", "address")
    for link in open_links(user.id, LinkPurpose.PERSONAL):
        link.revoked_at = now
    user.address = wanted
    clear_refusal(user)
    record("address_corrected", user, by=by)
    ask(MailInvitation(user.id, collective.id))


def _waiting(members: list[MemberFacts], user_id: UUID | None) -> list[MemberFacts]:
    if user_id is None:
        return [member for member in members if not member.has_accepted]
    found = [member for member in members if member.user_id == user_id]
    if not found:
        raise RuleBroken("Cette personne n’est pas, ou n’est plus, dans ce collectif.")
    check_waits_for_consent(has_accepted=found[0].has_accepted)
    return found
