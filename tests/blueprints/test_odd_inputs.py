"""What no honest page sends, or a broken program: an answer in words, never a page broken, now or later."""

import io
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from collectifs.collectives.models import Meeting
from collectifs.kernel.extensions import db
from collectifs.live.models import PreparedDevice
from collectifs.meetings.models import MeetingEvent, SynthesisSheet
from collectifs.people.domain.person import Role
from collectifs.sheets.queries.sheets import open_draft, sheet_of_meeting
from tests import factories
from tests.pages import Page, Visitor, values_of

HALF, LOST = "\ud83d", "\ufffd"
DEEP = "[" * 50_000
Visit = Callable[..., Visitor]


class Room:
    """A meeting, its sheet, its pilot's browser."""

    def __init__(self, visit: Visit) -> None:
        self.pilot = factories.user("Hélène")
        self.collective = factories.collective(pilot=self.pilot, members=[factories.user("Maud")])
        self.meeting = factories.meeting(self.collective)
        self.meeting_id, self.sheet_id = self.meeting.id, sheet_of_meeting(self.meeting.id).id
        self.pilot_id = str(self.pilot.id)
        self.url = f"/seance/{self.meeting_id}"
        self.browser = visit(self.pilot)

    def store(self, kind: str, **body: Any) -> None:
        """A gesture as it was once kept: a half character stands in its sealed body as an escape."""
        row = db.session.get_one(Meeting, self.meeting_id)
        row.sequence += 1
        factories.event(row, kind, body, sequence=row.sequence)
        db.session.commit()

    def post_raw(self, url: str, body: str) -> Any:
        headers = {"X-CSRFToken": self.browser.token()}
        return self.browser.client.post(url, data=body, content_type="application/json", headers=headers)


@pytest.fixture
def room(app: Flask, visit: Visit) -> Room:
    return Room(visit)


# ---------- What was stored ----------


def test_a_sheet_and_the_minutes_open_whatever_a_note_once_held(room: Room) -> None:
    room.store("hand_taken", device="a")
    title = f"Ouver{HALF}ture\x00"
    room.store("meeting_started", plan=[{"id": "opening", "title": title, "minutes": 5, "least": 2}])
    words = f"abc {HALF} fin\uffff\x1b"
    room.store("note_written", note=str(uuid4()), lane="sheet", step="opening", text=words)
    sheet = room.browser.open(f"/fiches/{room.sheet_id}/ecrire")
    assert sheet.status == 200
    assert sheet.says(f"abc {LOST} fin")
    minutes = room.browser.open(f"/regroupements/{room.meeting_id}/minutes")
    assert minutes.status == 200
    for page in (room.url, f"{room.url}/etat?depuis=0", f"{room.url}/projection/etat"):
        assert room.browser.raw(page).status_code == 200, page
    state = room.browser.raw(f"{room.url}/etat?depuis=0").get_json()
    assert state["events"][-1]["body"]["text"] == f"abc {LOST} fin"


def test_a_gesture_of_another_version_stops_no_page(room: Room) -> None:
    room.store("hand_taken", device="a")
    room.store("meeting_started", plan=[{"id": "opening", "title": "Ouverture", "minutes": 5, "least": 2}])
    room.store("note_written", note=str(uuid4()), lane="sheet", step="opening", text="Une idée.")
    room.store("paused", song="Une idée.")
    factories.of_another_version(db.session.query(MeetingEvent).filter_by(kind="paused").one(), "anthem_sung")
    db.session.commit()
    pages = [room.url, f"{room.url}/etat?depuis=0", f"{room.url}/projection", f"{room.url}/projection/etat"]
    pages += [f"/fiches/{room.sheet_id}/ecrire", f"/regroupements/{room.meeting_id}/minutes", "/"]
    assert {page: room.browser.raw(page).status_code for page in pages} == dict.fromkeys(pages, 200)
    kinds = [each["kind"] for each in room.browser.raw(f"{room.url}/etat?depuis=0").get_json()["events"]]
    assert kinds[-1] == "anthem_sung", "the device is told, and says that it leaves something aside"


# ---------- JSON ----------


def json_addresses(room: Room) -> list[str]:
    return [
        f"{room.url}/gestes",
        f"{room.url}/appareils",
        f"{room.url}/appareils/rendu",
        f"{room.url}/passer-la-main",
        f"/fiches/{room.sheet_id}/brouillon",
    ]


@pytest.mark.parametrize(
    "body",
    [
        DEEP,
        '{"events": ' + DEEP,
        '{"device": ' * 20_000,
        DEEP + "]" * 50_000,
        '{"revision": ' + "9" * 5000 + "}",
        '{"device": "\\ud800',
        "null",
        "NaN",
    ],
    ids=["lists", "a list inside", "objects", "closed", "a long number", "cut", "null", "no number"],
)
def test_no_address_for_scripts_breaks_on_what_it_cannot_read(room: Room, body: str) -> None:
    for url in json_addresses(room):
        answer = room.post_raw(url, body)
        assert answer.status_code == 422, url
        assert answer.get_json()["why"].endswith("."), url


def test_the_number_of_a_device_is_cleaned_before_it_is_kept(room: Room) -> None:
    answer = room.browser.post_json(f"{room.url}/appareils", {"device": f"abc{HALF}defgh\x00", "kind": "phone"})
    assert answer.status_code == 200
    assert db.session.query(PreparedDevice).one().device == f"abc{LOST}defgh"
    for device in (f"{HALF}\x00\x00\x00\x00\x00\x00\x00\x00", "a" * 65, "a" * 7, ["a" * 9], None):
        assert room.browser.post_json(f"{room.url}/appareils", {"device": device, "kind": "phone"}).status_code == 422


def test_a_code_and_a_device_with_odd_signs_are_refused_in_words(room: Room) -> None:
    taken = {"id": str(uuid4()), "kind": "hand_taken", "hand": 1, "happened_at": "2027-01-13T13:00:00.000Z"}
    taken["body"] = {"device": f"a{HALF}"}
    sent = {"device": f"a{HALF}", "person": room.pilot_id, "events": [taken], "pass": f"x{HALF}\x00"}
    (refused,) = room.browser.post_json(f"{room.url}/gestes", sent).get_json()["refused"]
    assert "code" in refused["why"]
    kept = room.browser.post_json(f"{room.url}/gestes", {**sent, "pass": ""}).get_json()
    assert kept["accepted"] == [taken["id"]], "the device is known by the same name in the sending and in the gesture"


@pytest.mark.parametrize("known", ["9" * 30, "-" + "9" * 30, "9" * 5000, "x"])
@pytest.mark.parametrize("what", ["etat", "projection/etat"])
def test_a_screen_that_claims_to_know_anything_is_answered(room: Room, what: str, known: str) -> None:
    assert room.browser.raw(f"{room.url}/{what}?depuis={known}").status_code in (200, 304)


@pytest.mark.parametrize("season", ["9" * 30, "9" * 9, "-1", "x"])
@pytest.mark.parametrize("what", ["attestation", "attestation.pdf"])
def test_a_season_that_never_was_has_an_answer(room: Room, what: str, season: str) -> None:
    assert room.browser.raw(f"/mes-regroupements/{what}?saison={season}").status_code in (200, 302)


# ---------- Forms ----------


def sheet_form(room: Room) -> dict[str, Any]:
    page = room.browser.open(f"/fiches/{room.sheet_id}/ecrire")
    return values_of(page.soup.select_one("main form"))


@pytest.mark.parametrize("change", [{"revision": "9" * 5000}, {"do": "remove-" + "9" * 5000}, {"do": "up-٣"}])
def test_a_number_of_five_thousand_figures_breaks_no_sheet(room: Room, change: dict[str, str]) -> None:
    data = sheet_form(room) | {"question": "Comment faire ?", "do": "save"} | change
    answer = room.browser.raw(f"/fiches/{room.sheet_id}/ecrire", method="POST", data=data)
    assert answer.status_code in (302, 409)


def test_years_of_tutoring_in_a_thousand_figures_are_refused_beside_their_field(room: Room) -> None:
    facts = next(rule for rule in room.browser.client.application.url_map.iter_rules() if "facts" in rule.endpoint)
    url = str(facts).replace("<uuid:collective_id>", str(room.collective.id))
    page = room.browser.open(url)
    data = values_of(page.soup.select_one("main form")) | {"tutoring_years": "0" * 40}
    again = Page(room.browser, room.browser.raw(url, method="POST", data=data))
    assert again.status == 422
    assert any("nombre d’années" in each for each in again.errors)


def test_a_file_sent_in_the_place_of_a_text_is_no_text(room: Room) -> None:
    data = sheet_form(room) | {"question": (io.BytesIO(b"x" * 100), "question.txt"), "do": "save"}
    url = f"/fiches/{room.sheet_id}/ecrire"
    answer = room.browser.raw(url, method="POST", data=data, content_type="multipart/form-data")
    assert answer.status_code == 302
    assert open_draft(db.session.get_one(SynthesisSheet, room.sheet_id)).question == ""


NO_TEXTS = [DEEP, '{"who": ["x"], "territory": {"a": 1}, "day": 3, "place": {}}', '["x"]']


@pytest.mark.parametrize("body", NO_TEXTS)
def test_a_date_agreed_in_the_room_that_cannot_be_read_is_refused_in_words(room: Room, body: str) -> None:
    answer = room.post_raw(f"/regroupements/{room.meeting_id}/prochaine-date", body)
    assert answer.status_code == 422
    assert answer.get_json()


@pytest.mark.parametrize("body", NO_TEXTS)
def test_json_sent_to_a_form_is_an_empty_form(app: Flask, visit: Visit, body: str) -> None:
    browser, url = an_administrator(visit), "/administration"
    headers = {"X-CSRFToken": browser.token()}
    answer = browser.client.post(f"{url}/nommer", data=body, content_type="application/json", headers=headers)
    assert answer.status_code == 422


def an_administrator(visit: Visit) -> Visitor:
    person = factories.user("Anne")
    factories.grant(person, Role.ADMINISTRATOR)
    factories.territory()
    return visit(person)


def refused_form(browser: Visitor, url: str, **change: str) -> Page:
    """The form of a page, sent with a change, shown again."""
    page = browser.open(url)
    forms = [each for each in page.soup.select("main form") if each.select_one("[name=territory]")]
    data = values_of(forms[0]) | change
    target = forms[0].get("action") or url
    again = Page(browser, browser.raw(target, method="POST", data=data))
    assert again.status == 422
    return again


WHO = "Nina ROUX <nina@academie.example>"


def test_the_word_none_chooses_no_territory_for_a_nomination(app: Flask, visit: Visit) -> None:
    page = refused_form(an_administrator(visit), "/administration/nommer", who=WHO, role="manager", territory="None")
    assert any("Choisissez un territoire." in each for each in page.errors)


@pytest.mark.parametrize("url", ["/pilotes/nouveau", "/collectifs/nouveau"])
def test_the_word_none_chooses_no_departement(app: Flask, visit: Visit, url: str) -> None:
    manager = factories.user("Gaëlle")
    for name in ("Finistère", "Morbihan"):
        factories.grant(manager, Role.MANAGER, factories.territory(name=name))
    page = refused_form(visit(manager), url, who=WHO, name="Les Tilleuls", people=WHO, territory="None")
    assert any("Choisissez un département." in each for each in page.errors)


def test_the_correction_of_nobody_s_address_is_refused_in_words(app: Flask, visit: Visit) -> None:
    manager, place = factories.user("Gaëlle"), factories.territory()
    factories.grant(manager, Role.MANAGER, place)
    ours = factories.collective(place, pilot=factories.user("Hélène"))
    browser = visit(manager)
    for data in ({}, {"user": "None"}, {"user": "9" * 5000}):
        url = f"/collectifs/{ours.id}/corriger-une-adresse"
        sent = {"address": "b@academie.example", "csrf_token": browser.token(), **data}
        assert browser.raw(url, method="POST", data=sent).status_code == 422
