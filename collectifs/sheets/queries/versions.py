"""The frozen versions of a sheet: known by their number and the hash that agreement is given to."""

from uuid import UUID

from sqlalchemy import select

from collectifs.kernel.extensions import db
from collectifs.kernel.vault import Perished
from collectifs.kernel.vault.texts import open_text
from collectifs.sheets.domain.sheet import SheetContent
from collectifs.sheets.models import SheetProposal, SheetVersion


def open_version(version: SheetVersion) -> SheetContent:
    """A frozen version. Raises Perished."""
    return SheetContent.from_json(open_text(version, SheetVersion.body))


def version_content(version: SheetVersion) -> SheetContent | None:
    """A frozen version, None once it has perished."""
    try:
        return open_version(version)
    except Perished:
        return None


def get_version(version_id: UUID) -> SheetVersion:
    """A version by id."""
    return db.session.get_one(SheetVersion, version_id)


def last_version(sheet_id: UUID) -> SheetVersion | None:
    """The latest frozen version, if there is one."""
    return db.session.scalars(
        select(SheetVersion).where(SheetVersion.sheet_id == sheet_id).order_by(SheetVersion.number.desc())
    ).first()


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


def former_content(sheet_id: UUID) -> SheetContent | None:
    """What the collective read before the version that it reads now; None when nothing, or once it has perished."""
    former = next(iter(lapsed_proposals(sheet_id)), None)
    return version_content(get_version(former.version_id)) if former else None
