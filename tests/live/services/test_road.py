"""Between reading and writing somebody else may come: nothing is written on what is no longer true."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import update

from collectifs.collectives.models import Collective, Meeting, Membership, Pilotship
from collectifs.kernel import clock
from collectifs.kernel.errors import MovedMeanwhile
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent
from collectifs.live.models import ParkedItem
from collectifs.live.queries.door import door_of
from collectifs.live.services import live
from collectifs.meetings.domain.attendance import AttendanceState
from collectifs.meetings.models import Attendance, MeetingEvent, MeetingGuest
from collectifs.meetings.queries.meetings import attendance_of
from collectifs.people.models import Device
from collectifs.web import transaction
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


# A mark is one more statement, or decided under the lock from the whole collective.
MARKS: dict[str, Callable[[Room], list[dict[str, Any]]]] = {
    "none": lambda _room: [],
    "a light one": lambda room: [gesture("attendance_marked", who=str(room.maud.id), state="present")],
    "a heavy one": lambda _room: [gesture("guest_welcomed", who=str(uuid4()), name="Claude Roux")],
}


@pytest.mark.parametrize("mark", MARKS)
def test_a_gesture_that_came_in_between_is_counted_and_both_stay(
    visit: Visit, room: Room, meanwhile: Callable[..., None], mark: str
) -> None:
    meanwhile(update(Meeting).where(Meeting.id == room.meeting.id).values(sequence=Meeting.sequence + 1))
    sent = [note("Une idée."), *MARKS[mark](room)]
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


def test_whoever_is_always_outrun_is_asked_to_send_again_and_nothing_of_theirs_is_kept(
    visit: Visit, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = live.past_of

    def outrun(*args: Any) -> Any:
        found = read(*args)
        with db.engine.begin() as other:
            other.execute(update(Meeting).where(Meeting.id == room.meeting.id).values(sequence=Meeting.sequence + 1))
        return found

    said = note("Une idée.")
    with monkeypatch.context() as crowded:
        crowded.setattr(live, "past_of", outrun)
        crowded.setattr(transaction, "ATTEMPTS", 3)
        assert send(visit, room, said).status_code == 503
    assert written(room) == []
    assert send(visit, room, said).get_json()["accepted"] == [said["id"]]


ENDED = {
    "the device was closed": (lambda room: update(Device).values(closed_at=clock.now()), 302),
    "they pilot no more": (lambda room: update(Pilotship).values(ends_on=(clock.now() - DAY).date()), 404),
    "the meeting was cancelled": (lambda room: update(Meeting).values(cancelled_at=clock.now()), 404),
    "the notes perished": (lambda room: update(Meeting).values(notes_perished_at=clock.now()), 410),
}


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("case", ENDED)
def test_a_right_that_ended_in_between_keeps_nothing(
    visit: Visit, room: Room, meanwhile: Callable[..., None], case: str, mark: str
) -> None:
    ending, status = ENDED[case]
    meanwhile(ending(room))
    sent = MARKS[mark](room) or [note("Une idée.")]
    assert send(visit, room, *sent).status_code == status
    assert written(room) == []
    assert db.session.query(Attendance).count() + db.session.query(MeetingGuest).count() == 0


def test_who_left_in_between_is_neither_marked_nor_named_secretary(
    visit: Visit, room: Room, meanwhile: Callable[..., None]
) -> None:
    maud = str(room.maud.id)
    left = update(Membership).where(Membership.user_id == room.maud.id)
    meanwhile(left.values(ends_at=clock.now() - DAY, starts_at=clock.now() - 2 * DAY))
    sent = [
        gesture("attendance_marked", who=maud, state="present"),
        gesture("duty_given", duty="note_taker", who=maud),
    ]
    assert send(visit, room, *sent).get_json()["refused"] == []
    db.session.expire_all()
    assert db.session.query(Attendance).count() == 0
    assert db.session.get_one(Meeting, room.meeting.id).note_taker_id is None


def test_a_series_that_perished_in_between_takes_no_line(
    visit: Visit, room: Room, meanwhile: Callable[..., None]
) -> None:
    room.send(gesture("parked", item=str(uuid4()), text="La première fait la clé."))
    meanwhile(update(Collective).values(series_key_id=None))
    assert send(visit, room, gesture("parked", item=str(uuid4()), text="Trop tard.")).status_code == 200
    assert db.session.query(ParkedItem).count() == 1


def test_a_line_set_aside_twice_is_one_and_said_once(room: Room) -> None:
    item = str(uuid4())
    for _ in range(3):
        assert room.send(gesture("parked", item=item, text="Y revenir.")).refused == []
    assert db.session.query(ParkedItem).count() == 1
    assert db.session.query(AuditEvent).filter_by(kind="item_parked").count() == 1


def test_the_last_word_on_a_presence_holds_in_whatever_order_words_arrive(room: Room) -> None:
    late = gesture("attendance_marked", who=str(room.maud.id), state="late")
    later = gesture("attendance_marked", who=str(room.maud.id), state="present")
    room.send(later)
    room.send(late)
    assert attendance_of(room.meeting.id) == {room.maud.id: AttendanceState.PRESENT}


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
