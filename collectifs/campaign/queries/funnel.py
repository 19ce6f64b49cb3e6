"""What each partner of a call brought, in numbers."""

from uuid import UUID

from sqlalchemy import func, select

from collectifs.campaign.domain.candidacy import CandidacyState
from collectifs.campaign.domain.funnel import DIRECT, STAGES, Brought, in_order
from collectifs.campaign.models.calls import CallPartner, Candidacy
from collectifs.collectives.models import Meeting
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.attendance import AttendanceState
from collectifs.meetings.models import Attendance
from collectifs.people.models import User

THERE = (AttendanceState.PRESENT, AttendanceState.LATE)
COUNTED = STAGES[:-1]
CHOSEN = (CandidacyState.RETAINED, CandidacyState.PLACED)


def funnel_of(call_id: UUID) -> list[Brought]:
    """Each partner, and those who came by no link."""
    query = select(CallPartner).where(CallPartner.call_id == call_id).order_by(CallPartner.id)
    names: dict[UUID | None, str] = {row.id: row.name for row in db.session.scalars(query)}
    counted, came = _counted(call_id), _came(call_id)
    return in_order(
        Brought(name, counted.get(partner_id, {}) | {"came": came.get(partner_id, 0)})
        for partner_id, name in ({None: DIRECT} | names).items()
    )


def _counted(call_id: UUID) -> dict[UUID | None, dict[str, int]]:
    query = select(
        Candidacy.partner_id,
        func.count(),
        func.count(Candidacy.confirmed_at),
        func.count(Candidacy.completed_at),
        func.count().filter(Candidacy.state.in_(CHOSEN)),
        func.count().filter(Candidacy.state == CandidacyState.PLACED),
    ).where(Candidacy.call_id == call_id)
    rows = db.session.execute(query.group_by(Candidacy.partner_id).order_by(Candidacy.partner_id))
    return {row[0]: dict(zip(COUNTED, row[1:], strict=True)) for row in rows}


def _came(call_id: UUID) -> dict[UUID | None, int]:
    """How many of those who were placed came to the first meeting of their collective."""
    query = (
        select(Candidacy.partner_id, func.count())
        .join(Meeting, Meeting.collective_id == Candidacy.collective_id)
        .join(User, User.address == Candidacy.address)
        .join(Attendance, (Attendance.meeting_id == Meeting.id) & (Attendance.user_id == User.id))
        .where(
            Candidacy.call_id == call_id,
            Meeting.number == 1,
            Meeting.cancelled_at.is_(None),
            Attendance.state.in_(THERE),
        )
        .group_by(Candidacy.partner_id)
        .order_by(Candidacy.partner_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}
