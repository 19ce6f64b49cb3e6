"""Who may pilot on some territories, and what they pilot."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from collectifs.kernel.extensions import db
from collectifs.kernel.seasons import season_of
from collectifs.models import Collective, Pilotship
from collectifs.people.domain.person import Role
from collectifs.people.queries.roles import RoleFacts, roles_on, territory_rows


@dataclass(frozen=True)
class VivierPilot:
    """Somebody who may pilot, and what they pilot this season."""

    role: RoleFacts
    territory_name: str
    collectives: tuple[str, ...]


def vivier(territory_ids: Iterable[UUID], today: date) -> list[VivierPilot]:
    """The pilots of some territories, and the collectives that each pilots this season."""
    names = {territory.id: territory.name for territory in territory_rows(territory_ids)}
    roles = [role for role in roles_on(names, Role.PILOT, today) if role.territory_id in names]
    piloted = _piloted([role.user_id for role in roles], today)
    return [
        VivierPilot(role, names[role.territory_id], tuple(piloted.get(role.user_id, ())))
        for role in roles
        if role.territory_id is not None
    ]


def _piloted(user_ids: list[UUID], today: date) -> dict[UUID, list[str]]:
    """What each of these people pilots this season; standing in for one meeting is no piloting."""
    rows = db.session.execute(
        select(Pilotship.user_id, Collective.name)
        .join(Collective, Pilotship.collective_id == Collective.id)
        .where(
            Pilotship.user_id.in_(user_ids),
            Pilotship.meeting_id.is_(None),
            Pilotship.starts_on <= today,
            or_(Pilotship.ends_on.is_(None), Pilotship.ends_on >= today),
            Collective.season == season_of(today),
        )
        .order_by(Collective.name)
    )
    found: dict[UUID, list[str]] = {}
    for user_id, name in rows:
        found.setdefault(user_id, []).append(name)
    return found
