"""Who belongs, at which moment."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, and_, or_, select

from collectifs.collectives.models import Collective, Membership
from collectifs.collectives.queries.stays import Stay
from collectifs.kernel.extensions import db
from collectifs.people.models import Territory

Period = tuple[datetime, datetime | None]


def periods_among(memberships: Iterable[Stay]) -> dict[UUID, tuple[Period, ...]]:
    """When each person ever belonged, oldest first."""
    found: dict[UUID, tuple[Period, ...]] = {}
    for each in sorted(memberships, key=lambda row: (row.starts_at, row.id)):
        found[each.user_id] = (*found.get(each.user_id, ()), (each.starts_at, each.ends_at))
    return found


def holds(period: Period, now: datetime) -> bool:
    """Whether a membership runs at an instant."""
    since, until = period
    return since <= now and (until is None or until > now)


def is_present(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """The same, for a query on memberships."""
    return and_(Membership.starts_at <= now, or_(Membership.ends_at.is_(None), Membership.ends_at > now))


def belongs_to_collective_on(user_id: UUID, territory_id: UUID, now: datetime) -> bool:
    """Whether a person is now a member of a collective of this territory, or of one inside it."""
    found = db.session.scalars(
        select(Membership.id)
        .join(Collective, Collective.id == Membership.collective_id)
        .join(Territory, Territory.id == Collective.territory_id)
        .where(
            Membership.user_id == user_id,
            Membership.starts_at <= now,
            or_(Membership.ends_at.is_(None), Membership.ends_at > now),
            or_(Territory.id == territory_id, Territory.parent_id == territory_id),
        )
        .order_by(Membership.starts_at)
    ).first()
    return found is not None
