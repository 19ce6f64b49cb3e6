"""What an administration keeps up: whom to write to, how papers name the training, statuses of accompanied people."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from collectifs.kernel.extensions import db
from collectifs.people.domain.scheme import USUAL_TITLE, Scheme
from collectifs.people.models import AccompaniedStatus, Territory


@dataclass(frozen=True)
class Contact:
    """A territory and whom to write to there; `above` is the académie, empty for one."""

    territory_id: UUID
    territory_name: str
    above: str
    name: str
    address: str


_ABOVE = aliased(Territory)
_CONTACTS: Any = (
    select(
        *(Territory.id, Territory.name, func.coalesce(_ABOVE.name, "")),
        *(Territory.contact_name, Territory.contact_address),
    )
    .outerjoin(_ABOVE, _ABOVE.id == Territory.parent_id)
    .order_by(_ABOVE.name.is_not(None), _ABOVE.name, Territory.code)
)
_GIVEN = _CONTACTS.where(Territory.contact_address != "")
_AMONG = _CONTACTS.where(Territory.id.in_(bindparam("territory_ids", expanding=True)))


def contacts() -> list[Contact]:
    """Every contact that was given, académie by académie."""
    return [Contact(*row) for row in db.session.execute(_GIVEN)]


def contact_for(territory_id: UUID) -> Contact | None:
    """Whom to write to on a territory: its own contact, or that of the académie above it."""
    row = db.session.get(Territory, territory_id)
    while row is not None and not row.contact_address:
        row = db.session.get(Territory, row.parent_id) if row.parent_id else None
    return Contact(row.id, row.name, "", row.contact_name, row.contact_address) if row else None


def contacts_on(territory_ids: Iterable[UUID]) -> list[Contact]:
    """The contacts of some territories, given or not."""
    return [Contact(*row) for row in db.session.execute(_AMONG, {"territory_ids": list(territory_ids)})]


def scheme_of(territory_id: UUID) -> Scheme:
    """How papers of a territory name the training: its own words, else those of the académie above it."""
    row = db.session.get_one(Territory, territory_id)
    above = db.session.get_one(Territory, row.parent_id) if row.parent_id else None
    told = scheme_told(row)
    under = scheme_told(above) if above else Scheme(title="")
    return Scheme(
        told.title or under.title or USUAL_TITLE,
        told.organizer or under.organizer,
        told.number or under.number,
        told.module or under.module,
    )


def scheme_told(territory: Territory) -> Scheme:
    """What one territory says itself, empty where it says nothing."""
    return Scheme(territory.scheme_title, territory.organizer, territory.scheme_number, territory.module_number)


@dataclass(frozen=True)
class StatusFacts:
    """One line of the list; a withdrawn one is no longer offered."""

    id: UUID
    label: str
    is_withdrawn: bool


def statuses() -> list[StatusFacts]:
    """The whole list, in its order."""
    rows = db.session.scalars(select(AccompaniedStatus).order_by(AccompaniedStatus.position, AccompaniedStatus.label))
    return [_facts(row) for row in rows]


def statuses_offered(chosen: Collection[UUID] = ()) -> list[StatusFacts]:
    """What somebody may choose: the list without what was withdrawn, save what they chose before."""
    return [each for each in statuses() if not each.is_withdrawn or each.id in chosen]


def get_status(status_id: UUID) -> StatusFacts | None:
    """A status by id."""
    row = db.session.get(AccompaniedStatus, status_id)
    return _facts(row) if row else None


def status_row(status_id: UUID) -> AccompaniedStatus:
    """The row of a status."""
    return db.session.get_one(AccompaniedStatus, status_id)


def next_position() -> int:
    """Where a new status stands: last."""
    return (db.session.scalar(select(func.max(AccompaniedStatus.position))) or 0) + 1


def _facts(row: AccompaniedStatus) -> StatusFacts:
    return StatusFacts(row.id, row.label, row.withdrawn_at is not None)
