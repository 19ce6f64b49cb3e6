"""What waits for somebody beside the meetings of their collectives: who is proposed, an adjustment of the frame."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from collectifs.collectives.models import Collective, FrameAdjustment, FrameYes, MembershipProposal
from collectifs.collectives.queries.collectives import CollectiveAccess
from collectifs.collectives.queries.newcomers import ProposalFacts
from collectifs.kernel.extensions import db

Proposed = dict[UUID, list[ProposalFacts]]
Asked = dict[UUID, datetime]


def asked_beside(
    accesses: Collection[CollectiveAccess], user_id: UUID, piloted: Collection[CollectiveAccess]
) -> tuple[Proposed, Asked]:
    """By the id of a collective: in those `piloted`, who is not answered yet, the oldest first; since when the last
    adjustment waits for this person's yes. One query; opens no text."""
    members = {each.collective.id for each in accesses if user_id in each.member_ids & each.consent_ids}
    pilots = {each.collective.id for each in piloted}
    if not members | pilots:
        return {}, {}
    query = _query(user_id, members, pilots)
    proposed: Proposed = {}
    asked: Asked = {}
    for collective_id, since, row in db.session.execute(query):
        if since:
            asked[collective_id] = since
        if row:
            name = f"{row.given_name} {row.family_name}".strip()
            proposed.setdefault(collective_id, []).append(ProposalFacts(row.id, name, row.proposed_at, row.agreed))
    return proposed, asked


def _query(user_id: UUID, members: Collection[UUID], pilots: Collection[UUID]) -> Any:
    """A collective has one last adjustment, so that the two do not multiply."""
    later, proposed = aliased(FrameAdjustment), MembershipProposal
    newer = select(later.id).where(
        later.collective_id == FrameAdjustment.collective_id, later.number > FrameAdjustment.number
    )
    said = select(FrameYes.user_id).where(FrameYes.adjustment_id == FrameAdjustment.id, FrameYes.user_id == user_id)
    newer, said = newer.correlate(FrameAdjustment), said.correlate(FrameAdjustment)
    waits = and_(
        FrameAdjustment.collective_id == Collective.id,
        Collective.id.in_(sorted(members)),
        FrameAdjustment.agreed_at.is_(None),
        ~newer.exists(),
        ~said.exists(),
    )
    unanswered = and_(
        proposed.collective_id == Collective.id, Collective.id.in_(sorted(pilots)), proposed.agreed.is_(None)
    )
    return (
        select(Collective.id, FrameAdjustment.proposed_at, proposed)
        .select_from(Collective)
        .outerjoin(FrameAdjustment, waits)
        .outerjoin(proposed, unanswered)
        .where(Collective.id.in_(sorted({*members, *pilots})))
        .order_by(Collective.id, proposed.proposed_at, proposed.id)
    )
