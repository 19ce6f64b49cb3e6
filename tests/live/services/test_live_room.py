"""What happens in the room besides steps and notes: duties, guests, turns, what is parked, the secretary's hand."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from collectifs.collectives.models import Meeting
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.work import Work
from collectifs.live.domain.gestures import iso
from collectifs.live.domain.work import EraseRemovedNotes
from collectifs.live.models import ParkedItem
from collectifs.live.queries.events import stored_events
from collectifs.live.queries.parking import open_items
from collectifs.live.services.devices import offer_hand
from collectifs.live.services.live import Received, erase_removed_notes
from collectifs.meetings.models import MeetingEvent, MeetingGuest
from collectifs.meetings.queries.meetings import get_meeting
from collectifs.people.domain.person import Role
from collectifs.people.models import Territory, User
from tests import factories
from tests.asked import asked
from tests.live.services.test_live import Room, gesture, note, send


class Here(Room):
    """The room, whose secretary may be named."""

    def name_secretary(self, who: User | None = None) -> None:
        self.send(gesture("duty_given", duty="note_taker", who=str((who or self.maud).id)))

    def as_secretary(self, *gestures: dict[str, Any], device: str = "b", token: str = "") -> Received:
        return send(self.meeting, self.maud, *gestures, device=device, token=token)

    def code(self, by: User | None = None) -> str:
        found = get_meeting(self.meeting.id)
        assert found is not None
        return offer_hand(found, "a", now=clock.now(), by=factories.person(by or self.pilot))[1]

    def refusals(self, received: Received) -> list[str]:
        return [each["why"] for each in received.refused]


@pytest.fixture
def room(app: Flask) -> Here:
    return Here()


def late(made: dict[str, Any], minutes: int) -> dict[str, Any]:
    return {**made, "happened_at": iso(clock.now() - timedelta(minutes=minutes))}


# ---------- Whose words ----------


def test_an_edit_of_a_note_that_nobody_knows_yet_is_its_authors(room: Here) -> None:
    room.name_secretary()
    room.as_secretary(gesture("note_edited", note=str(uuid4()), text="D’une note qui n’est pas arrivée."))
    (event,) = [each for each in room.events() if each.kind == "note_edited"]
    assert (event.is_private, event.author_id) == (True, room.maud.id)


def test_an_edit_follows_the_latest_lane_of_its_note(room: Here) -> None:
    written = note("Pour moi.", "private")
    name = written["body"]["note"]
    moved = gesture("note_edited", note=name, lane="collective", step="opening", text="Pour tous.")
    room.send(written)
    room.send(moved)
    room.send(gesture("note_edited", note=name, text="Pour tous, mieux."))
    assert [each.is_private for each in room.events()] == [True, False, False]
    assert [each.text for each in room.state(room.maud).notes] == ["Pour tous, mieux."]
    assert {each.note_id for each in room.events()} == {UUID(name)}


def test_a_meeting_held_without_notes_keeps_none(room: Here) -> None:
    room.meeting.keeps_notes = False
    received = room.send(
        note("Une idée."), gesture("note_removed", note=str(uuid4())), gesture("hand_taken", device="a")
    )
    assert room.refusals(received) == ["Ce regroupement se tient sans notes."] * 2
    assert [each.kind for each in room.events()] == ["hand_taken"]


# ---------- The duties of the day ----------


def test_the_member_named_as_secretary_is_known_to_the_meeting(room: Here) -> None:
    room.name_secretary()
    assert room.meeting.note_taker_id == room.maud.id
    room.send(gesture("duty_given", duty="timekeeper", who=str(room.karim.id)))
    assert room.meeting.note_taker_id == room.maud.id
    room.send(gesture("duty_given", duty="note_taker", who=""))
    assert room.meeting.note_taker_id is None


def test_only_a_member_is_the_secretary(room: Here) -> None:
    room.name_secretary(factories.user("Ailleurs"))
    assert room.meeting.note_taker_id is None


def test_a_secretary_named_earlier_on_a_device_that_was_cut_does_not_win(room: Here) -> None:
    earlier = late(gesture("duty_given", duty="note_taker", who=str(room.karim.id)), 5)
    room.name_secretary()
    room.send(earlier)
    assert room.meeting.note_taker_id == room.maud.id
    assert room.state().duties == {"note_taker": str(room.maud.id)}


# ---------- The secretary ----------


def test_the_secretary_writes_and_marks_turns_and_does_nothing_else(room: Here) -> None:
    room.start()
    room.name_secretary()
    allowed = room.as_secretary(note("Une idée."), gesture("turn_taken", who=str(room.karim.id), step="x", how="given"))
    assert allowed.refused == []
    others = [
        gesture("attendance_marked", who=str(room.karim.id), state="absent"),
        gesture("duty_given", duty="note_taker", who=str(room.karim.id)),
        gesture("situation_chosen", told_by=str(room.karim.id)),
        gesture("guest_welcomed", who=str(uuid4()), name="Inès Roux"),
    ]
    assert room.refusals(room.as_secretary(*others)) == ["Cette action revient à la personne qui a la main."] * 4
    assert room.meeting.note_taker_id == room.maud.id


def test_the_secretary_does_not_steer_even_under_the_name_of_the_device_that_does(room: Here) -> None:
    room.start()
    room.name_secretary()
    assert room.refusals(room.as_secretary(gesture("paused"))) == ["Un autre appareil a la main."]
    spoofed = room.as_secretary(gesture("paused"), device="a")
    assert room.refusals(spoofed) == ["Cette action revient à la personne qui a la main."]
    assert room.state().running_since is not None


def test_the_secretary_takes_the_hand_by_the_square_code_once(room: Here) -> None:
    room.start()
    room.name_secretary()
    taken = gesture("hand_taken", 2, device="b")
    assert room.refusals(room.as_secretary(taken)) == ["La main se passe par le QR code que montre l’appareil qui l’a."]
    code = room.code()
    done = room.as_secretary(taken, gesture("paused", 2), token=code)
    assert done.refused == []
    assert room.as_secretary(taken).accepted == [taken["id"]], "sent again, it needs no code"
    assert room.as_secretary(gesture("resumed", 2)).refused == []
    assert room.state().hand_device == "b"
    again = room.as_secretary(gesture("hand_taken", 3, device="b"), token=code)
    assert room.refusals(again) == ["Ce code a déjà servi : demandez un nouveau code."]


def test_the_hand_taken_back_by_the_pilot_is_no_longer_the_secretarys(room: Here) -> None:
    room.start()
    room.name_secretary()
    room.as_secretary(gesture("hand_taken", 2, device="b"), token=room.code())
    assert room.send(gesture("hand_taken", 3, device="a"), gesture("paused", 3)).refused == []
    assert room.refusals(room.as_secretary(gesture("resumed", 3))) == ["Un autre appareil a la main."]
    authors = [each.author_id for each in room.events() if each.kind == "hand_taken"]
    assert authors == [None, room.maud.id, None]


# ---------- Guests ----------


def test_a_guest_who_comes_in_is_a_line_of_the_attendance_sheet(room: Here) -> None:
    who = str(uuid4())
    welcomed = gesture("guest_welcomed", who=who, name="Ines  Roux")
    room.send(welcomed, gesture("attendance_marked", who=who, state="late"))
    room.send(welcomed, gesture("guest_welcomed", who=who, name="Inès Roux"))
    row = db.session.query(MeetingGuest).one()
    assert (str(row.id), row.meeting_id, row.name, row.state) == (who, room.meeting.id, "Inès Roux", "late")
    assert room.state().guests == {who: "Inès Roux"}


def test_the_hierarchy_and_who_is_on_the_list_already_are_not_received(room: Here) -> None:
    place = db.session.get_one(Territory, room.collective.territory_id)
    factories.grant(factories.user("Sylvie", "Caron"), Role.MANAGER, place)
    refused = room.send(
        gesture("guest_welcomed", who=str(uuid4()), name="Sylvie CARON"),
        gesture("guest_welcomed", who=str(uuid4()), name=f"Maud {room.maud.family_name}"),
    )
    first, second = room.refusals(refused)
    assert "appartient à la hiérarchie" in first
    assert "déjà dans la liste" in second
    assert db.session.query(MeetingGuest).count() == 0
    assert room.state().guests == {}


def test_the_guest_of_another_meeting_is_left_alone(room: Here) -> None:
    other = factories.meeting(factories.collective())
    row = factories.add(
        MeetingGuest(meeting_id=other.id, name="Inès Roux", added_at=clock.now(), added_by_id=room.pilot.id)
    )
    refused = room.send(
        gesture("guest_welcomed", who=str(row.id), name="Autre nom"),
        gesture("attendance_marked", who=str(row.id), state="present"),
    )
    assert room.refusals(refused) == ["Cette action n’est pas lisible."]
    assert (row.name, row.state) == ("Inès Roux", "")


# ---------- Turns and hands raised ----------


def transient(room: Here) -> list[dict[str, Any]]:
    return [
        gesture("turn_taken", who=str(room.maud.id), step="opening", how="passed"),
        gesture("hands_counted", about="s1", criterion="urgency", count=4),
    ]


def test_turns_and_hands_raised_leave_the_server_at_the_close(room: Here, moment: Any) -> None:
    room.start()
    room.send(*transient(room), note("Une idée."))
    erase_removed_notes(room.meeting, now=clock.now())
    assert room.state().hands == {"s1": {"urgency": 4}}, "the meeting goes on"
    moment.shift(timedelta(minutes=1))
    room.send(gesture("meeting_closed"))
    erase_removed_notes(room.meeting, now=clock.now())
    db.session.flush()
    assert {each.kind for each in room.events()} == {"hand_taken", "meeting_started", "note_written", "meeting_closed"}


def test_those_that_come_in_after_the_close_go_too(room: Here, moment: Any) -> None:
    room.start()
    cut = transient(room)
    moment.shift(timedelta(minutes=1))
    room.send(gesture("meeting_closed"))
    assert room.send(*cut).refused == []
    assert [type(work) for work in asked(Work)] == [EraseRemovedNotes] * 2  # the close, then once for what came late
    erase_removed_notes(room.meeting, now=clock.now())
    db.session.flush()
    assert not {each.kind for each in room.events()} & {"turn_taken", "hands_counted"}


# ---------- The parking lot ----------


def words_of_events(meeting: Meeting) -> str:
    return " ".join(str(dict(each.body)) for each, _ in stored_events(meeting, None))


def test_what_is_parked_belongs_to_the_series(room: Here) -> None:
    item = str(uuid4())
    parked = gesture("parked", item=item, text="Le rapport de février")
    room.send(parked, parked)
    (kept,) = open_items(room.collective)
    assert (str(kept.id), kept.text) == (item, "Le rapport de février")
    row = db.session.query(ParkedItem).one()
    assert b"rapport" not in row.text
    assert room.events()[0].author_id is None


def test_what_is_taken_off_leaves_the_server_even_when_another_meeting_parked_it(room: Here) -> None:
    item = str(uuid4())
    room.send(gesture("parked", item=item, text="Le rapport de février"))
    first = room.meeting
    room.meeting = factories.meeting(room.collective, number=2, starts_at=clock.now() + timedelta(days=1))
    room.send(gesture("unparked", item=item))
    assert open_items(room.collective) == []
    assert "rapport" not in words_of_events(first)


def test_words_that_come_after_they_were_taken_off_are_not_kept(room: Here) -> None:
    item = str(uuid4())
    parked = gesture("parked", item=item, text="Le rapport de février")
    received = room.send(gesture("unparked", item=item), parked)
    assert room.refusals(received) == ["Cette ligne a été retirée du pense-bête sur un autre appareil."]
    assert "rapport" not in words_of_events(room.meeting)
    assert db.session.query(ParkedItem).count() == 0


def test_another_series_keeps_what_it_set_aside(room: Here) -> None:
    other = Here()
    item = str(uuid4())
    other.send(gesture("parked", item=item, text="Chez les autres"))
    room.send(gesture("unparked", item=item))
    assert [each.text for each in open_items(other.collective)] == ["Chez les autres"]
    assert "Chez les autres" in words_of_events(other.meeting)


def test_a_line_too_long_is_refused_in_words_and_the_rest_is_kept(room: Here) -> None:
    received = room.send(gesture("parked", item=str(uuid4()), text="x" * 301), note("Une idée."))
    assert "raccourcissez" in room.refusals(received)[0]
    assert [each.kind for each in room.events()] == ["note_written"]
    assert room.meeting.sequence == 1


def test_events_are_numbered_without_a_hole(room: Here) -> None:
    room.start()
    room.send(gesture("paused"), gesture("resumed"), gesture("resumed", 9), note("Une idée."))
    numbers = [each.sequence for each in db.session.query(MeetingEvent).order_by(MeetingEvent.sequence)]
    assert numbers == [1, 2, 3, 4, 5]
    assert room.meeting.sequence == 5
