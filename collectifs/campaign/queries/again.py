"""Former members and the call of a new season: a button instead of a form."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select

from collectifs.campaign.domain.candidacy import CandidacyState
from collectifs.campaign.models.calls import Call, Candidacy
from collectifs.campaign.queries.calls import COMPOSES, CallAccess, get_call, open_calls
from collectifs.collectives.models import Collective, Membership
from collectifs.kernel.extensions import db


@dataclass(frozen=True)
class CallAgain:
    """A call, and the ids of those who were members on its territory in an earlier season."""

    access: CallAccess
    former_ids: frozenset[UUID]


def get_call_again(call_id: UUID) -> CallAgain | None:
    """One call, with the former members of its territory."""
    access = get_call(call_id)
    if access is None or not access.call.kind.composes:
        return None
    query = _former(access.call).with_only_columns(Membership.user_id).order_by(None).distinct()
    return CallAgain(access, frozenset(db.session.scalars(query)))


def _former(call: Call) -> Select[Membership]:
    """Memberships on the territory of a call before its season, the latest first."""
    return (
        select(Membership)
        .join(Collective, Collective.id == Membership.collective_id)
        .where(Collective.territory_id == call.territory_id, Collective.season < call.season)
        .order_by(Membership.starts_at.desc(), Membership.id)
    )


def last_membership(call: Call, user_id: UUID) -> tuple[Membership, int] | None:
    """The last membership of somebody there, and its season."""
    query = _former(call).where(Membership.user_id == user_id).add_columns(Collective.season).limit(1)
    row = db.session.execute(query).first()
    return (row[0], row[1]) if row else None


def calls_again(user_id: UUID, address: str, today: date) -> list[CallAccess]:
    """Open calls of territories where somebody was a member, to which they have not answered by their address."""
    answered = select(Candidacy.id).where(
        Candidacy.call_id == Call.id, Candidacy.address == address, Candidacy.state != CandidacyState.WITHDRAWN
    )
    belonged = (
        select(Membership.id)
        .join(Collective, Collective.id == Membership.collective_id)
        .where(
            Membership.user_id == user_id,
            Collective.territory_id == Call.territory_id,
            Collective.season < Call.season,
        )
    )
    return open_calls(today, COMPOSES, belonged.exists(), ~answered.exists())
