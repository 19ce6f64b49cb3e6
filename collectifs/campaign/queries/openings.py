"""Who wishes to be told that a call opens: by address, by the link of a mail, and those whose time has come."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, or_, select

from collectifs.campaign.models.calls import Call
from collectifs.campaign.models.openings import OpeningNotice
from collectifs.campaign.queries.calls import get_call
from collectifs.kernel.extensions import db
from collectifs.people.queries.people import hashed


def get_notice(notice_id: UUID) -> OpeningNotice | None:
    """One of them."""
    return db.session.get(OpeningNotice, notice_id)


def notice_at(call_id: UUID, address: str) -> OpeningNotice | None:
    """The one of this address on a call."""
    query = select(OpeningNotice).where(OpeningNotice.call_id == call_id, OpeningNotice.address == address)
    return db.session.scalars(query).first()


def notice_for_token(token: str) -> OpeningNotice | None:
    """The one that a link opens."""
    return db.session.scalars(select(OpeningNotice).where(OpeningNotice.token_hash == hashed(token))).first()


def notices_to_tell(call_id: UUID) -> list[OpeningNotice]:
    """Those of a call that were confirmed and not told yet."""
    query = select(OpeningNotice).where(
        OpeningNotice.call_id == call_id, OpeningNotice.confirmed_at.is_not(None), OpeningNotice.told_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(OpeningNotice.asked_at, OpeningNotice.id)))


def is_awaited() -> Select[UUID]:
    """The calls of whose opening somebody is to be told, for a condition."""
    return select(OpeningNotice.call_id).where(OpeningNotice.told_at.is_(None))


def notices_over(*, unconfirmed_since: datetime, told_before: datetime, season: int) -> Select[UUID]:
    """The ids of those that nobody confirmed, whose mail could not leave, or whose call is over, for a deletion."""
    today = told_before.date()
    over = select(Call.id).where(or_(Call.season < season, Call.closes_on < today))
    return select(OpeningNotice.id).where(
        or_(
            OpeningNotice.confirmed_at.is_(None) & (OpeningNotice.asked_at < unconfirmed_since),
            OpeningNotice.told_at < told_before,
            OpeningNotice.call_id.in_(over),
        )
    )


def told_of_openings(address: str) -> Iterator[Mapping[str, object]]:
    """What somebody's own copy says: of which territories they wish to hear, since when."""
    query = select(OpeningNotice).where(OpeningNotice.address == address)
    for row in db.session.scalars(query.order_by(OpeningNotice.asked_at, OpeningNotice.id)):
        access = get_call(row.call_id)
        if access is not None:
            yield {"appel": access.territory.name, "adresse": row.address, "demandé le": row.asked_at}
