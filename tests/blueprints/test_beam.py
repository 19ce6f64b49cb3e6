"""The projector: it follows the steps, and nothing of what is said in the room can reach it."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.live.domain.gestures import iso
from tests import factories
from tests.pages import Visitor

CANARY = "canari"
DEVICE = "canari-appareil-1"


class Wall:
    """A meeting, the pilot's browser, and gestures full of words that no wall may show."""

    def __init__(self, visit: Callable[..., Visitor]) -> None:
        self.pilot, self.maud = factories.user("Hélène", "Canarival"), factories.user("Maud", "Canarimel")
        self.collective = factories.collective(pilot=self.pilot, members=[self.maud], name="Les canaris")
        self.situation = factories.situation(self.collective, self.maud, "Un titre canari")
        self.meeting = factories.meeting(self.collective)
        self.url, self.state = f"/seance/{self.meeting.id}/projection", f"/seance/{self.meeting.id}/projection/etat"
        self.gestures_url = f"/seance/{self.meeting.id}/gestes"
        self.pilot_id, self.maud_id, self.situation_id = str(self.pilot.id), str(self.maud.id), str(self.situation.id)
        self.steps = list(self.meeting.steps)
        self.browser, self.other = visit(self.pilot), visit(self.maud)

    def send(self, *events: dict[str, Any]) -> dict[str, Any]:
        sent = {"device": DEVICE, "person": self.pilot_id, "events": list(events)}
        answer = self.browser.post_json(self.gestures_url, sent).get_json()
        assert answer["refused"] == []
        return answer

    def start(self) -> None:
        plan = [{key: step[key] for key in ("id", "title", "minutes", "least")} for step in self.steps]
        self.send(gesture("hand_taken", device=DEVICE), gesture("meeting_started", plan=plan))

    def seen(self, since: int | None = None) -> dict[str, Any]:
        answer = self.browser.raw(self.state if since is None else f"{self.state}?depuis={since}")
        assert answer.status_code == 200
        return answer.get_json()


@pytest.fixture
def wall(app: Flask, visit: Callable[..., Visitor]) -> Wall:
    return Wall(visit)


def gesture(kind: str, **body: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "kind": kind, "hand": 1, "happened_at": iso(clock.now()), "body": body}


def test_the_page_is_the_same_empty_shell_for_every_meeting(wall: Wall) -> None:
    page = wall.browser.open(wall.url)
    assert page.heading == "La projection"
    shown = page.response.get_data(as_text=True)
    assert CANARY not in shown.casefold()
    assert str(wall.meeting.id) not in shown


def test_before_the_start_the_wall_knows_the_steps_and_the_hour(wall: Wall) -> None:
    seen = wall.seen()
    assert [step["speaks"] for step in seen["steps"]] == [step["speaks"] for step in wall.steps]
    assert seen["starts_at"] == iso(wall.meeting.starts_at)
    assert seen["events"] == []
    assert seen["sequence"] == 0
    assert wall.browser.raw(f"{wall.state}?depuis=0").status_code == 304


def test_the_wall_gets_what_steers_and_only_that(wall: Wall) -> None:
    wall.start()
    wall.send(
        gesture("note_written", note=str(uuid4()), lane="collective", step="opening", text="Une note canari."),
        gesture("note_written", note=str(uuid4()), lane="private", step="opening", text="Un secret canari."),
        gesture("attendance_marked", who=wall.maud_id, state="late"),
        gesture("duty_given", duty="timekeeper", who=wall.maud_id),
        gesture("parked", item=str(uuid4()), text="Un pense-bête canari."),
        gesture("turn_taken", who=wall.maud_id, step="opening", how="given"),
        gesture("hands_counted", about=wall.situation_id, criterion="urgency", count=3),
        gesture("guest_welcomed", who=str(uuid4()), name="Camille Canarinvitée"),
        gesture("situation_chosen", situation=wall.situation_id),
        gesture("step_entered", step=wall.steps[3]["id"]),
    )
    seen = wall.seen()
    kinds = [event["kind"] for event in seen["events"]]
    assert kinds == ["hand_taken", "meeting_started", "situation_chosen", "step_entered"]
    assert [event["body"] for event in seen["events"] if event["kind"] == "situation_chosen"] == [{"spare": False}]
    written = json.dumps(seen, ensure_ascii=False).casefold()
    for secret in (CANARY, wall.maud_id, wall.pilot_id, wall.situation_id):
        assert secret not in written


def test_a_spare_situation_is_told_without_its_name(wall: Wall) -> None:
    wall.start()
    wall.send(gesture("situation_chosen", spare="canari"))
    assert wall.seen()["events"][-1]["body"] == {"spare": True}


def test_a_situation_told_aloud_names_nobody(wall: Wall) -> None:
    wall.start()
    wall.send(gesture("situation_chosen", told_by=wall.maud_id))
    assert wall.seen()["events"][-1]["body"] == {"spare": False}


def test_only_what_came_since_is_sent_and_nothing_when_nothing_came(wall: Wall) -> None:
    wall.start()
    sequence = wall.seen()["sequence"]
    assert wall.browser.raw(f"{wall.state}?depuis={sequence}").status_code == 304
    wall.send(gesture("paused"))
    assert [event["kind"] for event in wall.seen(since=sequence)["events"]] == ["paused"]


def test_a_member_finds_no_projection(wall: Wall) -> None:
    assert wall.other.raw(wall.url).status_code == 404
    assert wall.other.raw(wall.state).status_code == 404


def test_the_secretary_of_the_day_may_project(wall: Wall) -> None:
    wall.meeting.note_taker_id = wall.maud.id
    db.session.commit()
    assert wall.other.raw(wall.url).status_code == 200
    assert wall.other.raw(wall.state).status_code == 200


def test_once_the_notes_have_perished_there_is_nothing_to_project(wall: Wall, moment: Any) -> None:
    wall.start()
    moment.shift(timedelta(days=31))
    assert wall.browser.raw(wall.state).status_code == 410
