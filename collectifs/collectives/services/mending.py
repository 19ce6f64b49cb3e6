"""What a manager mends and takes back: a person, a name, a proposal, a collective that nobody entered."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from collectifs.collectives.domain.composition import check_name_is_free, check_unanswered
from collectifs.collectives.domain.mending import check_is_empty, check_may_be_removed
from collectifs.collectives.domain.work import MailMembershipRemoved
from collectifs.collectives.models import Membership, MembershipProposal, MembershipStatus, Pilotship
from collectifs.collectives.queries.collectives import CollectiveFacts, locked_collective, members_of, names_taken
from collectifs.collectives.queries.following import has_consents, has_ever_met_or_planned, links_to, memberships_ever
from collectifs.collectives.queries.newcomers import MembershipFacts, ProposalAccess, membership_row
from collectifs.collectives.services.memberships import pilots_here
from collectifs.collectives.services.pilots import release_pilotships
from collectifs.kernel.audit import ask, record
from collectifs.kernel.extensions import db
from collectifs.people.domain.person import Person
from collectifs.people.models import PersonalLink


def remove_member(membership: MembershipFacts, *, now: datetime, by: Person) -> None:
    """End a membership: the link is dead at once, and the person is told. Presences stay."""
    check_may_be_removed(membership.name, is_pilot=pilots_here(membership))
    row, collective = membership_row(membership.id), membership.collective
    row.ends_at = now
    release_pilotships(membership.user_id, collective.id, now=now, by=by)
    for link in links_to(collective.id, membership.user_id):
        link.revoked_at = now
    record("member_removed", row, by=by)
    ask(MailMembershipRemoved(membership.user_id, collective.territory_id, row.id))


def rename_collective(collective: CollectiveFacts, *, name: str, by: Person) -> None:
    """Another name, free on the territory for the season; its own, written otherwise, is free as well."""
    row = locked_collective(collective.id)
    check_name_is_free(name, names_taken(row.territory_id, row.season) - {row.name})
    if name != row.name:
        row.name = name
        record("collective_renamed", row, by=by)


def check_deletion(collective_id: UUID) -> None:
    """Everything that may be refused, without deleting anything: what the page shows before the click."""
    check_is_empty(has_consents=has_consents(collective_id), has_meetings=has_ever_met_or_planned(collective_id))


def delete_collective(collective: CollectiveFacts, *, by: Person) -> None:
    """Delete a collective that nobody entered: its name and code are free again, who was invited is told."""
    row = locked_collective(collective.id)
    check_deletion(row.id)
    for member in members_of(row.id):
        ask(MailMembershipRemoved(member.user_id, row.territory_id))
    record("collective_deleted", row, by=by)
    db.session.execute(delete(MembershipStatus).where(MembershipStatus.membership_id.in_(memberships_ever(row.id))))
    for table in (Pilotship, MembershipProposal, PersonalLink, Membership):
        db.session.execute(delete(table).where(table.collective_id == row.id))
    db.session.delete(row)


def cancel_proposal(asked: ProposalAccess, *, by: Person) -> None:
    """Take back a question that the pilot has not answered: nothing is left of who was proposed."""
    check_unanswered(asked.proposal.agreed)
    record("member_proposal_cancelled", asked.proposal, by=by)
    db.session.delete(asked.proposal)
