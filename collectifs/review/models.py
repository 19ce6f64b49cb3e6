"""What an inspector keeps for themselves about the sheets that they read."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from collectifs.kernel.extensions import Base
from collectifs.kernel.models import HasId, Instant, MadeApart, words


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


class ExportForm(StrEnum):
    """What an export is read with."""

    PDF = "pdf"
    ODS = "ods"
    XLSX = "xlsx"
    CSV = "csv"

    @property
    def label(self) -> str:
        """The words of the choice."""
        return {
            "pdf": "PDF, avec un sommaire",
            "ods": "Tableau ODS (LibreOffice)",
            "xlsx": "Tableau XLSX (Excel)",
            "csv": "Tableau CSV",
        }[self.value]


class SheetExport(MadeApart, Base):
    """Sheets that an inspector asked for in one file, for seven days; gone at once when one of them is withdrawn."""

    __tablename__ = "sheet_exports"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)
    form: Mapped[ExportForm] = mapped_column(words(ExportForm, 8))


class ExportedSheet(Base):
    """Which sheets an export holds."""

    __tablename__ = "exported_sheets"

    export_id: Mapped[UUID] = mapped_column(ForeignKey("sheet_exports.id"), primary_key=True)
    submitted_id: Mapped[UUID] = mapped_column(ForeignKey("submitted_sheets.id"), primary_key=True, index=True)
