"""What the live screen is given is what its scripts are told to expect: types/room.d.ts, which tsc holds them to."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from collectifs.collectives.models import Meeting
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.live.domain.agenda_state import MeetingState
from collectifs.live.domain.gesture_table import GESTURES
from collectifs.live.domain.gestures import iso
from tests import factories
from tests.circle import Circle

TYPES = Path(__file__).resolve().parents[2] / "types" / "room.d.ts"
INTERFACE = re.compile(r"(?ms)^interface (\w+)[^{\n]*\{\n(.*?)^\}")
KEY = re.compile(r"(?m)^  (\w+)\??: (.+?);(?: //.*)?$")
PLAIN = {"string": str, "number": int, "boolean": bool, "Instant": str}


def told() -> dict[str, dict[str, str]]:
    """Each interface: its keys and their types."""
    found = INTERFACE.findall(TYPES.read_text(encoding="utf-8"))
    return {name: dict(KEY.findall(body)) for name, body in found}


def wrong(value: Any, type_: str, at: str, seen: set[str]) -> Iterator[str]:
    """Where a value is not what its type says."""
    kinds = [each.strip() for each in type_.split("|")]
    if value is None:
        yield from [] if "null" in kinds else [f"{at}: null"]
    elif kinds[0].endswith("[]"):
        for place, each in enumerate(value):
            yield from wrong(each, kinds[0].removesuffix("[]"), f"{at}[{place}]", seen)
    elif kinds[0] in told():
        seen.add(kinds[0])
        keys = told()[kinds[0]]
        yield from [f"{at}: {key}" for key in keys.keys() ^ value.keys()]
        for key in keys.keys() & value.keys():
            yield from wrong(value[key], keys[key], f"{at}.{key}", seen)
    elif not is_one_of(value, kinds):
        yield f"{at}: {value!r}"


def is_one_of(value: Any, kinds: list[str]) -> bool:
    """Whether a value without keys is what is told of it: of a plain type, a kind of gesture, or one of some words."""
    if kinds[0] == "Record<string, string[]>":
        return all(type(word) is str for key, each in value.items() for word in (key, *each))
    if kinds[0] in PLAIN:
        return type(value) is PLAIN[kinds[0]]
    return value in GESTURES if kinds[0] == "GestureKind" else kinds == ["any"] or json.dumps(value) in kinds


def reached(name: str) -> set[str]:
    """The interfaces that one leads to, itself included."""
    words = {word for type_ in told()[name].values() for word in re.findall(r"\w+", type_)}
    return {name}.union(*(reached(each) for each in words & told().keys()))


@pytest.fixture
def circle(app, moment):
    made = Circle()
    made.write_and_propose()
    moment.shift(timedelta(days=6))
    made.next = factories.meeting(made.collective, number=2, starts_at=clock.now() + timedelta(hours=1))
    factories.meeting(made.collective, number=3, starts_at=clock.now() + timedelta(days=30))
    factories.situation(made.collective, made.karim)
    made.first_id, made.next_id, made.karim_id = made.meeting.id, made.next.id, made.karim.id
    return made


def said_aloud(visitor, circle):
    """A member lets the room hear what became of each answer."""
    page = visitor.open(f"/regroupements/{circle.first_id}/retour")
    marks = [tag["name"] for tag in page.soup.select("textarea[name^=words-]")]
    page.press("Enregistrer", **dict.fromkeys(marks, "Il a parlé le premier."), shared="y")


def gesture(kind: str, **body: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "kind": kind, "hand": 1, "happened_at": iso(clock.now()), "body": body}


def filled(pilot, circle) -> Any:
    """The page of a meeting in which everything has been used."""
    made = [
        gesture("parked", item=str(uuid4()), text="Le conseil de classe"),
        gesture("guest_welcomed", who=str(uuid4()), name="Inès"),
        gesture("duty_given", duty="note_taker", who=str(circle.karim_id)),
    ]
    body = {"device": "a", "person": str(circle.pilot.id), "events": made}
    assert pilot.post_json(f"/seance/{circle.next_id}/gestes", body).get_json()["refused"] == []
    row = db.session.get_one(Meeting, circle.next_id)
    row.room_closes_at = row.ends_at + timedelta(minutes=30)
    row.spare_id = "le-cahier-rouge"
    db.session.commit()
    empty = data_of(pilot, circle)
    answer = {"text": "Commencer par écouter.", "kind": "tried", "condition": ""}
    written = {"question": "Comment dire ?", "answers": [answer]}
    saved = {"revision": empty["sheet"]["revision"], "content": written}
    assert pilot.post_json(empty["urls"]["sheet_save"], saved).status_code == 200
    return data_of(pilot, circle)


def data_of(visitor, circle) -> Any:
    page = visitor.open(f"/seance/{circle.next_id}")
    return json.loads(page.soup.select_one("#live-data").string)


def test_the_pilot_s_screen_is_given_what_its_scripts_expect(visit, circle):
    said_aloud(visit(circle.karim), circle)
    data, seen = filled(visit(circle.pilot), circle), set()
    assert list(wrong(data, "RoomData", "data", seen)) == []
    assert reached("RoomData") - seen == set(), "each part was there to be looked at"


def test_the_secretary_s_screen_is_given_what_its_scripts_expect(visit, circle):
    filled(visit(circle.pilot), circle)
    data = data_of(visit(circle.karim), circle)
    assert data["role"] == "note_taker"
    assert list(wrong(data, "RoomData", "data", set())) == []


def test_what_the_addresses_answer_is_what_the_scripts_expect(visit, circle):
    pilot, seance = visit(circle.pilot), f"/seance/{circle.next_id}"
    made = [gesture("hand_taken", device="a"), gesture("situation_chosen", spare="x"), {"id": "1"}]
    body = {"device": "a", "person": str(circle.pilot.id), "events": made}
    said = {
        "SentAnswer": pilot.post_json(f"{seance}/gestes", body),
        "NewsAnswer": pilot.raw(f"{seance}/etat?depuis=0"),
        "WallAnswer": pilot.raw(f"{seance}/projection/etat"),
        "OfferAnswer": pilot.post_json(f"{seance}/passer-la-main", {"device": "a"}),
    }
    for name, answer in said.items():
        seen: set[str] = set()
        assert list(wrong(answer.get_json(), name, name, seen)) == []
        assert reached(name) - seen - {"GestureKind"} == set(), "each part was there to be looked at"


def test_what_gestures_add_up_to_has_the_same_keys_in_both_languages():
    assert told()["RoomState"].keys() == {each.name for each in fields(MeetingState)}


def test_a_key_that_is_not_sent_or_not_told_is_found():
    person = {"id": "1", "name": "Maud"}
    assert list(wrong(person, "Person", "data", set())) == []
    assert list(wrong({"id": "1"}, "Person", "data", set())) == ["data: name"]
    assert list(wrong({**person, "age": 3}, "Person", "data", set())) == ["data: age"]
    assert list(wrong({**person, "name": None}, "Person", "data", set())) == ["data.name: null"]
    assert list(wrong([person, 3], "string[]", "data", set())) == [f"data[0]: {person!r}", "data[1]: 3"]
    assert list(wrong("guest", '"pilot" | "note_taker"', "data", set())) == ["data: 'guest'"]
