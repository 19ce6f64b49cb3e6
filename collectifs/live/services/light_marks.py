"""Marks that one statement each leaves, once their gesture is written: nothing of the collective is loaded for them.

What refuses is decided before anything is written, from the door and from what came before; what must be true at the
moment of writing stands in the statement itself. The other marks are in `marks.py`.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

from collectifs.kernel.audit import ask, record_by
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db, writing
from collectifs.kernel.vault.texts import seal_text
from collectifs.live.domain.gestures import Gesture, order_of
from collectifs.live.domain.parking import check_parked, check_series_lives
from collectifs.live.domain.work import EraseRemovedNotes
from collectifs.live.models import ParkedItem
from collectifs.live.queries.door import Door
from collectifs.live.queries.marking import GUEST, LAST_WORD, NOTE_TAKER, PARKED_COLUMNS, SET_ASIDE, WAS
from collectifs.live.queries.past import Past
from collectifs.live.services.parking import park
from collectifs.meetings.domain.attendance import AttendanceState
from collectifs.meetings.domain.gesture_kinds import GestureKind
from collectifs.meetings.models import AttendanceChange

Writing = Callable[[], None]
LightMark = Callable[[Door, Past, Gesture], Writing]

TAKEN_OFF = "Cette ligne a été retirée du pense-bête sur un autre appareil."


def is_light(kind: str) -> bool:
    """Whether the mark of this kind of gesture is one of these."""
    return kind in _LIGHT


def light_mark(door: Door, past: Past, gesture: Gesture) -> Writing:
    """What is left to write once the gesture is written. Raises RuleBroken."""
    return _LIGHT[gesture.kind](door, past, gesture)


def _nothing() -> None:
    """No mark."""


def _recorded(kind: str) -> LightMark:
    return lambda door, _past, _gesture: lambda: record_by(writing(), kind, door.meeting, by=door.person)


def _closed(door: Door, _past: Past, _gesture: Gesture) -> Writing:
    def write() -> None:
        record_by(writing(), "meeting_closed", door.meeting, by=door.person)
        ask(EraseRemovedNotes(door.meeting.id))

    return write


# ---------- Who is there ----------


def _attendance(door: Door, _past: Past, gesture: Gesture) -> Writing:
    """The last word on each member or guest; somebody else leaves no mark. Corrected later, it leaves its trace."""
    who, state = _id_of(gesture.body["who"]), AttendanceState(gesture.body["state"])
    if who is None:
        return _nothing

    def write() -> None:
        if not _mark_member(door, who, gesture, state):
            db.session.flush()  # a guest of this very sending
            _run(GUEST, guest_id=who, here=door.meeting.id, marked=state)

    return write


def _member(door: Door, named: UUID | None) -> dict[str, Any]:
    """What a statement about a member is asked with."""
    return {"our_collective": door.meeting.collective_id, "named": named, "now": door.at}


def _mark_member(door: Door, who: UUID, gesture: Gesture, state: AttendanceState) -> bool:
    """Whether it was the last word on a member."""
    meeting = door.meeting
    here = {"meeting_id": meeting.id, "user_id": who}
    is_late = door.at > meeting.ends_at
    was = _run(WAS, **here).scalar() if is_late else None
    row = {**here, "id": uuid4(), "state": state, "marked_at": gesture.happened_at}
    marked = _run(_here(LAST_WORD), **row, **_member(door, who)).first()
    if marked and was not in (None, AttendanceState.UNMARKED, state):
        change = AttendanceChange(**here, before=was, after=state, at=door.at, by_id=door.person.id)
        db.session.add(change)
    return marked is not None


def _duty(door: Door, past: Past, gesture: Gesture) -> Writing:
    """The member named as secretary, by the last word on it: they may open the screen and write."""
    if gesture.body["duty"] != "note_taker":
        return _nothing
    past.duties.append(gesture)
    given = [each for each in past.duties if each.body["duty"] == "note_taker"]
    named = _id_of(max(given, key=order_of).body["who"])

    def write() -> None:
        changed = _run(NOTE_TAKER, here=door.meeting.id, **_member(door, named)).first()
        if changed:
            kind = "note_taker_named" if changed.note_taker_id else "note_taker_dismissed"
            record_by(writing(), kind, door.meeting, by=door.person)

    return write


# ---------- The parking lot ----------


def _parked(door: Door, past: Past, gesture: Gesture) -> Writing:
    """Into the parking lot of the series; refused when it was taken off before its words arrived."""
    if "item" not in gesture.body:
        return _nothing
    item, text = UUID(gesture.body["item"]), gesture.body["text"]
    if item in past.unparked:
        raise RuleBroken(TAKEN_OFF)
    check_parked(text)
    check_series_lives(door.season, door.at.date())
    if door.series_key_id is None:  # made with the first line
        return lambda: park(door.meeting, item_id=item, text=text, now=door.at, by=door.person)
    row = _sealed_line(door, door.series_key_id, item, text)

    def write() -> None:
        if _run(_here(SET_ASIDE), **{name: getattr(row, name) for name in PARKED_COLUMNS}).first():
            record_by(writing(), "item_parked", row, by=door.person)

    return write


def _sealed_line(door: Door, key_id: str, item: UUID, text: str) -> ParkedItem:
    """A row that no session knows."""
    row = ParkedItem(id=item, collective_id=door.meeting.collective_id, meeting_id=door.meeting.id)
    row.key_id, row.parked_at = key_id, door.at
    seal_text(row, ParkedItem.text, text)
    return row


def _id_of(name: str | None) -> UUID | None:
    """The id that a gesture names; None for a name that is none."""
    try:
        found = UUID(name) if name else None
    except ValueError:
        return None
    return found if str(found) == name else None


def _here(statements: Mapping[str, Any]) -> Any:
    return statements[writing().dialect.name]


def _run(statement: Any, **values: Any) -> Any:
    return writing().execute(statement, values)


_LIGHT: Mapping[str, LightMark] = {
    GestureKind.MEETING_STARTED: _recorded("meeting_started"),
    GestureKind.MEETING_CLOSED: _closed,
    GestureKind.MEETING_REOPENED: _recorded("meeting_reopened"),
    GestureKind.ATTENDANCE_MARKED: _attendance,
    GestureKind.DUTY_GIVEN: _duty,
    GestureKind.PARKED: _parked,
}
