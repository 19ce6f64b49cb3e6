"""The devices that were prepared for a meeting, and those that have not come back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from collectifs.kernel.extensions import db
from collectifs.models import PreparedDevice
from collectifs.people.models import User


@dataclass(frozen=True)
class WaitedDevice:
    """A device on which words may wait: whose, which, since when."""

    user_id: UUID
    name: str
    kind: str
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
