"""The room: devices that were prepared, the hand that is offered, what was set aside."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from collectifs.kernel.extensions import Base
from collectifs.kernel.models import HasId, HasKey, Instant, Sealed, UtcDateTime, words
from collectifs.meetings.domain.devices import DeviceKind


class HandOffer(HasId, Base):
    """A square code by which another device takes *la main*: one use, two minutes; only its print is kept."""

    __tablename__ = "hand_offers"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"), index=True)
    offered_by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    made_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class PreparedDevice(HasId, Base):
    """A device that keeps the journal of a meeting, encrypted, so that nobody forgets that words wait on it.

    `kind`: what its owner would recognise, no more. `returned_at`: it said that all
    had left and that it erased its copy.
    """

    __tablename__ = "prepared_devices"
    __table_args__ = (UniqueConstraint("meeting_id", "device"),)

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)
    device: Mapped[str] = mapped_column(String(64))
    kind: Mapped[DeviceKind] = mapped_column(words(DeviceKind, 16))
    prepared_at: Mapped[Instant]
    seen_at: Mapped[Instant]
    returned_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class ParkedItem(HasKey, Base):
    """A thing set aside for another time (« pense-bête »): it belongs to the series, and is sealed under it."""

    __tablename__ = "parked_items"

    collective_id: Mapped[UUID] = mapped_column(ForeignKey("collectives.id"), index=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"))
    text: Mapped[Sealed]
    parked_at: Mapped[Instant]
