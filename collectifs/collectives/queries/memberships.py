"""Who belongs, at which moment."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from collectifs.collectives.models import CharterConsent, Collective, Membership
from collectifs.kernel.extensions import db
from collectifs.people.models import Territory

Period = tuple[datetime, datetime | None]


def periods_of(collective_id: UUID) -> dict[UUID, tuple[Period, ...]]:
    """When each person ever belonged, oldest first."""
    rows = db.session.execute(
        select(Membership.user_id, Membership.starts_at, Membership.ends_at)
        .where(Membership.collective_id == collective_id)
        .order_by(Membership.starts_at, Membership.id)
    )
    found: dict[UUID, tuple[Period, ...]] = {}
    for user_id, starts_at, ends_at in rows:
        found[user_id] = (*found.get(user_id, ()), (starts_at, ends_at))
    return found


def holds(period: Period, now: datetime) -> bool:
    """Whether a membership runs at an instant."""
    since, until = period
    return since <= now and (until is None or until > now)


def is_present(now: datetime) -> ColumnElement[bool]:
    """The same, for a query on memberships."""
    return and_(Membership.starts_at <= now, or_(Membership.ends_at.is_(None), Membership.ends_at > now))


def consents_in(collective_id: UUID, now: datetime) -> frozenset[UUID]:
    """The present members who accepted the charter since they became so: whoever comes back accepts again."""
    query = (
        select(CharterConsent.user_id)
        .join(
            Membership,
            and_(
                Membership.user_id == CharterConsent.user_id,
                Membership.collective_id == CharterConsent.collective_id,
            ),
        )
        .where(
            CharterConsent.collective_id == collective_id,
            CharterConsent.accepted_at >= Membership.starts_at,
            is_present(now),
        )
    )
    return frozenset(db.session.scalars(query.order_by(CharterConsent.accepted_at)))


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
