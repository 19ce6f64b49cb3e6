"""What waits for somebody beside the meetings of their collectives: who is proposed, an adjustment of the frame."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, select

from collectifs.collectives.models import Collective, FrameAdjustment, FrameYes, MembershipProposal
from collectifs.collectives.queries.collectives import CollectiveAccess
from collectifs.collectives.queries.newcomers import ProposalFacts
from collectifs.kernel.extensions import db

Proposed = dict[UUID, list[ProposalFacts]]
Asked = dict[UUID, datetime]


# Asked at nearly each page: written once, of columns alone. A collective has one last adjustment: the two do not
# multiply.
_C, _F, _P, _Y = Collective.__table__, FrameAdjustment.__table__, MembershipProposal.__table__, FrameYes.__table__
_LATER = _F.alias("later")
_NEWER = select(_LATER.c.id).where(_LATER.c.collective_id == _F.c.collective_id, _LATER.c.number > _F.c.number)
_SAID = select(_Y.c.user_id).where(_Y.c.adjustment_id == _F.c.id, _Y.c.user_id == bindparam("user_id"))
_WAITS = and_(
    _F.c.collective_id == _C.c.id,
    _C.c.id.in_(bindparam("members", expanding=True)),
    _F.c.agreed_at.is_(None),
    ~_NEWER.correlate(_F).exists(),
    ~_SAID.correlate(_F).exists(),
)
_UNANSWERED = and_(
    _P.c.collective_id == _C.c.id, _C.c.id.in_(bindparam("pilots", expanding=True)), _P.c.agreed.is_(None)
)
_BESIDE: Any = (
    select(
        *(_C.c.id, _F.c.proposed_at, _P.c.id, _P.c.given_name, _P.c.family_name, _P.c.proposed_at, _P.c.agreed),
    )
    .select_from(_C)
    .outerjoin(_F, _WAITS)
    .outerjoin(_P, _UNANSWERED)
    .where(_C.c.id.in_(bindparam("all", expanding=True)))
    .order_by(_C.c.id, _P.c.proposed_at, _P.c.id)
)


def asked_beside(
    accesses: Collection[CollectiveAccess], user_id: UUID, piloted: Collection[CollectiveAccess]
) -> tuple[Proposed, Asked]:
    """By the id of a collective: in those `piloted`, who is not answered yet, the oldest first; since when the last
    adjustment waits for this person's yes. One query; opens no text."""
    members = {each.collective.id for each in accesses if user_id in each.member_ids & each.consent_ids}
    pilots = {each.collective.id for each in piloted}
    if not members | pilots:
        return {}, {}
    told = {"user_id": user_id, "members": sorted(members), "pilots": sorted(pilots), "all": sorted(members | pilots)}
    proposed: Proposed = {}
    asked: Asked = {}
    for collective_id, since, id_, given, family, at, agreed in db.session.execute(_BESIDE, told):
        if since:
            asked[collective_id] = since
        if id_:
            facts = ProposalFacts(id_, f"{given} {family}".strip(), at, agreed)
            proposed.setdefault(collective_id, []).append(facts)
    return proposed, asked
