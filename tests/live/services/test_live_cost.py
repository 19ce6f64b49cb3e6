"""What a gesture and a question « anything new? » cost: the same however long the meeting has lasted."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from collectifs.collectives.models import Meeting
from collectifs.kernel import clock, vault
from collectifs.kernel.extensions import db
from collectifs.kernel.vault.texts import seal_text
from collectifs.live.domain.gestures import iso
from collectifs.live.services.perishing import destroy_notes
from collectifs.meetings.models import MeetingEvent
from collectifs.people.models import Device
from tests import factories
from tests.pages import Visitor
from tools.bench_pages import counted
from tools.bench_weight import MOST_KB, weigh

SHORT, LONG = 20, 2000
# The door, what came before, the number and the row; then one statement for each mark, with its line of the audit.
MOST_FOR_A_GESTURE = {"a note": 4, "an edit": 4, "a step": 4, "a pause": 4, "another duty": 4, "the secretary": 6}
MOST_FOR_A_GESTURE |= {"a line set aside": 6, "the close": 6}
AROUND = ("attendances", "objections", "submitted_sheets", "jobs", "max(")
DEVICE = "laptop"


class Room:
    """A meeting with a journal of a given length, and its pilot's browser."""

    def __init__(self, visit: Callable[..., Visitor], length: int) -> None:
        self.pilot = factories.user("Hélène")
        self.sender = str(self.pilot.id)
        collective = factories.collective(pilot=self.pilot, members=[factories.user("Maud")])
        meeting = factories.meeting(collective)
        self.notes = [uuid4() for _ in range(length)]
        write_journal(meeting, self.pilot.id, self.notes)
        self.id, self.spare_id, self.url = meeting.id, meeting.spare_id, f"/seance/{meeting.id}"
        self.sequence = meeting.sequence
        self.browser = visit(self.pilot)
        self.browser.open(self.url)

    def send(self, *gestures: dict[str, Any]) -> Any:
        body = {"device": DEVICE, "person": self.sender, "events": list(gestures)}
        answer = self.browser.post_json(f"{self.url}/gestes", body)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        assert answer.get_json()["refused"] == []
        return answer

    def ask(self, known: int | None = None, what: str = "etat") -> Any:
        known = self.sequence if known is None else known
        return self.browser.client.get(f"{self.url}/{what}?depuis={known}")


def write_journal(meeting: Meeting, author_id: UUID, notes: list[UUID]) -> None:
    """The hand taken, then one private note after another, straight into the table."""
    bodies = [("hand_taken", None, {"device": DEVICE})]
    lane = {"lane": "private", "step": "opening", "text": "Une idée."}
    bodies += [("note_written", note, {"note": str(note), **lane}) for note in notes]
    for sequence, (kind, note, body) in enumerate(bodies, 1):
        row = MeetingEvent(id=uuid4(), meeting_id=meeting.id, sequence=sequence, kind=kind, hand=1, note_id=note)
        row.happened_at = clock.now() + timedelta(milliseconds=sequence)
        row.author_id, row.is_private = (author_id, True) if note else (None, False)
        seal_text(row, MeetingEvent.body, json.dumps(body), under=meeting)
        db.session.add(row)
    meeting.sequence = len(bodies)
    db.session.flush()


def gesture(kind: str, **body: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "kind": kind, "hand": 1, "happened_at": iso(clock.now()), "body": body}


def gestures_of_a_meeting(room: Room) -> dict[str, dict[str, Any]]:
    """One of each kind that is made again and again in the room."""
    return {
        "a note": gesture("note_written", note=str(uuid4()), lane="collective", step="opening", text="Une idée."),
        "an edit": gesture("note_edited", note=str(room.notes[3]), text="Une idée, autrement."),
        "a removal": gesture("note_removed", note=str(room.notes[4])),
        "a step": gesture("step_entered", step="debrief"),
        "a pause": gesture("paused"),
        "a presence": gesture("attendance_marked", who=room.sender, state="present"),
        "the secretary": gesture("duty_given", duty="note_taker", who=room.sender),
        "another duty": gesture("duty_given", duty="timekeeper", who=room.sender),
        "a line set aside": gesture("parked", item=str(uuid4()), text="Y revenir."),
        "the start": gesture(
            "meeting_started", plan=[{"id": "opening", "title": "Accueil", "minutes": 10, "least": 5}]
        ),
        "the close": gesture("meeting_closed"),
    }


def costs(room: Room) -> dict[str, int]:
    """How many questions each gesture asks, the first sending left out."""
    room.send(gesture("resumed"), gesture("parked", item=str(uuid4()), text="La première fait la clé de la série."))
    found = {}
    for name, made in gestures_of_a_meeting(room).items():
        with counted() as seen:
            room.send(made)
        found[name] = len(seen)
    return found


def test_a_gesture_asks_as_much_after_two_thousand_gestures_as_after_twenty(app: Flask, visit) -> None:
    short, long = (costs(Room(visit, length)) for length in (SHORT, LONG))
    assert long == short
    assert all(asked <= MOST_FOR_A_GESTURE.get(name, 5) for name, asked in short.items()), short


def test_a_gesture_opens_no_word_of_the_gestures_before_it(app: Flask, visit, monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room(visit, SHORT)
    room.send(gesture("resumed"))
    opened: list[str] = []
    real = vault.Vault.open_sealed
    monkeypatch.setattr(vault.Vault, "open_sealed", lambda self, *args: opened.append(args[2]) or real(self, *args))
    room.send(gestures_of_a_meeting(room)["an edit"])
    assert len(opened) <= 1, "who has the hand, and nothing else"


@pytest.mark.parametrize("what", ["etat", "projection/etat"])
def test_nothing_new_is_one_question_and_no_cookie(app: Flask, visit, what: str) -> None:
    room = Room(visit, SHORT)
    with counted() as seen:
        answer = room.ask(what=what)
    assert answer.status_code == 304
    assert answer.headers["X-Sequence"] == str(room.sequence)
    assert answer.headers["X-Server-Now"] == iso(clock.now())
    assert "Set-Cookie" not in answer.headers
    assert len(seen) == 1, seen


@pytest.mark.parametrize("what", ["etat", "projection/etat"])
def test_neither_a_question_nor_a_gesture_opens_a_session(
    app: Flask, visit, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    room, opened = Room(visit, SHORT), []
    room.browser.learn_token(room.browser.raw(room.url))
    monkeypatch.setattr(SecureCookieSessionInterface, "open_session", lambda *args: opened.append(args[2].method))
    assert room.ask(what=what).status_code == 304
    assert room.send(gesture("resumed")).status_code == 200
    assert opened == []


@pytest.mark.parametrize(("what", "most"), [("etat", 2), ("projection/etat", 3)])
def test_news_are_the_door_and_what_is_new(app: Flask, visit, what: str, most: int) -> None:
    room = Room(visit, SHORT)
    with counted() as seen:
        answer = room.ask(known=0, what=what)
    assert answer.status_code == 200
    assert len(seen) <= most, seen
    for table in AROUND:
        assert not [each for each in seen if table in each], table


def test_a_gesture_signs_no_cookie(app: Flask, visit) -> None:
    room = Room(visit, SHORT)
    assert "Set-Cookie" not in room.send(gesture("resumed")).headers


def test_a_screen_learns_at_once_that_the_notes_are_gone(app: Flask, visit) -> None:
    room = Room(visit, SHORT)
    assert room.ask().status_code == 304
    destroy_notes(db.session.get_one(Meeting, room.id), now=clock.now())
    db.session.commit()
    assert room.ask().status_code == 410


def test_somebody_who_was_removed_hears_nothing_more_at_once(app: Flask, visit) -> None:
    room = Room(visit, SHORT)
    assert room.ask().status_code == 304
    db.session.query(Device).update({"closed_at": clock.now()})
    db.session.commit()
    assert room.ask().status_code == 302


def test_the_live_screen_opens_with_at_most_ninety_kilobytes(app: Flask, visit) -> None:
    room = Room(visit, SHORT)
    page = room.browser.client.get(room.url).get_data(as_text=True)
    weight = weigh(page)
    assert 10 < weight.files < 20, "the page, its styles, its scripts: each with what it begins with"
    assert weight.later > 5, "the square code, the next date, the code of the device, the closed room"
    assert weight.total <= MOST_KB, weight
