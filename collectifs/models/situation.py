"""Situations that members propose: read by their author, and by the pilot once sent."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from collectifs.kernel.extensions import Base
from collectifs.kernel.models import HasId, Instant, KeyId, Sealed, UtcDateTime


class Situation(HasId, Base):
    """A title, one sentence, a question; a story if wished. Sealed under a key of its own.

    `chosen` holds the id of the meeting that worked on it, sealed too: it tells who presented.
    """

    __tablename__ = "situations"

    collective_id: Mapped[UUID] = mapped_column(ForeignKey("collectives.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)
    key_id: Mapped[KeyId]
    title: Mapped[Sealed]
    sentence: Mapped[Sealed]
    question: Mapped[Sealed]
    story: Mapped[Sealed]
    chosen: Mapped[bytes | None] = mapped_column(LargeBinary)
    shows_title: Mapped[bool] = mapped_column(default=False)
    sent_at: Mapped[Instant]
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
