"""The frame of a collective as its members read it: what it added to its charter, opened, with its history."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

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


def frames_asked(accesses: Iterable[CollectiveAccess], user_id: UUID) -> dict[UUID, datetime]:
    """The collectives, by id, whose last adjustment waits for this person's yes, and since when. Opens no text."""
    ids = [each.collective.id for each in accesses if user_id in each.member_ids & each.consent_ids]
    later, mine = aliased(FrameAdjustment), aliased(FrameYes)
    query = (
        select(FrameAdjustment.collective_id, FrameAdjustment.proposed_at)
        .outerjoin(
            later,
            and_(later.collective_id == FrameAdjustment.collective_id, later.number > FrameAdjustment.number),
        )
        .outerjoin(mine, and_(mine.adjustment_id == FrameAdjustment.id, mine.user_id == user_id))
        .where(
            FrameAdjustment.collective_id.in_(ids),
            FrameAdjustment.agreed_at.is_(None),
            later.id.is_(None),
            mine.user_id.is_(None),
        )
        .order_by(FrameAdjustment.collective_id)
    )
    return {row.collective_id: row.proposed_at for row in db.session.execute(query)} if ids else {}


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
