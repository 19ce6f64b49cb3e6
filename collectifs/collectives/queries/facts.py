"""What a member told about themselves, for the mix of the collective and for travel costs."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select

from collectifs.collectives.domain.composition import MixLine
from collectifs.collectives.models import Membership, MembershipStatus
from collectifs.collectives.queries.collectives import open_membership
from collectifs.collectives.queries.memberships import holds, is_present
from collectifs.collectives.queries.stays import Stay
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.people.domain.person import Degree
from collectifs.people.models import AccompaniedStatus


@dataclass(frozen=True, kw_only=True)
class FactsTold:
    """Everything that a member may tell, empty where they did not: what their membership calls by the same names.

    `tutoring_years`: before this year.
    """

    degree: Degree | None = None
    tutoring_years: int | None = None
    setting: str = ""
    school: str = ""
    uai: str = ""
    work_commune: str = ""
    home_commune: str = ""
    work_insee: str = ""
    home_insee: str = ""
    phone: str = ""
    status_ids: frozenset[UUID] = frozenset()


# Those that stand in a membership itself; the statuses have rows of their own.
COLUMNS = tuple(each.name for each in fields(FactsTold) if each.name != "status_ids")


def facts_told(user_id: UUID, collective_id: UUID) -> FactsTold:
    """What a member told here; while that is nothing, what they told in their former membership, to be confirmed."""
    present = open_membership(user_id, collective_id)
    if present is None:
        return FactsTold()
    told = _told(present)
    former = None if _says_anything(told) else _latest_told(present)
    return former or told


def _says_anything(told: FactsTold) -> bool:
    """The degree apart: the collective's own stands there from the first day."""
    return any(value not in (None, "", frozenset()) for name, value in vars(told).items() if name != "degree")


def _latest_told(present: Membership) -> FactsTold | None:
    rows = db.session.scalars(
        select(Membership)
        .where(Membership.user_id == present.user_id, Membership.id != present.id)
        .order_by(Membership.starts_at.desc(), Membership.id)
    )
    return next((told for told in map(_told, rows) if _says_anything(told)), None)


def _told(membership: Membership) -> FactsTold:
    chosen = frozenset(row.status_id for row in status_choices(membership.id))
    return FactsTold(status_ids=chosen, **{name: getattr(membership, name) for name in COLUMNS})


def phones_told(memberships: Iterable[Stay], now: datetime) -> dict[UUID, str]:
    """The telephone of each present member who gave it, for the pilot alone."""
    return {row.user_id: row.phone for row in memberships if row.phone and holds((row.starts_at, row.ends_at), now)}


def status_choices(membership_id: UUID) -> list[MembershipStatus]:
    """The statuses that a member chose."""
    return list(
        db.session.scalars(
            select(MembershipStatus)
            .where(MembershipStatus.membership_id == membership_id)
            .order_by(MembershipStatus.status_id)
        )
    )


_CHOSEN = (
    select(AccompaniedStatus.label, func.count(MembershipStatus.membership_id))
    .join(MembershipStatus, MembershipStatus.status_id == AccompaniedStatus.id)
    .join(Membership, Membership.id == MembershipStatus.membership_id)
    .where(
        Membership.collective_id == bindparam("collective_id"),
        is_present(bindparam("now", type_=Membership.starts_at.type)),
    )
    .group_by(AccompaniedStatus.id, AccompaniedStatus.label, AccompaniedStatus.position)
    .order_by(AccompaniedStatus.position, AccompaniedStatus.label)
)


def statuses_chosen(collective_id: UUID) -> list[tuple[str, int]]:
    """The statuses of the people whom the present members accompany, and how many members chose each."""
    rows = db.session.execute(_CHOSEN, {"collective_id": collective_id, "now": clock.now()})
    return [(label, number) for label, number in rows]


def mix_lines(memberships: Iterable[Stay]) -> list[MixLine]:
    """What each present member told that makes the mix, in the order in which they came; no name in it."""
    now = clock.now()
    present = [each for each in memberships if holds((each.starts_at, each.ends_at), now)]
    by_date = sorted(present, key=lambda each: (each.starts_at, each.id))
    return [MixLine(each.degree, each.tutoring_years, each.work_commune) for each in by_date]
