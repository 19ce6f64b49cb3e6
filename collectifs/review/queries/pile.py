"""The pile of an inspector: fifty sheets at a time, the latest first, in as many queries however many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, func, literal, or_, select, tuple_

from collectifs.kernel.extensions import db
from collectifs.kernel.models import row_of
from collectifs.kernel.paging import PAGE
from collectifs.kernel.queries.among import among
from collectifs.kernel.vault.ahead import note_keys
from collectifs.meetings.domain.tags import Axis
from collectifs.people.models import Territory
from collectifs.review.domain.pile import PileFilter, Reading, State
from collectifs.review.models import ReadingMark
from collectifs.review.queries.copies import COPY_COLUMNS, SubmittedFacts
from collectifs.sheets.domain.sheet import SheetContent
from collectifs.sheets.models import ReadingTrace, Remark, SubmittedSheet, SubmittedTag
from collectifs.sheets.queries.sheets import submitted_content, submitted_question

NEWEST_FIRST = (SubmittedSheet.submitted_at.desc(), SubmittedSheet.id.desc())
_HAS_OPENED = select(
    exists()
    .where(ReadingTrace.reader_id == bindparam("reader_id"), ReadingTrace.submitted_id == SubmittedSheet.id)
    .where(SubmittedSheet.season == bindparam("season"))
)


def _selected(*columns: Any) -> Select[Any]:
    return select(*columns).join(Territory, Territory.id == SubmittedSheet.territory_id)


_SEASON = (
    SubmittedSheet.territory_id.in_(bindparam("territory_ids", expanding=True)),
    SubmittedSheet.season == bindparam("season"),
    SubmittedSheet.replaced_at.is_(None),
)
_STANDING = (*_SEASON, SubmittedSheet.withdrawn_at.is_(None))
_WITHDRAWN: Any = (
    _selected(*COPY_COLUMNS)
    .where(*_SEASON, SubmittedSheet.withdrawn_at.is_not(None))
    .order_by(SubmittedSheet.withdrawn_at.desc(), SubmittedSheet.id)
    .limit(PAGE)
)


@dataclass(frozen=True)
class Piled:
    """A sheet of the pile, opened as its words are asked for; `is_mine`: the one who looks has marked it as read."""

    facts: SubmittedFacts
    row: SubmittedSheet
    is_mine: bool

    @property
    def question(self) -> str:
        """What it asks; empty once erased."""
        return submitted_question(self.row)

    @property
    def content(self) -> SheetContent | None:
        """Its words; None once erased."""
        return submitted_content(self.row)


@dataclass(frozen=True)
class PileCounts:
    """How many sheets there are whoever has read them, how many the reader has not, how many nobody has.

    Of the sheet that is open: `before`, how many of those that are wanted stand above it; `is_mine`, whether the
    reader has marked it.
    """

    any: int
    not_mine: int
    nobodys: int
    before: int = 0
    is_mine: bool = False

    def of(self, reading: Reading) -> int:
        """How many there are of those that are wanted."""
        return {Reading.ANY: self.any, Reading.NOT_MINE: self.not_mine, Reading.NOBODYS: self.nobodys}[reading]


def piled(wanted: PileFilter, page: int) -> list[Piled]:
    """A page of the pile, counted from 1.

    Ids alone are put in order, and those of the page looked up: the sealed words of the others are not even read.
    """
    shown = _ids(wanted).order_by(*NEWEST_FIRST).offset((page - 1) * PAGE).limit(PAGE)
    columns = (SubmittedSheet.key_id, SubmittedSheet.body, _is_mine(wanted.reader_id), *COPY_COLUMNS)
    query = _selected(*columns).where(SubmittedSheet.id.in_(shown)).order_by(*NEWEST_FIRST)
    found = [_piled(*row) for row in db.session.execute(query, _told(wanted))]
    note_keys(each.row.key_id for each in found)
    return found


def _piled(key_id: str, body: bytes, is_mine: bool, *known: Any) -> Piled:
    facts = SubmittedFacts(*known)
    words = {"id": facts.id, "key_id": key_id, "body": body, "withdrawn_at": facts.withdrawn_at}
    return Piled(facts, row_of(SubmittedSheet, words), is_mine)


def facts_of(wanted: PileFilter) -> list[SubmittedFacts]:
    """Every sheet that is wanted, without its words: nothing is opened."""
    rows: Any = db.session.execute(
        _selected(*COPY_COLUMNS).where(*_wanted(wanted)).order_by(*NEWEST_FIRST), _told(wanted)
    )
    return [SubmittedFacts(*row) for row in rows]


def withdrawn_from(wanted: PileFilter) -> list[SubmittedFacts]:
    """The latest that their collectives took back: that they were there, and no more."""
    return [SubmittedFacts(*row) for row in db.session.execute(_WITHDRAWN, _told(wanted))]


def pile_counts(wanted: PileFilter, opened: SubmittedFacts | None = None) -> PileCounts:
    """Counts of the pile, and the place of the sheet that is open."""
    not_mine, nobody = SubmittedSheet.id.not_in(_marked_by(wanted.reader_id)), SubmittedSheet.reviewed_at.is_(None)
    columns: list[Any] = [func.count(), func.count(case((not_mine, 1))), func.count(case((nobody, 1)))]
    if opened:
        columns.append(func.count(case((and_(_above(opened), *_reading(wanted)), 1))))
        columns.append(_marked(wanted.reader_id, opened.id).label("is_mine"))
    return PileCounts(*db.session.execute(select(*columns).where(*_kept(wanted)), _told(wanted)).one())


def waiting_count(territory_ids: frozenset[UUID], season: int) -> int:
    """How many sheets of some territories nobody of the inspection has marked as read."""
    wanted = PileFilter(territory_ids, season, UUID(int=0), reading=Reading.NOBODYS)
    query = select(func.count()).select_from(SubmittedSheet).where(*_wanted(wanted))
    return db.session.scalar(query, _told(wanted)) or 0


def number_of(wanted: PileFilter) -> int:
    """How many are in `ids_of()`."""
    return db.session.scalar(select(func.count()).select_from(_ids(wanted).subquery()), _told(wanted)) or 0


def ids_of(wanted: PileFilter) -> list[UUID]:
    """Every sheet that is wanted, the latest first."""
    return list(db.session.scalars(_ids(wanted).order_by(*NEWEST_FIRST), _told(wanted)))


def neighbours(wanted: PileFilter, opened: SubmittedFacts) -> tuple[UUID | None, UUID | None]:
    """The sheets that stand just above and just below the open one, among those that are wanted."""
    above = _ids(wanted, _above(opened)).order_by(SubmittedSheet.submitted_at, SubmittedSheet.id).limit(1)
    below = _ids(wanted, _below(opened)).order_by(*NEWEST_FIRST).limit(1)
    found = db.session.execute(select(above.scalar_subquery(), below.scalar_subquery()), _told(wanted)).one()
    return found[0], found[1]


def first_of(wanted: PileFilter) -> UUID | None:
    """The sheet on top of the pile."""
    return db.session.scalars(_ids(wanted).order_by(*NEWEST_FIRST).limit(1), _told(wanted)).first()


def has_opened_any(reader_id: UUID, season: int) -> bool:
    """Whether somebody has opened a sheet of this season: they know then that it is noted."""
    return bool(db.session.scalar(_HAS_OPENED, {"reader_id": reader_id, "season": season}))


def has_marked(reader_id: UUID, submitted_id: UUID) -> bool:
    """Whether somebody has marked a sheet as read themselves."""
    return bool(db.session.scalar(select(_marked(reader_id, submitted_id))))


def _marked(reader_id: UUID, submitted_id: UUID) -> ColumnElement[bool]:
    return exists().where(ReadingMark.reader_id == reader_id, ReadingMark.submitted_id == submitted_id)


def _ids(wanted: PileFilter, *conditions: ColumnElement[bool]) -> Select[Any]:
    return select(SubmittedSheet.id).where(*_wanted(wanted), *conditions)


def _wanted(wanted: PileFilter) -> Sequence[ColumnElement[bool]]:
    return [*_kept(wanted), *_reading(wanted)]


def _kept(wanted: PileFilter) -> Sequence[ColumnElement[bool]]:
    """All that is asked for, but whose reading it lacks."""
    degree = [] if wanted.degree is None else [SubmittedSheet.degree == wanted.degree]
    found = [] if wanted.found is None else [among(SubmittedSheet.id, wanted.found)]
    filed = [_is_filed(axis, code) for axis, code in wanted.tags]
    return [*_STANDING, *degree, *found, *filed, *_state(wanted.state)]


def _is_filed(axis: Axis, code: str) -> ColumnElement[bool]:
    here = SubmittedTag.submitted_id == SubmittedSheet.id
    return exists().where(here, SubmittedTag.axis == axis, SubmittedTag.code == code).correlate(SubmittedSheet)


def _state(state: State) -> Sequence[ColumnElement[bool]]:
    if state is State.ANY:
        return []
    said = exists().where(Remark.submitted_id == SubmittedSheet.id)
    if state is State.IN_EXCHANGE:
        said = said.where(or_(SubmittedSheet.settled_at.is_(None), Remark.written_at > SubmittedSheet.settled_at))
    return [said.correlate(SubmittedSheet)]


def _told(wanted: PileFilter) -> dict[str, Any]:
    """What `_SEASON` asks to be told."""
    return {"territory_ids": sorted(wanted.territory_ids), "season": wanted.season}


def _reading(wanted: PileFilter) -> Sequence[ColumnElement[bool]]:
    if wanted.reading is Reading.NOT_MINE:
        return [SubmittedSheet.id.not_in(_marked_by(wanted.reader_id))]
    return [SubmittedSheet.reviewed_at.is_(None)] if wanted.reading is Reading.NOBODYS else []


def _marked_by(reader_id: UUID) -> Select[UUID]:
    """What somebody has marked, looked up whole, whatever PostgreSQL believes of the length of the pile."""
    return select(ReadingMark.submitted_id).where(ReadingMark.reader_id == reader_id)


def _is_mine(reader_id: UUID) -> ColumnElement[bool]:
    mine = exists().where(ReadingMark.reader_id == reader_id, ReadingMark.submitted_id == SubmittedSheet.id)
    return mine.correlate(SubmittedSheet)


def _above(opened: SubmittedFacts) -> ColumnElement[bool]:
    above: ColumnElement[bool] = _place() > _place_of(opened)
    return above


def _below(opened: SubmittedFacts) -> ColumnElement[bool]:
    below: ColumnElement[bool] = _place() < _place_of(opened)
    return below


def _place() -> Any:
    """Compared as one, so that an index goes straight to it."""
    return tuple_(SubmittedSheet.submitted_at, SubmittedSheet.id)


def _place_of(opened: SubmittedFacts) -> Any:
    at, id_ = SubmittedSheet.submitted_at.type, SubmittedSheet.id.type
    return tuple_(literal(opened.submitted_at, at), literal(opened.id, id_))
