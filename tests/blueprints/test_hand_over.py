"""Passing la main by a square code: once, for two minutes, to oneself or to the secretary, and never a sign-in."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from collectifs.kernel import clock
from collectifs.kernel.documents.square_code import square_code
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent
from collectifs.live.domain.gestures import iso
from collectifs.live.models import HandOffer
from collectifs.live.services import devices as hand_over
from collectifs.meetings.queries.meetings import get_meeting
from tests import factories
from tests.pages import Visitor

LAPTOP, PHONE = "appareil-portable", "appareil-telephone"


class Room:
    """A meeting that runs on the pilot's laptop; Maud is its secretary, Samir a member."""

    def __init__(self, visit: Callable[..., Visitor]) -> None:
        self.pilot, self.maud, self.samir = (factories.user(name) for name in ("Hélène", "Maud", "Samir"))
        self.collective = factories.collective(pilot=self.pilot, members=[self.maud, self.samir])
        self.meeting = factories.meeting(self.collective, note_taker_id=self.maud.id)
        self.meeting_id = self.meeting.id
        self.url = f"/seance/{self.meeting.id}"
        self.ids = {"pilot": str(self.pilot.id), "maud": str(self.maud.id), "samir": str(self.samir.id)}
        self.browsers = {"pilot": visit(self.pilot), "maud": visit(self.maud), "samir": visit(self.samir)}
        self.take("pilot", LAPTOP, 1)

    def offer(self, who: str = "pilot", device: str = LAPTOP) -> Any:
        return self.browsers[who].post_json(f"{self.url}/passer-la-main", {"device": device})

    def token(self) -> str:
        return str(urlsplit(self.offer().get_json()["url"]).fragment.removeprefix("main="))

    def take(self, who: str, device: str, hand: int, token: str = "") -> Any:
        body = {"device": device}
        taken = {"id": str(uuid4()), "kind": "hand_taken", "hand": hand, "happened_at": iso(clock.now()), "body": body}
        sent = {"device": device, "person": self.ids[who], "events": [taken], **({"pass": token} if token else {})}
        return self.browsers[who].post_json(f"{self.url}/gestes", sent)

    def refusal(self, who: str, token: str) -> str:
        """Why the code does not serve this person, as they read it."""
        refused = self.take(who, PHONE, 2, token).get_json()["refused"]
        assert len(refused) == 1
        return str(refused[0]["why"])


@pytest.fixture
def room(app: Flask, visit: Callable[..., Visitor]) -> Room:
    return Room(visit)


def test_the_code_holds_an_address_whose_token_no_server_sees(room: Room) -> None:
    answer = room.offer().get_json()
    url = urlsplit(answer["url"])
    assert f"{url.scheme}://{url.netloc}{url.path}" == f"http://localhost{room.url}"
    assert url.query == ""
    assert len(url.fragment.removeprefix("main=")) >= 43
    assert answer["expires_at"] == iso(clock.now() + timedelta(minutes=2))
    size = len(answer["rows"])
    assert all(len(row) == size and set(row) <= {"0", "1"} for row in answer["rows"])
    assert answer["rows"][0].startswith("11111110"), "the corner of a square code"


def test_the_code_to_take_notes_is_the_address_alone_and_opens_to_the_secretary_and_to_nobody_else(room: Room) -> None:
    found = re.search(r'id="live-data">(.+?)</script>', room.browsers["pilot"].raw(room.url).get_data(as_text=True))
    assert found is not None
    assert json.loads(found[1])["note_code"] == square_code(f"http://localhost{room.url}")
    opened = {name: browser.raw(room.url).status_code for name, browser in room.browsers.items()}
    assert opened == {"pilot": 200, "maud": 200, "samir": 404}


def test_the_server_keeps_only_the_print_of_the_token(room: Room) -> None:
    token = room.token()
    offer = db.session.scalars(select(HandOffer)).one()
    kept = repr([getattr(offer, column.name) for column in HandOffer.__table__.columns])
    assert token not in kept
    assert offer.used_at is None


def test_the_secretary_takes_the_hand_with_the_code(room: Room) -> None:
    assert room.take("maud", PHONE, 2, room.token()).get_json()["refused"] == []
    events = db.session.execute(select(AuditEvent.kind, AuditEvent.actor_id)).all()
    assert ("hand_passed", room.maud.id) in [tuple(each) for each in events]
    assert ("hand_offered", room.pilot.id) in [tuple(each) for each in events]


def test_without_the_code_the_secretary_does_not(room: Room) -> None:
    assert "QR code" in room.refusal("maud", "")


def test_a_code_serves_once(room: Room) -> None:
    token = room.token()
    room.take("maud", PHONE, 2, token)
    refused = room.take("maud", "un-autre", 3, token).get_json()["refused"]
    assert [each["why"] for each in refused] == [hand_over.USED]


def test_a_code_serves_for_two_minutes(room: Room, moment: Any) -> None:
    token = room.token()
    moment.shift(timedelta(minutes=2))
    assert room.refusal("maud", token) == hand_over.NO_LONGER


def test_a_new_code_ends_the_one_before(room: Room) -> None:
    first, second = room.token(), room.token()
    assert room.refusal("maud", first) == hand_over.NO_LONGER
    assert room.take("maud", PHONE, 2, second).get_json()["refused"] == []


def test_a_code_of_another_meeting_is_refused(room: Room) -> None:
    token = room.token()
    other = factories.meeting(room.collective, number=2, note_taker_id=room.maud.id)
    db.session.commit()
    found = get_meeting(other.id)
    assert found is not None
    by = factories.person(room.maud)
    assert hand_over.why_refused(found, token, now=clock.now(), by=by) == hand_over.ANOTHER_MEETING
    assert not hand_over.use_pass(found, token, now=clock.now(), by=by)


def test_an_invented_code_is_refused(room: Room) -> None:
    assert room.refusal("maud", "x" * 43) == hand_over.NO_LONGER


def test_a_code_serves_neither_another_member_nor_another_pilot(room: Room) -> None:
    token = room.token()
    assert room.take("samir", PHONE, 2, token).status_code == 404
    found = get_meeting(room.meeting_id)
    assert found is not None
    by = factories.person(room.samir)
    assert hand_over.why_refused(found, token, now=clock.now(), by=by) == hand_over.SOMEBODY_ELSE
    assert room.take("maud", PHONE, 2, token).get_json()["refused"] == [], "the code was not spent"


def test_the_code_is_for_the_one_who_showed_it_too(room: Room) -> None:
    found = get_meeting(room.meeting_id)
    assert found is not None
    by = factories.person(room.pilot)
    _, token = hand_over.offer_hand(found, LAPTOP, now=clock.now(), by=by)
    assert hand_over.use_pass(found, token, now=clock.now(), by=by)


def test_who_does_not_run_the_meeting_makes_no_code(room: Room) -> None:
    assert room.offer("samir").status_code == 404
    answer = room.offer("maud", LAPTOP)
    assert answer.status_code == 422
    assert answer.get_json()["why"] == hand_over.NOT_YOURS


def test_the_secretary_who_has_the_hand_may_show_a_code_from_that_device_alone(room: Room) -> None:
    room.take("maud", PHONE, 2, room.token())
    assert room.offer("maud", PHONE).status_code == 200
    assert room.offer("maud", LAPTOP).status_code == 422


def test_codes_that_are_over_for_an_hour_leave_the_server(room: Room, moment: Any) -> None:
    room.token()
    moment.shift(timedelta(hours=1, minutes=3))
    room.token()
    assert len(db.session.scalars(select(HandOffer)).all()) == 1


def test_a_code_is_no_way_in(room: Room, visit: Callable[..., Visitor]) -> None:
    answer = visit(None).raw(room.url)
    assert answer.status_code == 302
    assert answer.location.startswith("/entrer?suite=")


@pytest.mark.parametrize("sent", ["texte", [], 3])
def test_a_request_that_cannot_be_read_is_refused_in_words(room: Room, sent: object) -> None:
    answer = room.browsers["pilot"].post_json(f"{room.url}/passer-la-main", sent)
    assert answer.status_code == 422


def test_a_meeting_whose_notes_have_perished_passes_no_hand(
    room: Room, visit: Callable[..., Visitor], moment: Any
) -> None:
    moment.shift(timedelta(days=31))
    room.browsers["pilot"] = visit(room.pilot)
    assert room.offer().status_code == 410
