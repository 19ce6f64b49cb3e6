"""One odd gesture is refused alone: it keeps no other from arriving, no page from opening, nobody from going on."""

from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from collectifs.kernel.extensions import db
from collectifs.kernel.vault import Vault
from collectifs.live.models import ParkedItem
from collectifs.live.queries.parking import open_items
from collectifs.meetings.models import MeetingEvent, MeetingGuest
from tests import factories
from tests.live.services.test_live import Room, gesture, note

HALF, LOST = "\ud83d", "\ufffd"


@pytest.fixture
def room(app: Flask) -> Room:
    return Room()


def stored(room: Room, kind: str, hand: int = 1, **body: Any) -> MeetingEvent:
    """A gesture as it was once kept, whatever its text holds: half characters were written as escapes."""
    meeting = room.meeting
    meeting.sequence += 1
    return factories.event(meeting, kind, body, sequence=meeting.sequence, hand=hand)


# ---------- Signs that no file can hold ----------


def test_a_half_character_arrives_as_one_that_was_lost_and_stops_nothing(room: Room) -> None:
    odd, good = note(f"abc {HALF} fin"), note("Une idée.")
    parked = gesture("parked", item=str(uuid4()), text=f"Plus{HALF} tard\x00")
    guest = gesture("guest_welcomed", who=str(uuid4()), name=f"In{HALF}ès\u202e Roux")
    received = room.send(odd, parked, guest, good)
    assert (received.accepted, received.refused) == ([each["id"] for each in (odd, parked, guest, good)], [])
    assert [each.text for each in room.state().notes] == [f"abc {LOST} fin", "Une idée."]
    assert [each.text for each in open_items(room.collective)] == [f"Plus{LOST} tard"]
    assert db.session.query(MeetingGuest).one().name == f"In{LOST}ès Roux"


@pytest.mark.parametrize("kind", ["parked", "guest_welcomed", "note_written"])
def test_a_gesture_that_cannot_be_sealed_is_refused_alone_and_leaves_nothing(
    room: Room, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bodies = {
        "parked": {"item": str(uuid4()), "text": "Mal scellé"},
        "guest_welcomed": {"who": str(uuid4()), "name": "Mal scellé"},
        "note_written": note("Mal scellé")["body"],
    }
    real = Vault.seal

    def seal(self: Vault, text: str, *place: str) -> bytes:
        return real(self, "\ud800" if "Mal scellé" in text else text, *place)

    monkeypatch.setattr(Vault, "seal", seal)
    before, bad, after = note("Avant."), gesture(kind, **bodies[kind]), note("Après.")
    received = room.send(before, bad, after)
    assert received.accepted == [before["id"], after["id"]]
    assert received.refused == [{"id": bad["id"], "why": "Cette action n’est pas lisible."}]
    db.session.commit()
    assert [each.kind for each in room.events()] == ["note_written", "note_written"]
    assert db.session.query(ParkedItem).count() == db.session.query(MeetingGuest).count() == 0


def test_what_was_stored_with_odd_signs_is_read_all_the_same(room: Room) -> None:
    stored(room, "note_written", note=str(uuid4()), lane="sheet", step="opening", text=f"abc {HALF}\x00\uffff fin")
    (read,) = room.state().notes
    assert read.text == f"abc {LOST} fin"


def test_an_instant_before_any_device_is_refused_alone(room: Room) -> None:
    ancient, good = {**note("Antique."), "happened_at": "0001-01-01T12:00:00Z"}, note("D’aujourd’hui.")
    received = room.send(ancient, good)
    assert received.accepted == [good["id"]]
    assert [each["id"] for each in received.refused] == [ancient["id"]]


@pytest.mark.parametrize("name", [3, None, ["x"], {"a": {}}])
def test_a_gesture_whose_id_is_no_text_is_refused_alone(room: Room, name: object) -> None:
    good = note("Gardée.")
    received = room.send({**note("Sans numéro."), "id": name}, good)
    assert received.accepted == [good["id"]]
    assert [each["id"] for each in received.refused] == [""]


# ---------- The same number ----------


def test_a_number_used_in_another_meeting_is_refused_alone_and_nothing_is_said_kept(room: Room) -> None:
    other = Room()
    taken, good = note("Là-bas."), note("Ici.")
    other.send(taken)
    received = room.send({**note("Ici aussi."), "id": taken["id"]}, good)
    assert received.accepted == [good["id"]]
    assert received.refused == [{"id": taken["id"], "why": "Cette action n’est pas lisible."}]
    assert [each.text for each in room.state().notes] == ["Ici."]
    assert [each.text for each in other.state().notes] == ["Là-bas."]


# ---------- The number of the hand ----------


@pytest.mark.parametrize("hand", [3, 999_999, 2**31 - 1])
def test_nobody_takes_a_hand_number_that_others_could_not_exceed(room: Room, hand: int) -> None:
    room.start()
    received = room.send(gesture("hand_taken", hand, device="b"), device="b")
    assert [each["why"] for each in received.refused] == ["Un autre appareil a la main."]
    assert room.send(gesture("hand_taken", 2, device="c"), gesture("paused", 2), device="c").refused == []
    assert room.state().hand_device == "c"


def test_a_hand_number_kept_from_before_is_exceeded_all_the_same(room: Room) -> None:
    room.start()
    stored(room, "hand_taken", 999_999, device="b")
    assert room.send(gesture("hand_taken", 1_000_000, device="a"), gesture("paused", 1_000_000)).refused == []
    assert room.state().hand_device == "a"


def test_a_device_whose_hand_was_taken_meanwhile_by_the_same_number_keeps_its_notes(room: Room) -> None:
    """Both were out of reach of one another, and both took number 2: the first to arrive has it."""
    room.start()
    offline = [
        gesture("hand_taken", 2, device="b"),
        gesture("step_entered", 2, step=room.meeting.steps[1]["id"]),
        {**note("Écrite sans réseau."), "hand": 2},
    ]
    room.send(gesture("hand_taken", 2, device="c"), gesture("paused", 2), device="c")
    received = room.send(*offline, device="b")
    assert received.accepted == [offline[2]["id"]]
    assert room.send(*offline, device="b").accepted == received.accepted, "sent again, nothing changes"
    state = room.state()
    assert [each.text for each in state.notes] == ["Écrite sans réseau."]
    assert (state.hand_device, state.current) == ("c", room.meeting.steps[0]["id"])
    assert room.send(gesture("hand_taken", 3, device="b"), gesture("resumed", 3), device="b").refused == []


def test_a_hand_taken_that_arrives_twice_stays_taken(room: Room) -> None:
    room.start()
    taken = gesture("hand_taken", 2, device="b")
    assert room.send(taken, device="b").accepted == room.send(taken, device="b").accepted == [taken["id"]]
    assert room.state().hand == 2


def test_no_gesture_counts_after_all_those_to_come(room: Room) -> None:
    """A note edited, a presence, a duty with an enormous hand number: whoever speaks later has the last word."""
    room.start()
    written, who = note("Une idée."), str(room.maud.id)
    name = written["body"]["note"]
    room.send(
        written,
        gesture("note_edited", 900_000, note=name, text="Pour toujours."),
        gesture("attendance_marked", 900_000, who=who, state="absent"),
        gesture("duty_given", 900_000, duty="note_taker", who=who),
    )
    assert room.meeting.note_taker_id == room.maud.id
    room.send(gesture("hand_taken", 2, device="b"), device="b")
    received = room.send(
        gesture("note_edited", 2, note=name, text="Autrement."),
        gesture("attendance_marked", 2, who=who, state="present"),
        gesture("duty_given", 2, duty="note_taker", who=""),
    )
    assert received.refused == []
    state = room.state()
    assert [each.text for each in state.notes] == ["Autrement."]
    assert state.attendance[who] == "present"
    assert room.meeting.note_taker_id is None
