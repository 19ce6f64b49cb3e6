"""Places that free, offered one after the other to people of the waiting list."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from collectifs.kernel.extensions import Base
from collectifs.kernel.models import HasId, UtcDateTime


class PlaceOffer(HasId, Base):
    """The place that a candidacy left (`freed_id`), offered to another one until `expires_at`.

    `asks_at`: when the mail leaves; until then nobody was told. `is_taken`: what was answered.
    """

    __tablename__ = "place_offers"

    freed_id: Mapped[UUID] = mapped_column(ForeignKey("candidacies.id", ondelete="CASCADE"), index=True)
    candidacy_id: Mapped[UUID] = mapped_column(ForeignKey("candidacies.id", ondelete="CASCADE"), index=True)
    asks_at: Mapped[datetime] = mapped_column(UtcDateTime())
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime())
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    is_taken: Mapped[bool | None]
