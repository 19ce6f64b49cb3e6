"""What the road of the room must know of the gestures that came before: a few rows, however long the meeting lasts."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, literal_column, or_, select

from collectifs.collectives.models import Meeting
from collectifs.kernel.extensions import reading
from collectifs.kernel.models import row_of
from collectifs.live.domain.gesture_table import HAND_TAKEN
from collectifs.live.domain.gestures import Gesture
from collectifs.live.queries.events import as_gesture
from collectifs.meetings.domain.gesture_kinds import GestureKind
from collectifs.meetings.models import MeetingEvent

_EVENTS = MeetingEvent.__table__.c
_COLUMNS = ("id", "meeting_id", "kind", "hand", "happened_at", "author_id", "is_private", "note_id", "body")
_HERE = _EVENTS.meeting_id == bindparam("meeting_id")
_TELLING = (HAND_TAKEN, GestureKind.MEETING_CLOSED, GestureKind.DUTY_GIVEN)


def _past(ids: Any, notes: Any) -> Any:
    """Each of the three by an index of its own."""
    told = and_(_HERE, _EVENTS.kind.in_([literal_column(f"'{kind}'") for kind in _TELLING]))
    columns = (_EVENTS[name] for name in _COLUMNS)
    return select(*columns).where(or_(ids, told, and_(_HERE, notes))).order_by(_EVENTS.sequence)


_PAST = _past(_EVENTS.id.in_(bindparam("ids", expanding=True)), _EVENTS.note_id.in_(bindparam("notes", expanding=True)))
# Of one gesture, as nearly all are sent: always the same words, so that no database reads or plans them anew.
_PAST_OF_ONE = _past(_EVENTS.id == bindparam("ids"), _EVENTS.note_id == bindparam("notes"))


@dataclass
class Past:
    """What came before a sending.

    `places`: which gestures have arrived already, each with its meeting. `private`: of the notes that it is about,
    those that are known, whether their words are their author's. `hands`: the numbers of the hand-overs. `unparked`: of
    the lines set aside that it is about, those that were taken off.
    """

    places: dict[str, UUID]
    private: dict[UUID, bool]
    is_closed: bool
    hands: list[int]
    unparked: set[UUID]
    _meeting: Meeting
    _rows: dict[str, list[Any]]
    _taken: list[tuple[Gesture, UUID | None]] | None = None

    @cached_property
    def duties(self) -> list[Gesture]:
        """The duties of the day, opened when somebody asks; they are read for a sending that gives one."""
        opened = [as_gesture(self._meeting, _row(each)) for each in self._rows.get(GestureKind.DUTY_GIVEN, [])]
        return [each for each in opened if each]

    @property
    def taken(self) -> list[tuple[Gesture, UUID | None]]:
        """Who took *la main* and when, opened when somebody asks; with the secretary's name, when it was theirs."""
        if self._taken is None:
            rows = self._rows.get(HAND_TAKEN, [])
            opened = [(as_gesture(self._meeting, _row(each)), each.author_id) for each in rows]
            self._taken = [(gesture, author_id) for gesture, author_id in opened if gesture]
        return self._taken

    def take(self, gesture: Gesture, author_id: UUID | None) -> None:
        """*La main* passes within this very sending."""
        self.taken.append((gesture, author_id))
        self.hands.append(gesture.hand)


def past_of(meeting: Meeting, ids: Collection[UUID], notes: Collection[UUID]) -> Past:
    """What a sending with these ids, about these notes or lines set aside, must know. One statement."""
    is_one = len(ids) == 1 and len(notes) <= 1
    asked: Any = (*ids, *notes, None)[:2] if is_one else (list(ids), list(notes))
    values = {"meeting_id": meeting.id, "ids": asked[0], "notes": asked[1]}
    rows = reading().execute(_PAST_OF_ONE if is_one else _PAST, values).all()
    ours: dict[str, list[Any]] = {}
    for each in rows:
        if each.meeting_id == meeting.id:
            ours.setdefault(each.kind, []).append(each)
    wanted = set(notes)
    return Past(
        places={str(each.id): each.meeting_id for each in rows if each.id in set(ids)},
        private={each.note_id: each.is_private for each in chain(*ours.values()) if each.note_id in wanted},
        is_closed=GestureKind.MEETING_CLOSED in ours,
        hands=[each.hand for each in ours.get(HAND_TAKEN, [])],
        unparked={each.note_id for each in ours.get(GestureKind.UNPARKED, [])},
        _meeting=meeting,
        _rows=ours,
    )


def _row(found: Any) -> MeetingEvent:
    """A row that no session knows, as the vault opens it."""
    return row_of(MeetingEvent, found._mapping)
