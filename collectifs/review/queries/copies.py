"""What the institution reads: submitted copies, under a code, a month and a degree. Nothing else leaves.

The name of a collective leaves only where the collective agreed to it; the code then stays behind, so that
nothing tells which other sheets are theirs.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import ScalarSelect, bindparam, exists, func, select

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.vault import Perished
from collectifs.kernel.vault.texts import text_or_closed
from collectifs.people.domain.person import Degree, Person
from collectifs.people.models import Territory, User
from collectifs.review.domain.pile import same_reading_since
from collectifs.sheets.models import ReadingTrace, Remark, SubmittedSheet


class Copy(Protocol):
    """What the rules ask of a submitted copy, and what a reading of it is noted by."""

    @property
    def id(self) -> UUID:
        """Which copy."""

    @property
    def territory_id(self) -> UUID:
        """Where it comes from."""

    @property
    def withdrawn_at(self) -> datetime | None:
        """When the collective took it back, if it did."""

    @property
    def replaced_at(self) -> datetime | None:
        """When a newer copy took its place, if one did."""


@dataclass(frozen=True)
class SubmittedFacts:
    """A submitted copy without its words or anybody's name; `collective_name` is empty unless it was agreed to."""

    id: UUID
    territory_id: UUID
    territory_name: str
    timezone: str
    season: int
    collective_code: str
    collective_name: str
    month: date
    degree: Degree | None
    submitted_at: datetime
    reviewed_at: datetime | None
    reviewed_by_id: UUID | None
    withdrawn_at: datetime | None
    replaced_at: datetime | None
    version_number: int
    settled_at: datetime | None

    @property
    def label(self) -> str:
        """« Collectif B7 », or the name that the collective agreed to."""
        return self.collective_name or f"Collectif {self.collective_code}"


@dataclass(frozen=True)
class OpenedRemark:
    """A remark or an answer, in clear, with the name of the inspector (never of a member)."""

    id: UUID
    text: str
    from_inspection: bool
    author: str
    written_at: datetime


_S, _T = SubmittedSheet.__table__, Territory.__table__
COPY_COLUMNS = (
    _S.c.id,
    _S.c.territory_id,
    _T.c.name,
    _T.c.timezone,
    _S.c.season,
    _S.c.collective_code,
    _S.c.collective_name,
    _S.c.month,
    _S.c.degree,
    _S.c.submitted_at,
    _S.c.reviewed_at,
    _S.c.reviewed_by_id,
    _S.c.withdrawn_at,
    _S.c.replaced_at,
    _S.c.version_number,
    _S.c.settled_at,
)


TRACE_COLUMNS = ("id", "submitted_id", "reader_id", "read_at")
_WITHOUT_WORDS = (  # asked before each page and each paper of a copy: written once, compiled once
    select(*COPY_COLUMNS).join(_T, _T.c.id == _S.c.territory_id).where(_S.c.id == bindparam("submitted_id"))
)


# This reader's trace of the same hour and day: a page, then its paper, are one reading.
_JUST_NOTED = exists().where(
    ReadingTrace.submitted_id == bindparam("submitted_id"),
    ReadingTrace.reader_id == bindparam("reader_id"),
    ReadingTrace.read_at > bindparam("since"),
)
_IS_JUST_NOTED = select(_JUST_NOTED)
# A row of traces, unless that one stands.
UNLESS_JUST_NOTED = select(
    *(bindparam(name, type_=ReadingTrace.__table__.c[name].type) for name in TRACE_COLUMNS)
).where(~_JUST_NOTED)


def get_submitted(submitted_id: UUID) -> SubmittedFacts | None:
    """A submitted copy, without its words."""
    row: Any = db.session.execute(_WITHOUT_WORDS, {"submitted_id": submitted_id}).first()
    return SubmittedFacts(*row) if row else None


def is_just_noted(facts: SubmittedFacts, *, by: Person) -> bool:
    """Whether this reader's opening of a sheet is noted already: then reading it on writes nothing."""
    read = {"submitted_id": facts.id, "reader_id": by.id, "since": same_reading_since(clock.now())}
    return bool(db.session.scalar(_IS_JUST_NOTED, read))


def submitted_row(submitted_id: UUID) -> SubmittedSheet:
    """The row itself, for the services."""
    return db.session.get_one(SubmittedSheet, submitted_id)


def remarks_on(submitted_id: UUID) -> list[OpenedRemark]:
    """The thread of a submitted copy, and of those that it replaced, oldest first."""
    rows = db.session.execute(
        select(Remark, User)
        .join(User, User.id == Remark.author_id)
        .where(Remark.submitted_id.in_(_same_sheet(submitted_id)))
        .order_by(Remark.written_at, Remark.id)
    )
    opened = []
    for remark, author in rows:
        try:
            text = text_or_closed(remark, Remark.body)
        except Perished:
            continue
        name = f"{author.given_name} {author.family_name}" if remark.from_inspection else ""
        opened.append(OpenedRemark(remark.id, text, remark.from_inspection, name, remark.written_at))
    return opened


def _same_sheet(submitted_id: UUID) -> ScalarSelect[UUID]:
    """The copies of the same sheet, this one among them."""
    sheet_id = select(SubmittedSheet.sheet_id).where(SubmittedSheet.id == submitted_id).scalar_subquery()
    return select(SubmittedSheet.id).where(SubmittedSheet.sheet_id == sheet_id).scalar_subquery()


def remark_key(submitted_id: UUID) -> str | None:
    """The key of a thread that has begun."""
    return db.session.scalars(
        select(Remark.key_id).where(Remark.submitted_id == submitted_id).order_by(Remark.written_at)
    ).first()


def readings_of(submitted_id: UUID) -> list[datetime]:
    """When somebody of the institution opened a sheet, its former copies too: one instant a person and a day."""
    day = func.date(ReadingTrace.read_at)
    return list(
        db.session.scalars(
            select(func.min(ReadingTrace.read_at))
            .where(ReadingTrace.submitted_id.in_(_same_sheet(submitted_id)))
            .group_by(ReadingTrace.reader_id, day)
            .order_by(func.min(ReadingTrace.read_at))
        )
    )
