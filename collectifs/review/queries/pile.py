"""The pile of an inspector: fifty sheets at a time, the latest first, in as many queries however many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, case, exists, func, or_, select, tuple_

from collectifs.kernel.extensions import db
from collectifs.kernel.models import row_of
from collectifs.kernel.paging import PAGE
from collectifs.kernel.queries.among import among
from collectifs.kernel.vault.ahead import note_keys
from collectifs.people.models import Territory
from collectifs.review.domain.pile import PileFilter, Reading, State
from collectifs.review.models import ReadingMark
from collectifs.review.queries.copies import COPY_COLUMNS, SubmittedFacts
from collectifs.sheets.domain.sheet import SheetContent
from collectifs.sheets.models import ReadingTrace, Remark, SubmittedSheet, SubmittedTag
from collectifs.sheets.queries.sheets import submitted_content, submitted_question

# Asked at each look at the pile: of columns alone.
_S, _T = SubmittedSheet.__table__, Territory.__table__
_M, _E, _F, _R = ReadingMark.__table__, ReadingTrace.__table__, SubmittedTag.__table__, Remark.__table__
NEWEST_FIRST = (_S.c.submitted_at.desc(), _S.c.id.desc())
_HAS_OPENED = select(
    exists()
    .where(_E.c.reader_id == bindparam("reader_id"), _E.c.submitted_id == _S.c.id)
    .where(_S.c.season == bindparam("season"))
)


class Shape(NamedTuple):
    """What of a filter makes another statement: each is written once, whoever asks and of what."""

    reading: Reading
    state: State
    has_degree: bool
    is_search: bool
    tags: int


def _selected(*columns: Any) -> Select[Any]:
    return select(*columns).join(_T, _T.c.id == _S.c.territory_id)


_SEASON = (
    _S.c.territory_id.in_(bindparam("territory_ids", expanding=True)),
    _S.c.season == bindparam("season"),
    _S.c.replaced_at.is_(None),
)
_STANDING = (*_SEASON, _S.c.withdrawn_at.is_(None))
_WITHDRAWN: Any = (
    _selected(*COPY_COLUMNS)
    .where(*_SEASON, _S.c.withdrawn_at.is_not(None))
    .order_by(_S.c.withdrawn_at.desc(), _S.c.id)
    .limit(PAGE)
)


# What somebody has marked, looked up whole, whatever PostgreSQL believes of the length of the pile.
_MARKED = select(_M.c.submitted_id).where(_M.c.reader_id == bindparam("reader_id"))
_OWN_MARK = exists().where(_M.c.reader_id == bindparam("reader_id"))
_IS_MINE = _OWN_MARK.where(_M.c.submitted_id == _S.c.id).correlate(_S)
_IS_OPEN_MINE = _OWN_MARK.where(_M.c.submitted_id == bindparam("opened_id"))
# Where a sheet stands, compared as one with the open one, so that an index goes straight to it.
_PLACE: Any = tuple_(_S.c.submitted_at, _S.c.id)
_OPENED: Any = tuple_(bindparam("opened_at", type_=_S.c.submitted_at.type), bindparam("opened_id", type_=_S.c.id.type))
_SKIPPED, _MOST = bindparam("skipped", type_=Integer), bindparam("most", type_=Integer)
_IS_ABOVE: ColumnElement[bool] = _PLACE > _OPENED
_IS_BELOW: ColumnElement[bool] = _PLACE < _OPENED


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
    told = _told(wanted) | {"skipped": (page - 1) * PAGE, "most": PAGE}
    found = [_piled(*row) for row in db.session.execute(_page(_shape_of(wanted)), told)]
    note_keys(each.row.key_id for each in found)
    return found


@cache
def _page(shape: Shape) -> Select[Any]:
    shown = _ids(shape).order_by(*NEWEST_FIRST).offset(_SKIPPED).limit(_MOST)
    columns = (_S.c.key_id, _S.c.body, _IS_MINE, *COPY_COLUMNS)
    return _selected(*columns).where(_S.c.id.in_(shown)).order_by(*NEWEST_FIRST)


def _piled(key_id: str, body: bytes, is_mine: bool, *known: Any) -> Piled:
    facts = SubmittedFacts(*known)
    words = {"id": facts.id, "key_id": key_id, "body": body, "withdrawn_at": facts.withdrawn_at}
    return Piled(facts, row_of(SubmittedSheet, words), is_mine)


def facts_of(wanted: PileFilter) -> list[SubmittedFacts]:
    """Every sheet that is wanted, without its words: nothing is opened."""
    query = _selected(*COPY_COLUMNS).where(*_wanted(_shape_of(wanted))).order_by(*NEWEST_FIRST)
    return [SubmittedFacts(*row) for row in db.session.execute(query, _told(wanted))]


def withdrawn_from(wanted: PileFilter) -> list[SubmittedFacts]:
    """The latest that their collectives took back: that they were there, and no more."""
    return [SubmittedFacts(*row) for row in db.session.execute(_WITHDRAWN, _told(wanted))]


def pile_counts(wanted: PileFilter, opened: SubmittedFacts | None = None) -> PileCounts:
    """Counts of the pile, and the place of the sheet that is open."""
    query = _counts(_shape_of(wanted), has_open=opened is not None)
    return PileCounts(*db.session.execute(query, _told(wanted) | _place_of(opened)).one())


@cache
def _counts(shape: Shape, *, has_open: bool) -> Select[Any]:
    not_mine, nobody = _S.c.id.not_in(_MARKED), _S.c.reviewed_at.is_(None)
    columns: list[Any] = [func.count(), func.count(case((not_mine, 1))), func.count(case((nobody, 1)))]
    if has_open:
        columns.append(func.count(case((and_(_IS_ABOVE, *_reading(shape)), 1))))
        columns.append(_IS_OPEN_MINE.label("is_mine"))
    return select(*columns).where(*_kept(shape))


def waiting_count(territory_ids: frozenset[UUID], season: int) -> int:
    """How many sheets of some territories nobody of the inspection has marked as read."""
    wanted = PileFilter(territory_ids, season, UUID(int=0), reading=Reading.NOBODYS)
    return db.session.scalar(_number(_shape_of(wanted)), _told(wanted)) or 0


def number_of(wanted: PileFilter) -> int:
    """How many are in `ids_of()`."""
    return db.session.scalar(_number(_shape_of(wanted)), _told(wanted)) or 0


@cache
def _number(shape: Shape) -> Any:
    return select(func.count()).select_from(_S).where(*_wanted(shape))


def ids_of(wanted: PileFilter) -> list[UUID]:
    """Every sheet that is wanted, the latest first."""
    return list(db.session.scalars(_ids(_shape_of(wanted)).order_by(*NEWEST_FIRST), _told(wanted)))


def neighbours(wanted: PileFilter, opened: SubmittedFacts) -> tuple[UUID | None, UUID | None]:
    """The sheets that stand just above and just below the open one, among those that are wanted."""
    found = db.session.execute(_beside(_shape_of(wanted)), _told(wanted) | _place_of(opened)).one()
    return found[0], found[1]


@cache
def _beside(shape: Shape) -> Select[Any]:
    above = _ids(shape, _IS_ABOVE).order_by(_S.c.submitted_at, _S.c.id).limit(1)
    below = _ids(shape, _IS_BELOW).order_by(*NEWEST_FIRST).limit(1)
    return select(above.scalar_subquery(), below.scalar_subquery())


def first_of(wanted: PileFilter) -> UUID | None:
    """The sheet on top of the pile."""
    return db.session.scalars(_ids(_shape_of(wanted)).order_by(*NEWEST_FIRST).limit(1), _told(wanted)).first()


def has_opened_any(reader_id: UUID, season: int) -> bool:
    """Whether somebody has opened a sheet of this season: they know then that it is noted."""
    return bool(db.session.scalar(_HAS_OPENED, {"reader_id": reader_id, "season": season}))


def has_marked(reader_id: UUID, submitted_id: UUID) -> bool:
    """Whether somebody has marked a sheet as read themselves."""
    return bool(db.session.scalar(select(_IS_OPEN_MINE), {"reader_id": reader_id, "opened_id": submitted_id}))


def _ids(shape: Shape, *conditions: ColumnElement[bool]) -> Select[Any]:
    return select(_S.c.id).where(*_wanted(shape), *conditions)


def _wanted(shape: Shape) -> Sequence[ColumnElement[bool]]:
    return [*_kept(shape), *_reading(shape)]


def _kept(shape: Shape) -> Sequence[ColumnElement[bool]]:
    """All that is asked for, but whose reading it lacks."""
    degree = [_S.c.degree == bindparam("degree")] if shape.has_degree else []
    found = [among(_S.c.id, "found")] if shape.is_search else []
    filed = [_is_filed(number) for number in range(shape.tags)]
    return [*_STANDING, *degree, *found, *filed, *_state(shape.state)]


def _is_filed(number: int) -> ColumnElement[bool]:
    axis, code = _F.c.axis == bindparam(f"axis_{number}"), _F.c.code == bindparam(f"code_{number}")
    return exists().where(_F.c.submitted_id == _S.c.id, axis, code).correlate(_S)


def _state(state: State) -> Sequence[ColumnElement[bool]]:
    if state is State.ANY:
        return []
    said = exists().where(_R.c.submitted_id == _S.c.id)
    if state is State.IN_EXCHANGE:
        said = said.where(or_(_S.c.settled_at.is_(None), _R.c.written_at > _S.c.settled_at))
    return [said.correlate(_S)]


def _reading(shape: Shape) -> Sequence[ColumnElement[bool]]:
    if shape.reading is Reading.NOT_MINE:
        return [_S.c.id.not_in(_MARKED)]
    return [_S.c.reviewed_at.is_(None)] if shape.reading is Reading.NOBODYS else []


def _shape_of(wanted: PileFilter) -> Shape:
    has_degree, is_search = wanted.degree is not None, wanted.found is not None
    return Shape(wanted.reading, wanted.state, has_degree, is_search, len(wanted.tags))


def _told(wanted: PileFilter) -> dict[str, Any]:
    """What the statements of its shape ask to be told."""
    tags: dict[str, Any] = {f"axis_{number}": axis for number, (axis, _) in enumerate(wanted.tags)}
    tags |= {f"code_{number}": code for number, (_, code) in enumerate(wanted.tags)}
    return tags | {
        "territory_ids": sorted(wanted.territory_ids),
        "season": wanted.season,
        "reader_id": wanted.reader_id,
        "degree": wanted.degree,
        "found": wanted.found,
    }


def _place_of(opened: SubmittedFacts | None) -> dict[str, Any]:
    return {"opened_at": opened.submitted_at, "opened_id": opened.id} if opened else {}
