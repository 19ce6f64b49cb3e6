"""Where tutoring is open, its programmes, notebooks, codes and interviews; a tutor's own notes.

No row here can name whom a tutor sees: a code has a letter and two figures at most, and what is written is sealed.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from collectifs.kernel.extensions import Base
from collectifs.kernel.models import HasId, HasKey, Instant, Sealed, UtcDateTime


class TutoringOpening(HasId, Base):
    """A territory where pupils and students may be tutored; without a row that stands, nowhere.

    `advised_on`: the day of the data protection officer's opinion. Who opened and closed stands in the audit.
    """

    __tablename__ = "tutoring_openings"
    __table_args__ = (
        Index(
            "uq_tutoring_openings_open",
            "territory_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    territory_id: Mapped[UUID] = mapped_column(ForeignKey("territories.id"), index=True)
    advised_on: Mapped[date]
    opened_at: Mapped[Instant]
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class TutoringProgramme(HasId, Base):
    """A programme of a school or a preparatory class for a season, with the person who heads it."""

    __tablename__ = "tutoring_programmes"

    territory_id: Mapped[UUID] = mapped_column(ForeignKey("territories.id"), index=True)
    season: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    school: Mapped[str] = mapped_column(String(120))
    head_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"), index=True)
    made_at: Mapped[Instant]


class Notebook(HasId, Base):
    """What one volunteer tutor keeps in one programme; nobody else opens it. `told_at`: that it ends was mailed."""

    __tablename__ = "notebooks"
    __table_args__ = (UniqueConstraint("programme_id", "user_id", name="uq_notebooks_programme_user"),)

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("tutoring_programmes.id", ondelete="CASCADE"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)
    made_at: Mapped[Instant]
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class TutoredCode(HasId, Base):
    """Somebody whom a tutor sees, by a code of the tutor's own; when their guardians were told of the tutoring."""

    __tablename__ = "tutored_codes"
    __table_args__ = (
        UniqueConstraint("notebook_id", "code", name="uq_tutored_codes_notebook_code"),
        CheckConstraint("length(code) BETWEEN 1 AND 3", name="no_name"),
    )

    notebook_id: Mapped[UUID] = mapped_column(ForeignKey("notebooks.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(3))
    told_on: Mapped[date | None]


class Interview(HasKey, Base):
    """One framed interview: its day, to be counted; all that was said of it, sealed under a key of its own."""

    __tablename__ = "interviews"

    code_id: Mapped[UUID] = mapped_column(ForeignKey("tutored_codes.id", ondelete="CASCADE"), index=True)
    held_on: Mapped[date]
    written_at: Mapped[Instant]
    body: Mapped[Sealed]


class PracticeBook(Base):
    """Somebody who chose to keep notes on their own practice, this season; without a row, none are kept."""

    __tablename__ = "practice_books"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), primary_key=True)
    season: Mapped[int]
    opened_at: Mapped[Instant]


class PracticeNote(HasKey, Base):
    """A note on one's own practice: nobody else ever reads it."""

    __tablename__ = "practice_notes"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)
    season: Mapped[int]
    written_at: Mapped[Instant]
    body: Mapped[Sealed]
