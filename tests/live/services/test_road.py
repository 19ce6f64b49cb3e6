"""Between reading and writing somebody else may come: nothing is written on what is no longer true."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import update

from collectifs.collectives.models import Meeting, Pilotship
from collectifs.kernel import clock
from collectifs.kernel.errors import MovedMeanwhile
from collectifs.kernel.extensions import db
from collectifs.live.queries.door import door_of
from collectifs.live.services import live
from collectifs.meetings.models import MeetingEvent
from collectifs.people.models import Device
from tests import factories
from tests.circle import DAY
from tests.live.services.test_live import Room, gesture, note
from tests.pages import Visitor

Visit = Callable[..., Visitor]


@pytest.fixture
def room(app: Flask) -> Room:
    return Room()


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`meanwhile(statement)`: once what came before was read, somebody else's transaction runs it, the first time."""

    def make(statement: Any) -> None:
        waiting, read = [statement], live.past_of

        def past_of(*args: Any) -> Any:
            found = read(*args)
            while waiting:
                with db.engine.begin() as other:
                    other.execute(waiting.pop())
            return found

        monkeypatch.setattr(live, "past_of", past_of)

    return make


def send(visit: Visit, room: Room, *gestures: dict[str, Any]) -> Any:
    sender, address = str(room.pilot.id), f"/seance/{room.meeting.id}/gestes"
    body = {"device": "a", "person": sender, "events": list(gestures)}
    return visit(room.pilot).post_json(address, body)


def written(room: Room) -> list[tuple[int, str]]:
    db.session.expire_all()
    return [(row.sequence, row.kind) for row in room.events()]


@pytest.mark.parametrize("heavy", [False, True], ids=["a note", "a note and a mark"])
def test_a_gesture_that_came_in_between_is_counted_and_both_stay(
    visit: Visit, room: Room, meanwhile: Callable[..., None], heavy: bool
) -> None:
    meanwhile(update(Meeting).where(Meeting.id == room.meeting.id).values(sequence=Meeting.sequence + 1))
    sent = [note("Une idée.")]
    if heavy:
        sent.append(gesture("attendance_marked", who=str(room.maud.id), state="present"))
    answer = send(visit, room, *sent)
    assert answer.status_code == 200
    assert answer.get_json()["accepted"] == [each["id"] for each in sent]
    assert answer.get_json()["sequence"] == len(sent) + 1
    assert [number for number, _ in written(room)] == list(range(2, len(sent) + 2))
    db.session.expire_all()
    assert db.session.get_one(Meeting, room.meeting.id).sequence == len(sent) + 1


def test_what_is_read_and_no_longer_true_writes_nothing(room: Room) -> None:
    door = door_of(factories.device(room.pilot), room.meeting.id, clock.now())
    assert door is not None
    room.send(note("Entre-temps."))
    with pytest.raises(MovedMeanwhile):
        live.receive_gestures(door, device="a", sent=[note("Trop tard.")])
    assert len(written(room)) == 1


ENDED = {
    "the device was closed": (lambda room: update(Device).values(closed_at=clock.now()), 302),
    "they pilot no more": (lambda room: update(Pilotship).values(ends_on=(clock.now() - DAY).date()), 404),
    "the meeting was cancelled": (lambda room: update(Meeting).values(cancelled_at=clock.now()), 404),
    "the notes perished": (lambda room: update(Meeting).values(notes_perished_at=clock.now()), 410),
}


@pytest.mark.parametrize("heavy", [False, True], ids=["a note", "a mark"])
@pytest.mark.parametrize("case", ENDED)
def test_a_right_that_ended_in_between_keeps_nothing(
    visit: Visit, room: Room, meanwhile: Callable[..., None], case: str, heavy: bool
) -> None:
    ending, status = ENDED[case]
    meanwhile(ending(room))
    sent = gesture("attendance_marked", who=str(room.maud.id), state="present") if heavy else note("Une idée.")
    assert send(visit, room, sent).status_code == status
    assert written(room) == []


def test_a_secretary_dismissed_in_between_writes_nothing(
    visit: Visit, room: Room, meanwhile: Callable[..., None]
) -> None:
    room.send(gesture("duty_given", duty="note_taker", who=str(room.maud.id)))
    meanwhile(update(Meeting).values(note_taker_id=None))
    body = {"device": "b", "person": str(room.maud.id), "events": [note("Une idée.")]}
    assert visit(room.maud).post_json(f"/seance/{room.meeting.id}/gestes", body).status_code == 404
    assert [kind for _, kind in written(room)] == ["duty_given"]


def test_the_same_id_in_two_meetings_at_one_instant_is_kept_by_the_first(
    visit: Visit, room: Room, meanwhile: Callable[..., None]
) -> None:
    other = factories.meeting(room.collective, number=2)
    db.session.commit()
    sent = note("Une idée.")
    row = {"id": UUID(sent["id"]), "meeting_id": other.id, "sequence": 1, "kind": "paused", "hand": 1}
    rest = {"happened_at": clock.now(), "is_private": False, "body": b""}
    meanwhile(MeetingEvent.__table__.insert().values(**row, **rest))  # type: ignore[attr-defined]
    answer = send(visit, room, sent)
    assert answer.status_code == 200
    assert [each["id"] for each in answer.get_json()["refused"]] == [sent["id"]]
    assert [kind for _, kind in written(room)] == ["paused"]


def test_in_one_sending_each_mark_sees_the_gestures_before_it(room: Room) -> None:
    """Taken off before its words arrive, a line is not parked; the last word on a duty holds, whatever the order."""
    item, later = str(uuid4()), gesture("duty_given", duty="note_taker", who=str(room.maud.id))
    taken_off = gesture("unparked", item=item)
    parked = gesture("parked", item=item, text="Plus tard.")
    received = room.send(taken_off, parked)
    assert received.accepted == [taken_off["id"]]
    assert len(received.refused) == 1
    earlier = {**gesture("duty_given", duty="note_taker", who=str(room.karim.id)), "happened_at": later["happened_at"]}
    earlier["hand"] = 0
    room.send(later, earlier)
    assert db.session.get_one(Meeting, room.meeting.id).note_taker_id == room.maud.id
