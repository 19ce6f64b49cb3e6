"""Who to write to in a collective: the present members, whether mail reaches them, who never came in."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, union

from collectifs.collectives.domain.composition import MixLine
from collectifs.collectives.models import CharterConsent
from collectifs.collectives.queries.collectives import (
    CollectiveAccess,
    CollectiveFacts,
    MemberFacts,
    accesses_to,
    facts_from,
    get_collective,
)
from collectifs.collectives.queries.facts import mix_lines
from collectifs.kernel.extensions import db
from collectifs.people.domain.person import Degree
from collectifs.people.models import Device, GrantedRole


@dataclass(frozen=True)
class Roster:
    """A collective and its present members: names and addresses, what makes its mix, never a content."""

    access: CollectiveAccess
    facts: CollectiveFacts
    members: tuple[MemberFacts, ...]
    degree: Degree | None
    mix: tuple[MixLine, ...]


def roster_of(collective_id: UUID) -> Roster | None:
    """The present members of a collective."""
    access = get_collective(collective_id)
    return _roster(access) if access else None


def get_roster(facts: CollectiveFacts) -> Roster:
    """The present members of a collective that is there."""
    return _roster(accesses_to([facts.id])[facts.id])


def _roster(access: CollectiveAccess) -> Roster:
    mix = tuple(mix_lines(access.memberships))
    facts = facts_from(access.collective, access.territory)
    return Roster(access, facts, access.members, access.collective.degree, mix)


def never_entered(user_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Among these people, those who never opened a device, accepted a charter or received a role."""
    asked = set(user_ids)
    known = union(
        *(
            select(table.user_id).where(table.user_id.in_(asked)).order_by(None)
            for table in (Device, CharterConsent, GrantedRole)
        )
    )
    return frozenset(asked - set(db.session.scalars(known))) if asked else frozenset()
