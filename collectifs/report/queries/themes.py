"""What the transmitted sheets of a territory are filed under, counted in SQL: no sheet is opened."""

from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from collectifs.kernel.extensions import db
from collectifs.report.domain.themes import Filed
from collectifs.sheets.models import SubmittedSheet, SubmittedTag


def filed_sheets(territory_id: UUID, season: int) -> list[Filed]:
    """Each thing with its count, a month and a degree."""
    rows = db.session.execute(
        select(SubmittedTag.axis, SubmittedTag.code, SubmittedSheet.month, SubmittedSheet.degree, func.count())
        .join(SubmittedSheet, SubmittedSheet.id == SubmittedTag.submitted_id)
        .where(*_there(territory_id, season))
        .group_by(SubmittedTag.axis, SubmittedTag.code, SubmittedSheet.month, SubmittedSheet.degree)
    )
    return [Filed(*row) for row in rows]


def sheets_there(territory_id: UUID, season: int) -> tuple[int, int]:
    """How many sheets are transmitted and stand, and of how many collectives."""
    number, collectives = db.session.execute(
        select(func.count(), func.count(SubmittedSheet.collective_code.distinct())).where(*_there(territory_id, season))
    ).one()
    return number, collectives


def _there(territory_id: UUID, season: int) -> list[ColumnElement[bool]]:
    return [
        SubmittedSheet.territory_id == territory_id,
        SubmittedSheet.season == season,
        SubmittedSheet.withdrawn_at.is_(None),
        SubmittedSheet.replaced_at.is_(None),
    ]
