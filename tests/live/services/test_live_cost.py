"""What a gesture and a question « anything new? » cost: the same however long the meeting has lasted."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from flask import Flask

from collectifs.collectives.models import Meeting
from collectifs.kernel import clock, vault
from collectifs.kernel.extensions import db
from collectifs.kernel.vault.texts import seal_text
from collectifs.live.domain.gestures import iso
from collectifs.live.services.perishing import destroy_notes
from collectifs.meetings.models import MeetingEvent
from tests import factories
from tests.pages import Visitor
from tools.bench_pages import counted
from tools.bench_weight import MOST_KB, weigh

SHORT, LONG = 20, 2000
MOST_FOR_A_GESTURE = 20
MOST_FOR_AN_ANSWER = 8
AROUND = ("attendances", "objections", "submitted_sheets", "jobs", "max(")
DEVICE = "laptop"


class Room:
    """A meeting with a journal of a given length, and its pilot's browser."""

    def __init__(self, visit: Callable[..., Visitor], length: int) -> None:
        self.pilot = factories.user("Hélène")
        collective = factories.collective(pilot=self.pilot, members=[factories.user("Maud")])
        meeting = factories.meeting(collective)
        self.notes = [uuid4() for _ in range(length)]
        write_journal(meeting, self.pilot.id, self.notes)
        self.id, self.spare_id, self.url = meeting.id, meeting.spare_id, f"/seance/{meeting.id}"
        self.sequence = meeting.sequence
        self.browser = visit(self.pilot)
        self.browser.open(self.url)

    def send(self, *gestures: dict[str, Any]) -> Any:
        body = {"device": DEVICE, "person": str(self.pilot.id), "events": list(gestures)}
        answer = self.browser.post_json(f"{self.url}/gestes", body)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        assert answer.get_json()["refused"] == []
        return answer

    def ask(self, shown: str = "", known: int | None = None, what: str = "etat") -> Any:
        headers = {"X-Poll-Pass": shown} if shown else {}
        known = self.sequence if known is None else known
        return self.browser.client.get(f"{self.url}/{what}?depuis={known}", headers=headers)


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
        "a presence": gesture("attendance_marked", who=str(room.pilot.id), state="present"),
    }


def costs(room: Room) -> dict[str, int]:
    """How many questions each gesture asks, the first sending left out."""
    room.send(gesture("resumed"))
    found = {}
    for name, made in gestures_of_a_meeting(room).items():
        with counted() as seen:
            room.send(made)
        found[name] = len(seen)
    return found


def test_a_gesture_asks_as_much_after_two_thousand_gestures_as_after_twenty(app: Flask, visit) -> None:
    short, long = (costs(Room(visit, length)) for length in (SHORT, LONG))
    assert long == short
    assert max(short.values()) <= MOST_FOR_A_GESTURE, short


def test_a_gesture_opens_no_word_of_the_gestures_before_it(app: Flask, visit, monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room(visit, SHORT)
    room.send(gesture("resumed"))
    opened: list[str] = []
    real = vault.Vault.open_sealed
    monkeypatch.setattr(
        vault.Vault, "open_sealed", lambda self, *args: opened.append(args[2]) or real(self, *args)
    )
    room.send(gestures_of_a_meeting(room)["an edit"])
    assert len(opened) <= 1, "who has the hand, and nothing else"


@pytest.mark.parametrize("what", ["etat", "projection/etat"])
def test_nothing_new_is_one_question_of_one_number(app: Flask, visit, what: str) -> None:
    room = Room(visit, SHORT)
    first = room.ask(what=what)
    assert first.status_code == 304
    with counted() as seen:
        second = room.ask(first.headers["X-Poll-Pass"], what=what)
    assert second.status_code == 304
    assert second.headers["X-Sequence"] == str(room.sequence)
    assert second.headers["X-Server-Now"] == iso(clock.now())
    assert "X-Poll-Pass" not in second.headers, "a quick answer does not prolong itself"
    assert len(seen) == 1
    assert seen[0].startswith("SELECT meetings.sequence \nFROM meetings \nWHERE meetings.id =")


@pytest.mark.parametrize("what", ["etat", "projection/etat"])
@pytest.mark.parametrize("is_news", [True, False])
def test_a_whole_answer_reads_nothing_of_what_only_pages_show(app: Flask, visit, what: str, is_news: bool) -> None:
    """Without a pass the rule is asked again: who is in the collective, and no sheet, presence or date around it."""
    room = Room(visit, SHORT)
    room.ask(what=what)
    with counted() as seen:
        answer = room.ask(known=0 if is_news else None, what=what)
    assert answer.status_code == (200 if is_news else 304)
    assert len(seen) <= MOST_FOR_AN_ANSWER, seen
    for table in AROUND:
        assert not [each for each in seen if table in each], table


def test_the_pass_never_opens_an_event(app: Flask, visit) -> None:
    room = Room(visit, SHORT)
    shown = room.ask().headers["X-Poll-Pass"]
    assert room.ask(shown, 0).get_json()["events"][0]["kind"] == "hand_taken"
    stranger = visit(factories.user("Karim"))
    answer = stranger.client.get(f"{room.url}/etat?depuis={room.sequence}", headers={"X-Poll-Pass": shown})
    assert answer.status_code == 404
    nobody = visit().client.get(f"{room.url}/etat?depuis={room.sequence}", headers={"X-Poll-Pass": shown})
    assert nobody.status_code == 302


def test_the_pass_of_one_meeting_says_nothing_of_another(app: Flask, visit) -> None:
    ours, other = Room(visit, SHORT), Room(visit, SHORT)
    shown = other.ask().headers["X-Poll-Pass"]
    answer = other.browser.client.get(f"{ours.url}/etat?depuis={ours.sequence}", headers={"X-Poll-Pass": shown})
    assert answer.status_code == 404


@pytest.mark.parametrize("shown", ["", "x", ".", "99999999999.00", "²." + "0" * 64, "1.é", f"{2**40}.{'0' * 64}"])
def test_a_pass_that_was_made_up_is_no_pass(app: Flask, visit, shown: str) -> None:
    room = Room(visit, SHORT)
    with counted() as seen:
        assert room.ask(shown.encode().decode("latin-1")).status_code == 304
    assert len(seen) > 1


def test_after_two_minutes_the_browser_is_looked_up_again(
    app: Flask, visit, moment: time_machine.Traveller
) -> None:
    room = Room(visit, SHORT)
    shown = room.ask().headers["X-Poll-Pass"]
    moment.shift(timedelta(seconds=119))
    assert "X-Poll-Pass" not in room.ask(shown).headers
    moment.shift(timedelta(seconds=2))
    assert room.ask(shown).headers["X-Poll-Pass"] not in ("", shown)


def test_a_screen_learns_within_two_minutes_that_the_notes_are_gone(
    app: Flask, visit, moment: time_machine.Traveller
) -> None:
    room = Room(visit, SHORT)
    shown = room.ask().headers["X-Poll-Pass"]
    destroy_notes(db.session.get_one(Meeting, room.id), now=clock.now())
    db.session.commit()
    moment.shift(timedelta(seconds=121))
    assert room.ask(shown).status_code == 410


def test_the_live_screen_opens_with_at_most_ninety_kilobytes(app: Flask, visit) -> None:
    room = Room(visit, SHORT)
    page = room.browser.client.get(room.url).get_data(as_text=True)
    weight = weigh(page)
    assert weight.files > 20, "the page, its styles, its scripts"
    assert weight.later > 5, "the square code, the next date, the code of the device, the closed room"
    assert weight.total <= MOST_KB, weight
