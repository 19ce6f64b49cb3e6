"""The parking lot of a series: what was set aside, opened for whoever prepares or runs its meetings."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from collectifs.collectives.models import Collective
from collectifs.kernel import clock
from collectifs.kernel.endings import series_ends_on
from collectifs.kernel.extensions import db
from collectifs.kernel.text.typed import readable
from collectifs.kernel.vault import Perished
from collectifs.kernel.vault.texts import text_or_closed
from collectifs.live.models import ParkedItem


@dataclass(frozen=True)
class OpenedParked:
    """One thing set aside, in clear."""

    id: UUID
    text: str
    parked_at: datetime


def open_items(collective: Collective) -> list[OpenedParked]:
    """What a series has set aside, newest last; nothing once its season is over, tidied up or not yet."""
    if series_ends_on(collective.season) < clock.now().date():
        return []
    opened = (_opened(row) for row in parked_rows(collective.id))
    return [item for item in opened if item is not None]


_OF_SERIES = (
    select(ParkedItem)
    .where(ParkedItem.collective_id == bindparam("collective_id"))
    .order_by(ParkedItem.parked_at, ParkedItem.id)
)


def parked_rows(collective_id: UUID) -> list[ParkedItem]:
    """The rows of a series, unopened, newest last."""
    return list(db.session.scalars(_OF_SERIES, {"collective_id": collective_id}))


def parked_item(item_id: UUID) -> ParkedItem | None:
    """One row, unopened."""
    return db.session.get(ParkedItem, item_id)


def _opened(row: ParkedItem) -> OpenedParked | None:
    try:
        text = text_or_closed(row, ParkedItem.text)
    except Perished:
        return None
    return OpenedParked(row.id, readable(text), row.parked_at)
