"""Who is proposed to a collective that has met, and who might move from one to another."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from collectifs.collectives.models import Membership, MembershipProposal
from collectifs.collectives.queries.collectives import (
    CollectiveAccess,
    CollectiveFacts,
    collectives_on,
    get_collective,
    get_collective_facts,
)
from collectifs.collectives.queries.memberships import is_present
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.people.models import User


@dataclass(frozen=True)
class ProposalAccess:
    """Somebody proposed to a collective, with the ids that the rules on access need."""

    proposal: MembershipProposal
    access: CollectiveAccess

    @property
    def name(self) -> str:
        """Who is proposed; empty after a no."""
        return f"{self.proposal.given_name} {self.proposal.family_name}".strip()


@dataclass(frozen=True)
class ProposalFacts:
    """A proposal as the manager who made it follows it. After a no, no name is left."""

    id: UUID
    name: str
    proposed_at: datetime
    agreed: bool | None


@dataclass(frozen=True)
class MembershipFacts:
    """A present member and the collective, as a manager knows them."""

    id: UUID
    user_id: UUID
    given_name: str
    family_name: str
    address: str
    collective: CollectiveFacts

    @property
    def name(self) -> str:
        """Given name, then family name."""
        return f"{self.given_name} {self.family_name}".strip()


def get_proposal(proposal_id: UUID) -> ProposalAccess | None:
    """A proposal, answered or not."""
    proposal = db.session.get(MembershipProposal, proposal_id)
    access = get_collective(proposal.collective_id) if proposal else None
    return ProposalAccess(proposal, access) if proposal and access else None


def proposals_to(collective_id: UUID) -> list[ProposalFacts]:
    """Everybody proposed to a collective, the latest first."""
    rows = db.session.scalars(
        select(MembershipProposal)
        .where(MembershipProposal.collective_id == collective_id)
        .order_by(MembershipProposal.proposed_at.desc(), MembershipProposal.id)
    )
    return [
        ProposalFacts(row.id, f"{row.given_name} {row.family_name}".strip(), row.proposed_at, row.agreed)
        for row in rows
    ]


def is_proposed(collective_id: UUID, address: str) -> bool:
    """Whether somebody at this address waits for the pilot's answer already."""
    found = db.session.scalars(
        select(MembershipProposal.id)
        .where(
            MembershipProposal.collective_id == collective_id,
            MembershipProposal.address == address,
            MembershipProposal.agreed.is_(None),
        )
        .order_by(MembershipProposal.id)
    )
    return found.first() is not None


def get_membership_facts(membership_id: UUID) -> MembershipFacts | None:
    """A membership that runs now."""
    row = db.session.execute(
        select(Membership, User)
        .join(User, User.id == Membership.user_id)
        .where(Membership.id == membership_id, is_present(clock.now()))
        .order_by(Membership.starts_at)
    ).first()
    collective = get_collective_facts(row.Membership.collective_id) if row else None
    return _facts(row.Membership, row.User, collective) if row and collective else None


def _facts(membership: Membership, user: User, collective: CollectiveFacts) -> MembershipFacts:
    return MembershipFacts(membership.id, user.id, user.given_name, user.family_name, user.address, collective)


def memberships_beside(user_id: UUID, collective: CollectiveFacts) -> list[MembershipFacts]:
    """The present memberships of a person in the other collectives of the same territory and season."""
    others = {each.id: each for each in neighbours_of(collective)}
    rows = db.session.execute(
        select(Membership, User)
        .join(User, User.id == Membership.user_id)
        .where(Membership.user_id == user_id, Membership.collective_id.in_(list(others)), is_present(clock.now()))
        .order_by(Membership.starts_at, Membership.id)
    )
    return [_facts(membership, user, others[membership.collective_id]) for membership, user in rows]


def neighbours_of(collective: CollectiveFacts) -> list[CollectiveFacts]:
    """The other collectives of a territory in the same season, by name."""
    here = collectives_on(frozenset({collective.territory_id}), collective.season)
    return [each for each in here if each.id != collective.id]


def past_membership(membership_id: UUID) -> Membership | None:
    """The row of a membership, ended or not; None when it was deleted with its collective."""
    return db.session.get(Membership, membership_id)


def membership_row(membership_id: UUID) -> Membership:
    """The row of a membership."""
    return db.session.get_one(Membership, membership_id)
