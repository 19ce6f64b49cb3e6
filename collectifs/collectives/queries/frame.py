"""The frame of a collective as its members read it: what it added to its charter, opened, with its history."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from collectifs.collectives.domain.frame import Adjustment, Frame, everybody_agrees
from collectifs.collectives.models import FrameAdjustment, FrameYes
from collectifs.collectives.queries.collectives import CollectiveAccess
from collectifs.kernel.extensions import db
from collectifs.kernel.vault import Perished
from collectifs.kernel.vault.texts import text_or_closed


def frame_of(access: CollectiveAccess) -> Frame:
    """Every adjustment, the oldest first. One that no longer opens is left out."""
    rows, members = adjustment_rows(access.collective.id), access.member_ids & access.consent_ids
    said = _said(row.id for row in rows) if rows else {}
    opened = [_opened(row, said.get(row.id, {}), members) for row in rows]
    return Frame(tuple(each for each in opened if each), members)


def adjustment_rows(collective_id: UUID) -> list[FrameAdjustment]:
    """The rows, the oldest first."""
    query = select(FrameAdjustment).where(FrameAdjustment.collective_id == collective_id)
    return list(db.session.scalars(query.order_by(FrameAdjustment.number)))


def _said(ids: Iterable[UUID]) -> dict[UUID, dict[UUID, datetime]]:
    found: dict[UUID, dict[UUID, datetime]] = defaultdict(dict)
    query = select(FrameYes).where(FrameYes.adjustment_id.in_(list(ids)))
    for each in db.session.scalars(query.order_by(FrameYes.said_at, FrameYes.user_id)):
        found[each.adjustment_id][each.user_id] = each.said_at
    return found


def _opened(row: FrameAdjustment, said: dict[UUID, datetime], members: frozenset[UUID]) -> Adjustment | None:
    """Whoever has left is waited for no longer: the last yes of those who stay is then the agreement."""
    try:
        text = text_or_closed(row, FrameAdjustment.text)
    except Perished:
        return None
    agreed_at = row.agreed_at or (max(said.values()) if everybody_agrees(members, said.keys()) else None)
    return Adjustment(row.id, row.number, text, row.proposed_at, frozenset(said), agreed_at)
