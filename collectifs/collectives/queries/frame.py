"""The frame of a collective as its members read it: what it added to its charter, opened, with its history."""

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
    members, said = access.member_ids & access.consent_ids, _said(access.collective.id)
    opened = [_opened(row, yeses, members) for row, yeses in said.items()]
    return Frame(tuple(each for each in opened if each), members)


def adjustment_rows(collective_id: UUID) -> list[FrameAdjustment]:
    """The rows, the oldest first."""
    query = select(FrameAdjustment).where(FrameAdjustment.collective_id == collective_id)
    return list(db.session.scalars(query.order_by(FrameAdjustment.number)))


def _said(collective_id: UUID) -> dict[FrameAdjustment, dict[UUID, datetime]]:
    """The rows, the oldest first, each with who said yes and when: one query."""
    query = (
        select(FrameAdjustment, FrameYes)
        .outerjoin(FrameYes, FrameYes.adjustment_id == FrameAdjustment.id)
        .where(FrameAdjustment.collective_id == collective_id)
        .order_by(FrameAdjustment.number, FrameYes.said_at, FrameYes.user_id)
    )
    found: dict[FrameAdjustment, dict[UUID, datetime]] = {}
    for row, yes in db.session.execute(query):
        yeses = found.setdefault(row, {})
        if yes:
            yeses[yes.user_id] = yes.said_at
    return found


def _opened(row: FrameAdjustment, said: dict[UUID, datetime], members: frozenset[UUID]) -> Adjustment | None:
    """Whoever has left is waited for no longer: the last yes of those who stay is then the agreement."""
    try:
        text = text_or_closed(row, FrameAdjustment.text)
    except Perished:
        return None
    agreed_at = row.agreed_at or (max(said.values()) if everybody_agrees(members, said.keys()) else None)
    return Adjustment(row.id, row.number, text, row.proposed_at, frozenset(said), agreed_at)
