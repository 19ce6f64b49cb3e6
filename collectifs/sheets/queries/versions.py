"""The frozen versions of a sheet: known by their number and the hash that agreement is given to."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, or_, select

from collectifs.kernel.extensions import db
from collectifs.kernel.vault import Perished
from collectifs.sheets.domain.sheet import SheetContent
from collectifs.sheets.models import Objection, SheetProposal, SheetVersion
from collectifs.sheets.queries.contents import content_of


def open_version(version: SheetVersion) -> SheetContent:
    """A frozen version; one line when it does not open. Raises Perished."""
    return content_of(version, SheetVersion.body)


def version_content(version: SheetVersion) -> SheetContent | None:
    """A frozen version, None once it has perished."""
    try:
        return open_version(version)
    except Perished:
        return None


_LAST = (
    select(SheetVersion)
    .where(SheetVersion.sheet_id == bindparam("sheet_id"))
    .order_by(SheetVersion.number.desc())
    .limit(1)
)


def last_version(sheet_id: UUID) -> SheetVersion | None:
    """The latest frozen version, if there is one."""
    return db.session.scalars(_LAST, {"sheet_id": sheet_id}).first()


def versions_of(sheet_id: UUID) -> list[SheetVersion]:
    """The frozen versions of a sheet, in order."""
    return list(
        db.session.scalars(select(SheetVersion).where(SheetVersion.sheet_id == sheet_id).order_by(SheetVersion.number))
    )


def version_numbered(sheet_id: UUID, number: int) -> SheetVersion | None:
    """The version that bears a number."""
    return db.session.scalars(
        select(SheetVersion)
        .where(SheetVersion.sheet_id == sheet_id, SheetVersion.number == number)
        .order_by(SheetVersion.number)
    ).first()


def lapsed_proposals(sheet_id: UUID) -> list[SheetProposal]:
    """What was put to the collective and taken back, the latest first."""
    return list(
        db.session.scalars(
            select(SheetProposal)
            .where(SheetProposal.sheet_id == sheet_id, SheetProposal.lapsed_at.is_not(None))
            .order_by(SheetProposal.proposed_at.desc(), SheetProposal.lapsed_at.desc())
        )
    )


def proposals_to_tell(*, since: datetime, now: datetime) -> list[SheetProposal]:
    """What was put to a collective since an instant, its delay over or an objection open, and not all told yet."""
    held_back = select(Objection.proposal_id).where(Objection.lifted_at.is_(None))
    over = or_(SheetProposal.deadline_at <= now, SheetProposal.everybody_agreed_at.is_not(None))
    columns = (SheetProposal.presenter_told_at, SheetProposal.objection_told_at, SheetProposal.ready_told_at)
    return list(
        db.session.scalars(
            select(SheetProposal)
            .where(
                SheetProposal.lapsed_at.is_(None),
                SheetProposal.proposed_at >= since,
                or_(over, SheetProposal.id.in_(held_back)),
                or_(*(column.is_(None) for column in columns)),
            )
            .order_by(SheetProposal.proposed_at, SheetProposal.id)
        )
    )


_FORMER = (
    select(SheetVersion)
    .join(SheetProposal, SheetProposal.version_id == SheetVersion.id)
    .where(SheetProposal.sheet_id == bindparam("sheet_id"), SheetProposal.lapsed_at.is_not(None))
    .order_by(SheetProposal.proposed_at.desc(), SheetProposal.lapsed_at.desc())
    .limit(1)
)


def former_content(sheet_id: UUID) -> SheetContent | None:
    """What the collective read before the version that it reads now; None when nothing, or once it has perished."""
    former = db.session.scalars(_FORMER, {"sheet_id": sheet_id}).first()
    return version_content(former) if former else None
