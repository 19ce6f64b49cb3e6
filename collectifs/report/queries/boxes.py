"""The boxes into which answers are added, whatever was asked: those of a season, the one being filled, those past."""

from collections.abc import Collection
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from collectifs.kernel.extensions import db
from collectifs.kernel.vault import Perished
from collectifs.kernel.vault.texts import open_text
from collectifs.people.models import Territory
from collectifs.report.domain.questionnaire import Box
from collectifs.report.models import SeasonBox, SeasonReturn

Kind = TypeVar("Kind", bound=SeasonBox)


def boxes_on(kind: type[SeasonBox], territory_ids: Collection[UUID], season: int) -> list[Box]:
    """What people of some territories answered. One that perished is left out."""
    query = select(kind).where(kind.territory_id.in_(list(territory_ids)), kind.season == season)
    boxes = []
    for row in db.session.scalars(query):
        try:
            boxes.append(Box.read(open_text(row, kind.body)))
        except Perished:
            continue
    return boxes


def boxes_before(kind: type[Kind], season: int) -> list[Kind]:
    """The boxes of earlier seasons."""
    return list(db.session.scalars(select(kind).where(kind.season < season).order_by(kind.id)))


def locked_box(kind: type[Kind], territory_id: UUID, season: int) -> tuple[Kind | None, Box]:
    """The row to which an answer is added, opened, and held with its territory: of two people at once none is lost."""
    db.session.execute(select(Territory.id).where(Territory.id == territory_id).with_for_update())
    query = select(kind).where(kind.territory_id == territory_id, kind.season == season)
    row = db.session.scalars(query.execution_options(populate_existing=True)).first()
    return row, Box.read(open_text(row, kind.body)) if row else Box()


def has_returned(kind: type[SeasonReturn], user_id: UUID, territory_id: UUID, season: int) -> bool:
    """Whether somebody answered for a season of a territory."""
    return db.session.get(kind, (user_id, territory_id, season)) is not None
