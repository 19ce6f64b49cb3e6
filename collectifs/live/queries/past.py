"""What the road of the room must know of the gestures that came before: a few rows, however long the meeting lasts."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, or_, select

from collectifs.collectives.models import Meeting
from collectifs.kernel.extensions import db
from collectifs.live.domain.gesture_table import HAND_TAKEN
from collectifs.live.domain.gestures import Gesture
from collectifs.live.queries.events import as_gesture
from collectifs.meetings.domain.gesture_kinds import GestureKind
from collectifs.meetings.models import MeetingEvent

_EVENTS = MeetingEvent.__table__.c
_COLUMNS = ("id", "meeting_id", "kind", "hand", "happened_at", "author_id", "is_private", "note_id", "body")
_HERE = _EVENTS.meeting_id == bindparam("meeting_id")
_TELLING = [HAND_TAKEN.value, GestureKind.MEETING_CLOSED.value]
_PAST = (
    select(*(_EVENTS[name] for name in _COLUMNS))
    .where(
        or_(  # each of the three by an index of its own
            _EVENTS.id.in_(bindparam("ids", expanding=True)),
            and_(_HERE, _EVENTS.kind.in_(_TELLING)),
            and_(_HERE, _EVENTS.note_id.in_(bindparam("notes", expanding=True))),
        )
    )
    .order_by(_EVENTS.sequence)
)


@dataclass
class Past:
    """What came before a sending.

    `places`: which gestures have arrived already, each with its meeting. `private`: of the notes that it is about,
    those that are known, whether their words are their author's. `hands`: the numbers of the hand-overs.
    """

    places: dict[str, UUID]
    private: dict[UUID, bool]
    is_closed: bool
    hands: list[int]
    _meeting: Meeting
    _rows: list[Any]
    _taken: list[tuple[Gesture, UUID | None]] | None = None

    @property
    def taken(self) -> list[tuple[Gesture, UUID | None]]:
        """Who took *la main* and when, opened when somebody asks; with the secretary's name, when it was theirs."""
        if self._taken is None:
            opened = [(as_gesture(self._meeting, _row(each)), each.author_id) for each in self._rows]
            self._taken = [(gesture, author_id) for gesture, author_id in opened if gesture]
        return self._taken

    def take(self, gesture: Gesture, author_id: UUID | None) -> None:
        """*La main* passes within this very sending."""
        self.taken.append((gesture, author_id))
        self.hands.append(gesture.hand)


def past_of(meeting: Meeting, ids: Collection[UUID], notes: Collection[UUID]) -> Past:
    """What a sending with these ids, about these notes, must know. One statement."""
    values = {"meeting_id": meeting.id, "ids": list(ids), "notes": list(notes)}
    rows = db.session.connection().execute(_PAST, values).all()
    ours = [each for each in rows if each.meeting_id == meeting.id]
    hands = [each for each in ours if each.kind == HAND_TAKEN]
    wanted = set(notes)
    return Past(
        places={str(each.id): each.meeting_id for each in rows if each.id in set(ids)},
        private={each.note_id: each.is_private for each in ours if each.note_id in wanted},
        is_closed=any(each.kind == GestureKind.MEETING_CLOSED for each in ours),
        hands=[each.hand for each in hands],
        _meeting=meeting,
        _rows=hands,
    )


def _row(found: Any) -> MeetingEvent:
    """A row that no session knows, as the vault opens it."""
    return MeetingEvent(**{name: getattr(found, name) for name in _COLUMNS})
