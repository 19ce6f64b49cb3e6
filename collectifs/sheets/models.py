"""The synthesis sheet: its working copy, its frozen versions, the consent of people, the institution's copy."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from collectifs.kernel.extensions import Base
from collectifs.kernel.keeping import Circle
from collectifs.kernel.models import HasId, HasKey, Instant, Sealed, UtcDateTime, words
from collectifs.meetings.domain.tags import Axis
from collectifs.people.domain.person import Degree
from collectifs.sheets.domain.life import About
from collectifs.sheets.domain.output import Format
from collectifs.sheets.domain.sheet import VersionReason


class SheetVersion(HasKey, Base):
    """A frozen text, known by its number and the hash that agreement is given to.

    `cut_at` is the instant of the text, not that of the cutting.
    """

    __tablename__ = "sheet_versions"
    __table_args__ = (UniqueConstraint("sheet_id", "number"),)

    sheet_id: Mapped[UUID] = mapped_column(ForeignKey("synthesis_sheets.id"))
    number: Mapped[int]
    body: Mapped[Sealed]
    digest: Mapped[str] = mapped_column(String(64))
    cut_at: Mapped[Instant]
    cut_by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[VersionReason] = mapped_column(words(VersionReason, 16), default=VersionReason.PROPOSED)


class SheetProposal(HasId, Base):
    """A version put to the collective; `lapsed_at` once the pilot went back to writing.

    `…_told_at`: when whoever presented was reminded that their own answer is awaited, when whoever writes it was told
    of an objection, and that nothing but their click is missing. Each mail leaves once.
    """

    __tablename__ = "sheet_proposals"
    __table_args__ = (
        Index(
            "uq_sheet_proposals_open",
            "sheet_id",
            unique=True,
            sqlite_where=text("lapsed_at IS NULL"),
            postgresql_where=text("lapsed_at IS NULL"),
        ),
    )

    sheet_id: Mapped[UUID] = mapped_column(ForeignKey("synthesis_sheets.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("sheet_versions.id"))
    proposed_at: Mapped[Instant]
    deadline_at: Mapped[Instant]
    everybody_agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    asks_transmission: Mapped[bool]
    asks_name: Mapped[bool] = mapped_column(default=False)
    lapsed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    presenter_told_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    objection_told_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    ready_told_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    version: Mapped[SheetVersion] = relationship(lazy="raise", viewonly=True)
    open_objections: Mapped[list["Objection"]] = relationship(
        lazy="raise",
        viewonly=True,
        primaryjoin="and_(Objection.proposal_id == SheetProposal.id, Objection.lifted_at.is_(None))",
        order_by="Objection.raised_at, Objection.id",
    )


class Objection(HasKey, Base):
    """A person holds the text, its transmission or the name back; a sentence if they wrote one.

    `member` is the person's id, sealed as the sentence is: only they lift it, and nobody learns who once it perished.
    """

    __tablename__ = "objections"

    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("sheet_proposals.id"), index=True)
    member: Mapped[Sealed]
    about: Mapped[About] = mapped_column(words(About, 16))
    sentence: Mapped[Sealed]
    raised_at: Mapped[Instant]
    lifted_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class PresenterAnswer(HasId, Base):
    """The presenter's own answer about transmission; it does not say who that is."""

    __tablename__ = "presenter_answers"

    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("sheet_proposals.id"), unique=True)
    agreed: Mapped[bool]
    answered_at: Mapped[Instant]


STANDS = "withdrawn_at IS NULL AND replaced_at IS NULL"


class SubmittedSheet(HasKey, Base):
    """The institution's copy of a version, immutable, under a code, a month and a degree.

    `collective_name` is empty until the collective agreed to its name; `replaced_at` once a newer copy went;
    `settled_at`: when the inspection last closed the exchange about it: what is written later opens it again.
    """

    __tablename__ = "submitted_sheets"
    __table_args__ = (
        UniqueConstraint("sheet_id", "version_number"),
        Index(  # what is read: counted and put in order without a look at the sealed words
            "ix_submitted_sheets_pile",
            *("territory_id", "season", "submitted_at", "id", "reviewed_at"),
            sqlite_where=text(STANDS),
            postgresql_where=text(STANDS),
        ),
        Index(
            "ix_submitted_sheets_withdrawn",
            *("territory_id", "season", "withdrawn_at"),
            sqlite_where=text("withdrawn_at IS NOT NULL"),
            postgresql_where=text("withdrawn_at IS NOT NULL"),
        ),
    )

    sheet_id: Mapped[UUID] = mapped_column(ForeignKey("synthesis_sheets.id"), index=True)
    version_number: Mapped[int]
    territory_id: Mapped[UUID] = mapped_column(ForeignKey("territories.id"), index=True)
    season: Mapped[int]
    collective_code: Mapped[str] = mapped_column(String(8))
    collective_name: Mapped[str] = mapped_column(String(80), default="")
    month: Mapped[date]
    degree: Mapped[Degree | None] = mapped_column(words(Degree))
    body: Mapped[Sealed]
    submitted_at: Mapped[Instant]
    submitted_by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    reviewed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    replaced_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class SubmittedTag(Base):
    """One thing that a submitted copy was filed under, of a closed list (`meetings/domain/tags.py`): to find, to count.

    Its rows are deleted with the words of the copy.
    """

    __tablename__ = "submitted_tags"

    submitted_id: Mapped[UUID] = mapped_column(ForeignKey("submitted_sheets.id"), primary_key=True)
    axis: Mapped[Axis] = mapped_column(words(Axis, 16), primary_key=True)
    code: Mapped[str] = mapped_column(String(32), primary_key=True)


class SheetRendering(HasKey, Base):
    """One output of a version, or of the institution's copy: base64, sealed under the key of what it renders.

    `circle`: for whom it was made. It is made once, by the act that froze the words, and its row goes with them.
    """

    __tablename__ = "sheet_renderings"
    __table_args__ = (CheckConstraint("(version_id IS NULL) <> (submitted_id IS NULL)", name="one_source"),)

    sheet_id: Mapped[UUID] = mapped_column(ForeignKey("synthesis_sheets.id"), index=True)
    version_id: Mapped[UUID | None] = mapped_column(ForeignKey("sheet_versions.id"), index=True)
    submitted_id: Mapped[UUID | None] = mapped_column(ForeignKey("submitted_sheets.id"), index=True)
    circle: Mapped[Circle] = mapped_column(words(Circle, 16))
    format: Mapped[Format] = mapped_column(words(Format, 8))
    body: Mapped[Sealed]


class ReadingTrace(HasId, Base):
    """Somebody of the institution opened a submitted sheet; the collective sees it."""

    __tablename__ = "reading_traces"

    submitted_id: Mapped[UUID] = mapped_column(ForeignKey("submitted_sheets.id"), index=True)
    reader_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)
    read_at: Mapped[Instant]


class Remark(HasKey, Base):
    """A word from the inspection to the collective, or the pilot's answer."""

    __tablename__ = "remarks"

    submitted_id: Mapped[UUID] = mapped_column(ForeignKey("submitted_sheets.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    from_inspection: Mapped[bool]
    body: Mapped[Sealed]
    written_at: Mapped[Instant]


class FollowUp(HasKey, Base):
    """What one member says became of the answers of a meeting, all of it optional.

    `body` is JSON sealed under the series: for each answer a state and a word. Nobody is asked for it.
    """

    __tablename__ = "follow_ups"
    __table_args__ = (UniqueConstraint("meeting_id", "user_id"),)

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)
    body: Mapped[Sealed]
    saved_at: Mapped[Instant]
