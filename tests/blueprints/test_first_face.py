"""The first words of the room: they stand in the page, whatever becomes of its scripts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from collectifs.collectives.models import Meeting
from collectifs.kernel.extensions import db
from tests.blueprints.test_live import Room, gesture, send
from tests.pages import Visitor, plain


@pytest.fixture
def room(app: Flask, visit: Callable[..., Visitor]) -> Room:
    return Room(visit)


def test_the_page_says_its_heading_its_lead_and_who_reads_it_before_any_script_has_run(room: Room) -> None:
    face = room.browser.open(room.url).soup.select_one("main > [data-begun=opening]")
    assert face.h1.string == "Avant de commencer"
    assert "10 étapes, 2 h" in plain(face.select_one(".lead").get_text())
    assert 'class="sr aloud">2\u00a0heures<' in room.browser.raw(room.url).text, "as it is heard"
    assert "Lisible par : votre collectif" in plain(face.select_one(".circle").get_text())
    assert face.select("button, a") == [], "nothing of it would answer yet"


def test_once_it_runs_the_page_says_the_step_its_words_and_its_time_before_any_script_has_run(
    room: Room, moment: Any
) -> None:
    step = db.session.get_one(Meeting, room.meeting_id).steps[0]
    plan = [{key: step[key] for key in ("id", "title", "minutes", "least")}]
    send(room, gesture("hand_taken", device="a"))
    moment.shift(timedelta(seconds=1))
    send(room, gesture("meeting_started", plan=plan))
    page = room.browser.open(room.url)
    face = page.soup.select_one("main > [data-begun=running]")
    assert face.h1.string == step["title"]
    assert plain(face.select_one(".rule").get_text()) == plain(step["rule"])
    assert plain(face.select_one(".time-left").get_text()) == f"{step['minutes']} min"
    assert page.soup.select_one("script[data-hand]")["data-hand"] == "a"
    assert all(button.has_attr("disabled") for button in face.select("button"))
    moment.shift(timedelta(minutes=1))
    send(room, gesture("meeting_closed"))
    face = room.browser.open(room.url).soup.select_one("main > [data-begun=closed]")
    assert face.h1.string == "La séance est close"
    assert plain(face.select_one(".lead").get_text()).startswith("Fin à ")


def test_the_page_that_devices_keep_says_nothing_of_anybody(room: Room) -> None:
    page = room.browser.open("/seance/coquille")
    assert page.soup.select("[data-begun], [data-hand]") == []
    assert page.soup.main.h1.string == "La séance"
