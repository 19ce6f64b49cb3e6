"""Gestures arrive once each; what must outlive the notes is kept; what was removed is forgotten."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from collectifs.collectives.models import Meeting
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent
from collectifs.kernel.work import Work
from collectifs.live.domain.agenda import fold
from collectifs.live.domain.gestures import iso
from collectifs.live.domain.work import EraseRemovedNotes
from collectifs.live.queries.door import door_of
from collectifs.live.queries.events import stored_events
from collectifs.live.services.live import MeetingPerished, Received, erase_removed_notes, receive_gestures
from collectifs.meetings.models import AttendanceChange, MeetingEvent
from collectifs.meetings.queries.meetings import attendance_of
from collectifs.meetings.queries.situations import open_situation
from collectifs.people.models import User
from collectifs.sheets.queries.sheets import get_sheet, open_presenter, sheet_of_meeting
from tests import factories
from tests.asked import asked
from tests.world import World, propose

STEP = "opening"


def send(meeting: Meeting, by: User, *gestures: dict[str, Any], device: str = "a", token: str = "") -> Received:
    """What a person's browser sends by the door of the room."""
    door = door_of(factories.device(by), meeting.id, clock.now())
    assert door is not None
    received = receive_gestures(door, device=device, sent=list(gestures), token=token)
    db.session.expire_all()
    return received


class Room:
    """A pilot, two members, a meeting, and a device that sends gestures."""

    def __init__(self) -> None:
        self.pilot, self.maud, self.karim = (factories.user(name) for name in ("Hélène", "Maud", "Karim"))
        self.collective = factories.collective(pilot=self.pilot, members=[self.maud, self.karim])
        self.meeting: Meeting = factories.meeting(self.collective)
        db.session.commit()

    def send(self, *gestures: dict[str, Any], device: str = "a", by: User | None = None) -> Received:
        return send(self.meeting, by or self.pilot, *gestures, device=device)

    def events(self) -> list[MeetingEvent]:
        return db.session.query(MeetingEvent).order_by(MeetingEvent.sequence).all()

    def state(self, reader: User | None = None) -> Any:
        reader_id = (reader or self.pilot).id
        return fold(gesture for gesture, _ in stored_events(self.meeting, reader_id))

    def start(self) -> None:
        plan = [{key: step[key] for key in ("id", "title", "minutes", "least")} for step in self.meeting.steps]
        self.send(gesture("hand_taken", device="a"), gesture("meeting_started", plan=plan))


_ticks = iter(range(1, 10_000))


def gesture(kind: str, hand: int = 1, **body: Any) -> dict[str, Any]:
    """A gesture made now, a few milliseconds after the one before."""
    at = clock.now() + timedelta(milliseconds=next(_ticks))
    return {"id": str(uuid4()), "kind": kind, "hand": hand, "happened_at": iso(at), "body": body}


def note(text: str, lane: str = "collective") -> dict[str, Any]:
    return gesture("note_written", note=str(uuid4()), lane=lane, step=STEP, text=text)


@pytest.fixture
def room(app: Flask) -> Room:
    return Room()


def test_a_gesture_sent_twice_counts_once(room: Room) -> None:
    written = note("Une idée.")
    first, again = room.send(written), room.send(written, written)
    assert first.accepted == [written["id"]]
    assert set(again.accepted) == {written["id"]}
    assert len(room.events()) == 1
    assert room.meeting.sequence == 1


def test_the_state_is_folded_from_what_arrived(room: Room) -> None:
    room.start()
    room.send(gesture("step_entered", step=room.meeting.steps[1]["id"]))
    state = room.state()
    assert state.current == room.meeting.steps[1]["id"]
    assert state.hand_device == "a"


def test_only_the_device_that_has_the_hand_steers(room: Room) -> None:
    room.start()
    refused = room.send(gesture("step_entered", step=room.meeting.steps[1]["id"]), device="b")
    assert [each["why"] for each in refused.refused] == ["Un autre appareil a la main."]
    assert room.state().current == room.meeting.steps[0]["id"]
    taken = room.send(gesture("hand_taken", 2, device="b"), gesture("paused", 2), device="b")
    assert taken.refused == []
    assert room.state().hand_device == "b"


def test_a_second_device_writes_notes_without_the_hand(room: Room) -> None:
    room.start()
    assert room.send(note("De l’autre appareil."), device="b").refused == []


def test_unreadable_gestures_are_refused_one_by_one_and_the_rest_is_kept(room: Room) -> None:
    good = note("Gardée.")
    received = room.send({"id": "x"}, {**note("z"), "kind": "exploded"}, good, {**good, "id": str(uuid4()), "body": {}})
    assert received.accepted == [good["id"]]
    assert len(received.refused) == 3


def test_a_clock_that_runs_ahead_is_brought_back(room: Room) -> None:
    early = {**note("Du futur."), "happened_at": iso(clock.now() + timedelta(hours=3))}
    room.send(early)
    assert room.events()[0].happened_at == clock.now()


def test_steering_leaves_no_author(room: Room) -> None:
    room.start()
    room.send(gesture("step_entered", step=room.meeting.steps[-1]["id"]), note("Une idée."))
    authors = {event.kind: event.author_id for event in room.events()}
    assert authors["step_entered"] is None
    assert authors["note_written"] == room.pilot.id
    kinds = {event.kind for event in db.session.query(AuditEvent)}
    assert "step_entered" not in kinds


def test_a_presence_corrected_on_the_screen_after_the_meeting_leaves_its_trace(room: Room, moment) -> None:
    room.send(gesture("attendance_marked", who=str(room.maud.id), state="present"))
    assert db.session.query(AttendanceChange).count() == 0
    moment.move_to(room.meeting.ends_at + timedelta(minutes=5))
    room.send(gesture("attendance_marked", who=str(room.maud.id), state="late"))
    change = db.session.query(AttendanceChange).one()
    assert (change.before, change.after, change.user_id) == ("present", "late", room.maud.id)


def test_the_last_word_on_attendance_counts_and_outsiders_leave_no_mark(room: Room) -> None:
    stranger = factories.user("Ailleurs")
    for who, state in ((room.maud, "absent"), (room.maud, "late"), (stranger, "present")):
        room.send(gesture("attendance_marked", who=str(who.id), state=state))
    assert attendance_of(room.meeting.id) == {room.maud.id: "late"}


def test_an_older_word_that_comes_late_does_not_win(room: Room) -> None:
    old = gesture("attendance_marked", who=str(room.maud.id), state="absent")
    old["happened_at"] = iso(clock.now() - timedelta(minutes=5))
    room.send(gesture("attendance_marked", who=str(room.maud.id), state="present"))
    room.send(old)
    assert attendance_of(room.meeting.id) == {room.maud.id: "present"}


def test_the_author_of_the_chosen_situation_presents(room: Room) -> None:
    mine = factories.situation(room.collective, room.maud)
    room.send(gesture("situation_chosen", situation=str(mine.id)))
    assert open_presenter(sheet_of_meeting(room.meeting.id)) == room.maud.id
    room.send(gesture("situation_chosen", spare="j-interviens"))
    assert open_presenter(sheet_of_meeting(room.meeting.id)) is None


def test_whoever_tells_a_situation_aloud_presents(room: Room) -> None:
    mine = factories.situation(room.collective, room.maud)
    room.send(gesture("situation_chosen", situation=str(mine.id)))
    room.send(gesture("situation_chosen", told_by=str(room.karim.id)))
    assert open_presenter(sheet_of_meeting(room.meeting.id)) == room.karim.id
    assert open_situation(mine).chosen_for is None
    assert room.state().situation == {"told_by": str(room.karim.id)}
    room.send(gesture("situation_chosen", told_by=str(factories.user().id)))
    assert open_presenter(sheet_of_meeting(room.meeting.id)) is None


def test_with_a_spare_situation_the_sheet_asks_no_presenter(room: Room) -> None:
    room.send(gesture("situation_chosen", told_by=str(room.karim.id)))
    assert get_sheet(sheet_of_meeting(room.meeting.id).id).sheet.presenter is not None
    room.send(gesture("situation_chosen", spare="intervenir-ou-laisser-faire"))
    sheet = sheet_of_meeting(room.meeting.id)
    propose(World({"pilot": room.pilot}, {}, sheets={"one": sheet}), "one", "dite", asked_at=clock.now())
    assert get_sheet(sheet.id).life.has_presenter is False


def test_a_situation_of_another_collective_gives_no_presenter(room: Room) -> None:
    theirs = factories.situation(factories.collective(), factories.user())
    room.send(gesture("situation_chosen", situation=str(theirs.id)))
    assert open_presenter(sheet_of_meeting(room.meeting.id)) is None


def test_the_private_lane_goes_only_to_its_author(room: Room) -> None:
    mine, ours = note("Pour moi.", "private"), note("Pour tous.")
    room.send(mine, ours, gesture("note_edited", note=mine["body"]["note"], text="Pour moi, mieux."))
    assert {each.text for each in room.state(room.pilot).notes} == {"Pour moi, mieux.", "Pour tous."}
    assert {each.text for each in room.state(room.maud).notes} == {"Pour tous."}


def bodies(room: Room) -> str:
    return " ".join(str(dict(each.body)) for each, _ in stored_events(room.meeting, None))


def test_the_words_of_a_removed_note_leave_when_undo_ends(room: Room, moment: Any) -> None:
    gone, kept = note("À oublier."), note("À garder.")
    room.send(gone, kept, gesture("note_edited", note=gone["body"]["note"], text="À oublier aussi."))
    room.send(gesture("note_removed", note=gone["body"]["note"]))
    erase_removed_notes(room.meeting, now=clock.now())
    assert "À oublier." in bodies(room)
    moment.shift(timedelta(minutes=10, seconds=1))
    erase_removed_notes(room.meeting, now=clock.now())
    db.session.flush()
    assert "oublier" not in bodies(room)
    assert "À garder." in bodies(room)
    assert [type(work) for work in asked(Work)] == [EraseRemovedNotes]


def test_a_removal_that_was_undone_forgets_nothing(room: Room, moment: Any) -> None:
    written = note("Finalement oui.")
    removed = gesture("note_removed", note=written["body"]["note"])
    room.send(written, removed)
    room.send(gesture("note_edited", note=written["body"]["note"], text="Finalement oui.", undoes=removed["id"]))
    moment.shift(timedelta(minutes=11))
    erase_removed_notes(room.meeting, now=clock.now())
    assert "Finalement oui." in bodies(room)


def test_closing_asks_to_forget_at_once(room: Room, moment: Any) -> None:
    room.start()
    gone = note("À oublier.")
    room.send(gone, gesture("note_removed", note=gone["body"]["note"]), gesture("meeting_closed"))
    moment.shift(timedelta(seconds=1))
    erase_removed_notes(room.meeting, now=clock.now())
    assert "À oublier." not in bodies(room)


def test_nothing_is_added_to_a_meeting_whose_notes_perished(room: Room, moment: Any) -> None:
    room.send(note("Avant."))
    moment.shift(timedelta(days=31))
    with pytest.raises(MeetingPerished):
        room.send(note("Trop tard."))


def test_the_notes_are_sealed(room: Room) -> None:
    room.send(note("Un mot secret."))
    row = room.events()[0]
    assert b"secret" not in row.body
    assert isinstance(row.id, UUID)
