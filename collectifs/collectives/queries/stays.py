"""Who is or was in some collectives, as the database brings it: the statement of nearly each page, written once."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import contains_eager

from collectifs.collectives.models import CharterConsent, Collective, Membership
from collectifs.kernel.extensions import db
from collectifs.kernel.models import row_of
from collectifs.people.models import User

# Of columns alone but for the collective, which services change; of a consent, what tells whether it counts.
_STAY, _WHO, _GIVEN = Membership.__table__, User.__table__, CharterConsent.__table__
_COLUMNS: Sequence[Sequence[Any]] = (tuple(_STAY.c), tuple(_WHO.c), (_GIVEN.c.version, _GIVEN.c.accepted_at))
_KEYS = [tuple(column.key for column in columns) for columns in _COLUMNS]
_WITH_PEOPLE: Any = (
    select(Collective, *(column for columns in _COLUMNS for column in columns))
    .join(Collective.territory)
    .outerjoin(_STAY, _STAY.c.collective_id == Collective.id)
    .outerjoin(_WHO, _WHO.c.id == _STAY.c.user_id)
    .outerjoin(_GIVEN, and_(_GIVEN.c.user_id == _STAY.c.user_id, _GIVEN.c.collective_id == _STAY.c.collective_id))
    .options(contains_eager(Collective.territory))
    .where(Collective.id.in_(bindparam("collective_ids", expanding=True)))
    .order_by(
        *(Collective.id, _WHO.c.family_name, _WHO.c.given_name, _STAY.c.starts_at, _STAY.c.id, _GIVEN.c.accepted_at)
    )
    .execution_options(populate_existing=True)
)
_Stays = dict[UUID, Membership]


def with_people(collective_ids: Collection[UUID]) -> Iterator[tuple[Collective, list[Membership]]]:
    """Collectives with their territory, and everybody who ever belonged, by family name, with what they accepted: to
    be read, no session knows those rows.

    What the transaction wrote itself is read anew.
    """
    found: dict[Collective, _Stays] = {}
    users: dict[UUID, User] = {}
    for collective, *told in db.session.execute(_WITH_PEOPLE, {"collective_ids": list(collective_ids)}):
        _add(found.setdefault(collective, {}), users, *_parts(told))
    return ((collective, list(stays.values())) for collective, stays in found.items())


def _parts(told: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """The columns of a membership, of its person, of a consent, by their names."""
    at = 0
    for keys in _KEYS:
        yield dict(zip(keys, told[at : at + len(keys)], strict=True))
        at += len(keys)


def _add(stays: _Stays, users: dict[UUID, User], stay: Any, who: Any, given: Any) -> None:
    if stay["id"] is None:
        return
    if who["id"] not in users:
        users[who["id"]] = row_of(User, who)
    if stay["id"] not in stays:
        stays[stay["id"]] = row_of(Membership, stay | {"user": users[who["id"]], "consents": []})
    if given["version"] is not None:
        stays[stay["id"]].__dict__["consents"].append(row_of(CharterConsent, given))
