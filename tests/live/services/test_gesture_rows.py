"""What stays of the gestures of a meeting once its notes have perished: what the table declares, and nothing more."""

from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.live.domain.gesture_table import GESTURES, KINDS, OUTLIVING, Until
from collectifs.live.services.live import erase_removed_notes
from collectifs.live.services.perishing import destroy_notes
from tests import factories
from tests.live.domain.test_gestures import BODIES
from tests.live.services.test_live import Room, gesture
from tests.live.services.test_odd_gestures import stored


@pytest.fixture
def room(app: Flask) -> Room:
    """A meeting in which a gesture of each kind was made, and one that only a later version knows."""
    made = Room()
    bodies: dict[str, Any] = BODIES | {"hand_taken": {"device": "a"}}
    for kind, body in bodies.items():
        assert made.send(gesture(kind, **body)).refused == [], kind
    factories.of_another_version(stored(made, "paused", text="Une idée."), "bell_rung")
    return made


def kinds(room: Room) -> set[str]:
    return {event.kind for event in room.events()}


def test_what_outlives_the_notes_is_what_the_table_declares(room: Room) -> None:
    assert kinds(room) == KINDS | {"bell_rung"}
    destroy_notes(room.meeting, now=clock.now())
    db.session.flush()
    assert kinds(room) == OUTLIVING


def test_what_serves_for_a_moment_is_gone_at_the_close(room: Room) -> None:
    room.send(gesture("meeting_closed"))
    erase_removed_notes(room.meeting, now=clock.now())
    db.session.flush()
    momentary = {kind for kind, known in GESTURES.items() if known.until is Until.CLOSE}
    assert kinds(room) == (KINDS | {"bell_rung"}) - momentary


def test_a_gesture_of_another_version_is_refused_alone_and_says_what_to_do(room: Room) -> None:
    odd, good = gesture("anthem_sung", verse=1), gesture("note_removed", note=str(uuid4()))
    received = room.send(odd, good)
    assert received.accepted == [good["id"]]
    assert [(each["id"], "rechargez la page" in each["why"]) for each in received.refused] == [(odd["id"], True)]
