"""What somebody left behind in the collectives that they belong to no more: theirs to take back."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from collectifs.collectives.models import Collective, Membership
from collectifs.collectives.queries.collectives import CollectiveAccess, collective_access
from collectifs.collectives.queries.memberships import is_present
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.meetings.queries.situations import OpenedSituation, situations_by
from collectifs.sheets.queries.sheets import SheetAccess, sheets_of_collective


@dataclass(frozen=True)
class Left:
    """A former collective, one's own situations in it, the shared sheets of the meetings where one was."""

    access: CollectiveAccess
    situations: tuple[OpenedSituation, ...]
    sheets: tuple[SheetAccess, ...]


def former_collectives_of(user_id: UUID) -> list[Collective]:
    """The collectives that a person belonged to and belongs to no more, the newest first."""
    belongs = select(Membership.collective_id).where(Membership.user_id == user_id, is_present(clock.now()))
    return list(
        db.session.scalars(
            select(Collective)
            .join(Membership, Membership.collective_id == Collective.id)
            .where(Membership.user_id == user_id, Collective.id.not_in(belongs.order_by(Membership.id)))
            .order_by(Collective.created_at.desc(), Collective.name)
        ).unique()
    )


def left_by(user_id: UUID) -> list[Left]:
    """What each former collective still holds of a person."""
    return [_left(collective_access(row), user_id) for row in former_collectives_of(user_id)]


def _left(access: CollectiveAccess, user_id: UUID) -> Left:
    sheets = sheets_of_collective(access.collective.id)
    return Left(
        access,
        tuple(situations_by(user_id, access.collective.id)),
        tuple(sheet for sheet in sheets if sheet.is_shared and user_id in sheet.was_there_ids),
    )
