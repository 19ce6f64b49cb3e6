"""Sheets as the database brings them: the statements of nearly each page, written once."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from collectifs.collectives.models import Meeting
from collectifs.kernel.extensions import db
from collectifs.kernel.models import row_of
from collectifs.kernel.queries.among import among
from collectifs.kernel.queries.jobs import Sending, mails_of
from collectifs.kernel.vault.ahead import note_keys
from collectifs.meetings.domain.attendance import AttendanceState
from collectifs.meetings.models import Attendance, SynthesisSheet
from collectifs.sheets.models import Objection, PresenterAnswer, SheetProposal, SheetVersion, SubmittedSheet

_S, _M, _P, _V, _O, _C, _E = (
    kind.__table__
    for kind in (SynthesisSheet, Meeting, SheetProposal, SheetVersion, Objection, SubmittedSheet, PresenterAnswer)
)
IS_OPEN = and_(_P.c.sheet_id == _S.c.id, _P.c.lapsed_at.is_(None))
# A copy that was taken back alone, while its sheet stays in the collective, is nobody's any more.
COPY_COUNTS = or_(_C.c.withdrawn_at.is_(None), _S.c.withdrawn_at.is_not(None))
SAID = (joinedload(SheetProposal.version), joinedload(SheetProposal.open_objections))


class Row(NamedTuple):
    """A sheet as one statement brings it. `presenter_agreed`: the presenter's own answer, if they gave one."""

    sheet: SynthesisSheet
    meeting: Meeting
    proposal: SheetProposal | None
    presenter_agreed: bool | None
    copy: SubmittedSheet | None
    sending: Sending
    attendance: Mapping[UUID, AttendanceState]


_NEWEST = select(func.max(_C.c.version_number)).where(_C.c.sheet_id == _S.c.id).correlate(_S).scalar_subquery()
_IS_NEWEST = and_(_C.c.sheet_id == _S.c.id, _C.c.version_number == _NEWEST, COPY_COUNTS)
_SHEETS: Any = (
    select(SynthesisSheet, SheetProposal, PresenterAnswer.agreed, SubmittedSheet, *mails_of(SheetProposal.id))
    .join(SynthesisSheet.meeting)
    .outerjoin(SheetProposal, IS_OPEN)
    .outerjoin(PresenterAnswer, PresenterAnswer.proposal_id == SheetProposal.id)
    .outerjoin(SubmittedSheet, _IS_NEWEST)
    .options(*SAID)
    .order_by(Meeting.number, Meeting.id)
    .execution_options(populate_existing=True)
)
BY_ID = _SHEETS.add_columns(Meeting).where(SynthesisSheet.id == bindparam("sheet_id"))
OF_MEETING = _SHEETS.add_columns(Meeting).where(SynthesisSheet.meeting_id == bindparam("meeting_id"))
# The sheets of some series, to be read: columns alone, of meetings what tells who may do what, not their agendas.
_OF_MEETINGS: Sequence[Any] = (
    *(_M.c.id, _M.c.collective_id, _M.c.number, _M.c.starts_at, _M.c.ends_at),
    *(_M.c.keeps_notes, _M.c.note_taker_id, _M.c.notes_perished_at, _M.c.cancelled_at),
)
_KINDS: tuple[tuple[type[Any], Sequence[Any]], ...] = (
    (SynthesisSheet, [*_S.c]),
    (Meeting, _OF_MEETINGS),
    (SheetProposal, [*_P.c]),
    (SheetVersion, [*_V.c]),
    (Objection, [*_O.c]),
    (SubmittedSheet, [*_C.c]),
)
_KEYS = {kind: [column.key for column in columns] for kind, columns in _KINDS}
_IN_SERIES: Any = (
    select(*(column for _, columns in _KINDS for column in columns), _E.c.agreed, *mails_of(_P.c.id))
    .select_from(_S)
    .join(_M, _M.c.id == _S.c.meeting_id)
    .outerjoin(_P, IS_OPEN)
    .outerjoin(_V, _V.c.id == _P.c.version_id)
    .outerjoin(_O, and_(_O.c.proposal_id == _P.c.id, _O.c.lifted_at.is_(None)))
    .outerjoin(_E, _E.c.proposal_id == _P.c.id)
    .outerjoin(_C, _IS_NEWEST)
    .where(_M.c.collective_id.in_(bindparam("collective_ids", expanding=True)), _M.c.cancelled_at.is_(None))
    .order_by(_M.c.number, _M.c.id, _O.c.raised_at, _O.c.id)
)
# Without what the institution has; while nothing is proposed, one query tells it: screens ask this again and again.
_LIVES: Any = (
    select(SynthesisSheet, SheetProposal, PresenterAnswer.agreed, *mails_of(SheetProposal.id))
    .outerjoin(SheetProposal, IS_OPEN)
    .outerjoin(PresenterAnswer, PresenterAnswer.proposal_id == SheetProposal.id)
    .options(selectinload(SheetProposal.open_objections))
    .order_by(SynthesisSheet.id)
    .execution_options(populate_existing=True)
)
LIFE_AT = _LIVES.where(SynthesisSheet.meeting_id == bindparam("meeting_id"))
LIVES_AT = _LIVES.where(among(SynthesisSheet.meeting_id, "meeting_ids"))
_A = Attendance.__table__.c
_MARKED = (
    select(_A.meeting_id, _A.user_id, _A.state)
    .where(_A.meeting_id.in_(bindparam("meeting_ids", expanding=True)))
    .order_by(_A.meeting_id, _A.user_id)
)


def rows_of(query: Any, told: Mapping[str, Any]) -> list[Row]:
    """Sheets with their meeting, the proposal that has not lapsed and what was said of it, the latest copy, who was
    marked.

    What the transaction wrote itself is read anew.
    """
    return _rows([(rest, meeting) for *rest, meeting in db.session.execute(query, told).unique()])


def rows_in(collective_ids: Collection[UUID]) -> list[Row]:
    """The same of the sheets of some series, to be read: no session knows these rows."""
    kept: dict[UUID, tuple[Sequence[Any], Meeting]] = {}
    for row in db.session.execute(_IN_SERIES, {"collective_ids": list(collective_ids)}):
        sheet, meeting, proposal, version, objection, copy, *said = _cut(row)
        note_keys(each.key_id for each in (sheet, version, objection, copy) if each)
        if sheet.id not in kept:
            kept[sheet.id] = (sheet, proposal, said[0], copy, *said[1:]), meeting
            if proposal:
                proposal.__dict__.update(version=version, open_objections=[])
        if objection:
            kept[sheet.id][0][1].open_objections.append(objection)
    return _rows(kept.values())


def _cut(row: Sequence[Any]) -> Iterator[Any]:
    """The rows of each kind that a line brings side by side, None for one that is not there; then what else it says."""
    start = 0
    for kind, columns in _KINDS:
        end = start + len(columns)
        yield row_of(kind, zip(_KEYS[kind], row[start:end], strict=True)) if row[start] is not None else None
        start = end
    yield from row[start:]


def _rows(found: Iterable[tuple[Sequence[Any], Meeting]]) -> list[Row]:
    marked = _attendance([meeting.id for _, meeting in found])
    return [
        Row(sheet, meeting, proposal, agreed, copy, Sending.counted(*mails), marked[meeting.id])
        for (sheet, proposal, agreed, copy, *mails), meeting in found
    ]


def _attendance(meeting_ids: Sequence[UUID]) -> dict[UUID, dict[UUID, AttendanceState]]:
    """Who was marked at some meetings."""
    marked: dict[UUID, dict[UUID, AttendanceState]] = {each: {} for each in meeting_ids}
    for meeting_id, user_id, state in db.session.execute(_MARKED, {"meeting_ids": meeting_ids}) if marked else ():
        marked[meeting_id][user_id] = state
    return marked
