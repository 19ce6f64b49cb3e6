"""What people said of a proposed sheet: their objections, and the presenter's own answer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from collectifs.kernel.extensions import db
from collectifs.kernel.queries.reading import Once
from collectifs.kernel.vault import Perished
from collectifs.kernel.vault.texts import open_text
from collectifs.sheets.domain.life import About
from collectifs.sheets.models import Objection, PresenterAnswer, SheetProposal


@dataclass(frozen=True)
class OpenedObjection:
    """An objection, without its author."""

    id: UUID
    about: About
    sentence: str
    raised_at: datetime


@Once
def open_objections(proposal_id: UUID) -> list[Objection]:
    """The objections that nobody lifted, oldest first."""
    return list(
        db.session.scalars(
            select(Objection)
            .where(Objection.proposal_id == proposal_id, Objection.lifted_at.is_(None))
            .order_by(Objection.raised_at, Objection.id)
        )
    )


def objections_by(proposal_id: UUID, member_id: UUID) -> dict[About, Objection]:
    """One member's own open objections, by what they are about."""
    rows = open_objections(proposal_id)
    return {row.about: row for row in rows if row.member_id == member_id}


def opened_objections(proposal_id: UUID, until: datetime) -> list[OpenedObjection]:
    """The objections raised up to an instant, in clear, without their authors."""
    rows = [row for row in open_objections(proposal_id) if row.raised_at <= until]
    return [OpenedObjection(row.id, row.about, _sentence(row), row.raised_at) for row in rows]


def _sentence(row: Objection) -> str:
    try:
        return open_text(row, Objection.sentence)
    except Perished:
        return ""


@Once
def presenter_answer(proposal_id: UUID) -> PresenterAnswer | None:
    """What the presenter answered about transmission."""
    return db.session.scalars(
        select(PresenterAnswer)
        .where(PresenterAnswer.proposal_id == proposal_id)
        .order_by(PresenterAnswer.answered_at)
    ).first()


def objections_to(sheet_id: UUID) -> list[Objection]:
    """Every objection that a sheet ever met, lifted or not, oldest first."""
    return list(
        db.session.scalars(
            select(Objection)
            .join(SheetProposal, SheetProposal.id == Objection.proposal_id)
            .where(SheetProposal.sheet_id == sheet_id)
            .order_by(Objection.raised_at, Objection.id)
        )
    )
