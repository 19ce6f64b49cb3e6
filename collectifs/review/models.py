"""What an inspector keeps for themselves about the sheets that they read."""

from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from collectifs.kernel.extensions import Base
from collectifs.kernel.models import HasId, Instant


class ReadingMark(HasId, Base):
    """An inspector said that they have read a sheet: theirs alone. The collective learns that somebody has."""

    __tablename__ = "reading_marks"
    __table_args__ = (UniqueConstraint("reader_id", "submitted_id"),)

    submitted_id: Mapped[UUID] = mapped_column(ForeignKey("submitted_sheets.id"), index=True)
    reader_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    marked_at: Mapped[Instant]


class SavedFilter(HasId, Base):
    """A filter of the pile that somebody keeps for themselves: words of closed lists, never what they looked for.

    It is gone with the account.
    """

    __tablename__ = "saved_filters"
    __table_args__ = (UniqueConstraint("user_id", "name"),)

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(40))
    args: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[Instant]
