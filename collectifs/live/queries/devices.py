"""Devices that were prepared for a meeting, and the hand that one offers to another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from collectifs.collectives.models import Meeting
from collectifs.kernel.extensions import db
from collectifs.live.models import HandOffer, PreparedDevice
from collectifs.live.queries.events import hands_taken
from collectifs.meetings.domain.devices import DeviceKind
from collectifs.people.models import User


def offer_with_print(token_hash: bytes) -> HandOffer | None:
    """The offer whose code carries this print, held until the end of the transaction: it serves once."""
    query = select(HandOffer).where(HandOffer.token_hash == token_hash).order_by(HandOffer.made_at)
    return db.session.scalars(query.with_for_update()).first()


def open_offers(meeting_id: UUID, now: datetime) -> Sequence[HandOffer]:
    """The codes of a meeting that still work: one at most."""
    query = select(HandOffer).where(
        HandOffer.meeting_id == meeting_id, HandOffer.used_at.is_(None), HandOffer.expires_at > now
    )
    return db.session.scalars(query.order_by(HandOffer.made_at)).all()


def offers_before(meeting_id: UUID, before: datetime) -> Sequence[HandOffer]:
    """The codes of a meeting that are over for long."""
    query = select(HandOffer).where(HandOffer.meeting_id == meeting_id, HandOffer.expires_at < before)
    return db.session.scalars(query.order_by(HandOffer.made_at)).all()


def steers_by_pass(meeting: Meeting, device: str, user_id: UUID) -> bool:
    """Whether this very person has *la main* on this very device, by a square code that they used."""
    hands = hands_taken(meeting)
    if not hands:
        return False
    latest, holder = max(hands, key=lambda each: each[0].hand)
    return holder == user_id and latest.body["device"] == device


@dataclass(frozen=True)
class WaitedDevice:
    """A device on which words may wait: whose, which, since when."""

    user_id: UUID
    name: str
    kind: DeviceKind
    prepared_at: datetime


def prepared_device(meeting_id: UUID, device: str) -> PreparedDevice | None:
    """The device of that number, for that meeting."""
    return db.session.scalars(
        select(PreparedDevice)
        .where(PreparedDevice.meeting_id == meeting_id, PreparedDevice.device == device)
        .order_by(PreparedDevice.prepared_at)
    ).first()


def devices_waited_for(meeting_id: UUID) -> list[WaitedDevice]:
    """The devices that have not come back, the first prepared first."""
    rows = db.session.execute(
        select(PreparedDevice, User)
        .join(User, User.id == PreparedDevice.user_id)
        .where(PreparedDevice.meeting_id == meeting_id, PreparedDevice.returned_at.is_(None))
        .order_by(PreparedDevice.prepared_at, PreparedDevice.id)
    )
    return [
        WaitedDevice(user.id, f"{user.given_name} {user.family_name}", device.kind, device.prepared_at)
        for device, user in rows
    ]
