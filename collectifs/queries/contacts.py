"""Whom a tutor writes to, by département: public, written by the manager of each territory."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from collectifs.kernel.extensions import db
from collectifs.models import Territory


@dataclass(frozen=True)
class Contact:
    """A territory and whom to write to there; `above` is the académie, empty for one."""

    territory_id: UUID
    territory_name: str
    above: str
    name: str
    address: str


def contacts() -> list[Contact]:
    """Every contact that was given, académie by académie."""
    return _contacts(Territory.contact_address != "")


def contacts_on(territory_ids: Iterable[UUID]) -> list[Contact]:
    """The contacts of some territories, given or not."""
    return _contacts(Territory.id.in_(list(territory_ids)))


def _contacts(which: object) -> list[Contact]:
    above = aliased(Territory)
    rows = db.session.execute(
        select(Territory, above.name)
        .outerjoin(above, above.id == Territory.parent_id)
        .where(which)  # type: ignore[arg-type]
        .order_by(above.name.is_not(None), above.name, Territory.code)
    )
    return [Contact(row.id, row.name, name or "", row.contact_name, row.contact_address) for row, name in rows]
