"""Who to write to in a collective: the present members, whether mail reaches them, who never came in."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, union

from collectifs.collectives.models import CharterConsent
from collectifs.collectives.queries.collectives import CollectiveFacts, MemberFacts, get_collective_facts, members_of
from collectifs.kernel.extensions import db
from collectifs.people.models import Device, GrantedRole


@dataclass(frozen=True)
class Roster:
    """A collective and its present members: names and addresses, never a content."""

    facts: CollectiveFacts
    members: tuple[MemberFacts, ...]


def roster_of(collective_id: UUID) -> Roster | None:
    """The present members of a collective."""
    facts = get_collective_facts(collective_id)
    return Roster(facts, tuple(members_of(collective_id))) if facts else None


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
