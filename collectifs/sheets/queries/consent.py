"""What people said of a proposed sheet: their objections, and the presenter's own answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from collectifs.kernel.extensions import db
from collectifs.kernel.vault import Perished, Tampered
from collectifs.kernel.vault.texts import open_text, text_or_closed
from collectifs.sheets.domain.life import About
from collectifs.sheets.models import Objection, PresenterAnswer, SheetProposal


@dataclass(frozen=True)
class OpenedObjection:
    """An objection, without its author."""

    id: UUID
    about: About
    sentence: str
    raised_at: datetime


def opened_objections(objections: Iterable[Objection], until: datetime) -> list[OpenedObjection]:
    """Those raised up to an instant, in clear, without their authors."""
    rows = [row for row in objections if row.raised_at <= until]
    return [OpenedObjection(row.id, row.about, _sentence(row), row.raised_at) for row in rows]


def objector(row: Objection) -> UUID | None:
    """Whose objection it is; None once that has perished."""
    try:
        return UUID(open_text(row, Objection.member))
    except (Perished, Tampered):
        return None


def _sentence(row: Objection) -> str:
    try:
        return text_or_closed(row, Objection.sentence)
    except Perished:
        return ""


def presenter_answer_to(proposal_id: UUID) -> PresenterAnswer | None:
    """The presenter's own answer about a proposal, if they gave one."""
    query = select(PresenterAnswer).where(PresenterAnswer.proposal_id == proposal_id)
    return db.session.scalars(query.order_by(PresenterAnswer.id)).first()


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
