"""The files that inspectors asked for: those of one's territories, by whom, until when."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, case, exists, func, or_, select
from sqlalchemy.orm import defer

from collectifs.kernel.extensions import db
from collectifs.kernel.keeping import EXPORT_KEPT
from collectifs.kernel.vault.files import file_bytes
from collectifs.people.models import User
from collectifs.review.models import ExportedSheet, ExportForm, SheetExport
from collectifs.sheets.models import SubmittedSheet

MOST_SHOWN = 50
_GONE = or_(SubmittedSheet.withdrawn_at.is_not(None), SubmittedSheet.replaced_at.is_not(None))


class _Held(NamedTuple):
    """Of the sheets of an export, those of a territory: how many, and how many were withdrawn or replaced."""

    territory_id: UUID
    sheets: int
    gone: int


@dataclass(frozen=True)
class ExportFacts:
    """An export without its bytes; `is_whole`: nothing that it holds was withdrawn or replaced."""

    id: UUID
    user_id: UUID
    who: str
    form: ExportForm
    asked_at: datetime
    progress: int
    ready_at: datetime | None
    number: int
    territory_ids: frozenset[UUID]
    is_whole: bool

    @property
    def until(self) -> datetime:
        """When it is gone."""
        return self.asked_at + EXPORT_KEPT


def exports_on(territory_ids: frozenset[UUID], now: datetime) -> list[ExportFacts]:
    """The live exports that hold a sheet of these territories, the latest first."""
    is_here = _holds(SubmittedSheet.territory_id.in_(sorted(territory_ids)))
    rows = select(SheetExport).options(defer(SheetExport.body))
    rows = rows.where(is_here, SheetExport.asked_at > now - EXPORT_KEPT)
    latest = rows.order_by(SheetExport.asked_at.desc(), SheetExport.id).limit(MOST_SHOWN)
    return _facts(list(db.session.scalars(latest)))


def get_export(export_id: UUID) -> ExportFacts | None:
    """An export, whoever asked for it."""
    row = db.session.get(SheetExport, export_id)
    return next(iter(_facts([row])), None) if row else None


def export_row(export_id: UUID) -> SheetExport | None:
    """The row itself, for the worker and the services; None once it is gone."""
    return db.session.get(SheetExport, export_id)


def export_bytes(export: ExportFacts) -> bytes | None:
    """The file as it was made; None before, and once it has perished."""
    row = export_row(export.id)
    return file_bytes(row) if row else None


def exported_ids(export_id: UUID) -> list[UUID]:
    """The sheets of an export, the latest first."""
    query = select(SubmittedSheet.id).join(ExportedSheet, ExportedSheet.submitted_id == SubmittedSheet.id)
    mine = query.where(ExportedSheet.export_id == export_id)
    return list(db.session.scalars(mine.order_by(SubmittedSheet.submitted_at.desc(), SubmittedSheet.id.desc())))


def exports_over(now: datetime) -> list[SheetExport]:
    """Exports past their seven days, and those that hold a sheet which was withdrawn or replaced."""
    is_over = or_(SheetExport.asked_at <= now - EXPORT_KEPT, _holds(_GONE))
    return list(db.session.scalars(select(SheetExport).where(is_over).order_by(SheetExport.asked_at, SheetExport.id)))


def _holds(such: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the export of the row holds such a sheet; asked from the few exports, not from all sheets."""
    return (
        exists()
        .where(ExportedSheet.export_id == SheetExport.id, SubmittedSheet.id == ExportedSheet.submitted_id, such)
        .correlate(SheetExport)
    )


def exports_of(user_id: UUID) -> list[SheetExport]:
    """What somebody asked for."""
    mine = select(SheetExport).where(SheetExport.user_id == user_id)
    return list(db.session.scalars(mine.order_by(SheetExport.asked_at, SheetExport.id)))


def _facts(rows: list[SheetExport]) -> list[ExportFacts]:
    """With who asked, and what their sheets have become: two queries, however many there are."""
    ids = [row.id for row in rows]
    query = select(
        ExportedSheet.export_id, SubmittedSheet.territory_id, func.count(), func.count(case((_GONE, 1)))
    ).join(SubmittedSheet, SubmittedSheet.id == ExportedSheet.submitted_id)
    grouped = query.where(ExportedSheet.export_id.in_(ids)).group_by(
        ExportedSheet.export_id, SubmittedSheet.territory_id
    )
    askers = {row.user_id for row in rows}
    users = {each.id: each for each in db.session.scalars(select(User).where(User.id.in_(askers)).order_by(User.id))}
    holds: dict[UUID, list[_Held]] = {row.id: [] for row in rows}
    for export_id, territory_id, sheets, gone in db.session.execute(grouped):
        holds[export_id].append(_Held(territory_id, sheets, gone))
    return [_one(row, users[row.user_id], holds[row.id]) for row in rows]


def _one(row: SheetExport, user: User, held: list[_Held]) -> ExportFacts:
    return ExportFacts(
        row.id,
        row.user_id,
        f"{user.given_name} {user.family_name}".strip(),
        row.form,
        row.asked_at,
        row.progress,
        row.ready_at,
        sum(each.sheets for each in held),
        frozenset(each.territory_id for each in held),
        not any(each.gone for each in held),
    )
