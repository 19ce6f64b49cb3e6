"""What an inspector keeps for themselves about the sheets that they read."""

from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
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
