"""The live screen as a browser meets it: what the page carries, what its script may send."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from collectifs.collectives.domain.charter import PRINCIPLES
from collectifs.collectives.models import Collective, Meeting
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.live.domain.gestures import iso
from collectifs.sheets.domain.sheet import SheetContent
from collectifs.sheets.queries.sheets import sheet_of_meeting
from collectifs.sheets.services.sheets import set_presenter
from tests import factories
from tests.pages import Visitor, plain
from tests.world import World, propose


class Room:
    def __init__(self, visit: Callable[..., Visitor]) -> None:
        self.pilot, self.maud = factories.user("Hélène"), factories.user("Maud", "Le Bihan")
        self.collective = factories.collective(pilot=self.pilot, members=[self.maud], name="Les Tilleuls")
        self.situation = factories.situation(self.collective, self.maud, "Elle dit oui à tout")
        self.meeting = factories.meeting(self.collective)
        self.url = f"/seance/{self.meeting.id}"
        self.meeting_id, self.collective_id = self.meeting.id, self.collective.id
        self.maud_id, self.pilot_id = self.maud.id, str(self.pilot.id)
        self.situation_id = self.situation.id
        self.browser = visit(self.pilot)
        self.other = visit(self.maud)


@pytest.fixture
def room(app: Flask, visit: Callable[..., Visitor]) -> Room:
    return Room(visit)


def gesture(kind: str, hand: int = 1, **body: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "kind": kind, "hand": hand, "happened_at": iso(clock.now()), "body": body}


def data_of(page: Any) -> Any:
    return json.loads(page.soup.select_one("#live-data").string)


def note(text: str) -> dict[str, Any]:
    return gesture("note_written", note=str(uuid4()), lane="collective", step="opening", text=text)


def test_the_pilot_opens_the_screen_with_everything_it_needs(room: Room) -> None:
    page = room.browser.open(room.url)
    data = json.loads(page.soup.select_one("#live-data").string)
    assert [each["title"] for each in data["situations"]] == ["Elle dit oui à tout"]
    assert {each["name"] for each in data["members"]} >= {"Maud Le Bihan"}
    assert sum(step["minutes"] for step in data["steps"]) == 120
    assert len(data["steps"]) == 10
    assert data["sheet"]["content"] == SheetContent().to_dict()
    assert data["urls"]["gestures"].endswith("/gestes")


def test_a_member_who_does_not_pilot_finds_no_screen(room: Room) -> None:
    assert room.other.raw(room.url).status_code == 404
    assert room.other.raw(f"{room.url}/etat").status_code == 404
    assert (
        room.other.post_json(f"{room.url}/gestes", {"device": "a", "person": room.pilot_id, "events": []}).status_code
        == 404
    )


def test_gestures_are_answered_and_found_again(room: Room) -> None:
    written = note("Une idée.")
    answer = room.browser.post_json(f"{room.url}/gestes", {"device": "a", "person": room.pilot_id, "events": [written]})
    assert answer.get_json()["accepted"] == [written["id"]]
    state = room.browser.raw(f"{room.url}/etat?depuis=0").get_json()
    assert [event["body"]["text"] for event in state["events"]] == ["Une idée."]
    assert state["events"][0] == written
    assert state["sequence"] == 1


def test_a_screen_that_knows_everything_is_answered_304(room: Room) -> None:
    room.browser.post_json(
        f"{room.url}/gestes", {"device": "a", "person": room.pilot_id, "events": [note("Une idée.")]}
    )
    answer = room.browser.raw(f"{room.url}/etat?depuis=1")
    assert answer.status_code == 304
    assert answer.headers["X-Sequence"] == "1"
    assert answer.headers["X-Server-Now"] == iso(clock.now())


def test_gestures_without_the_page_s_token_are_refused(room: Room) -> None:
    answer = room.browser.client.post(
        f"{room.url}/gestes", json={"device": "a", "person": room.pilot_id, "events": [note("Non.")]}
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("sent", ["texte", [], {"events": "x"}, {"device": "a"}])
def test_what_is_no_list_of_gestures_is_refused_in_words(room: Room, sent: object) -> None:
    answer = room.browser.post_json(f"{room.url}/gestes", sent)
    assert answer.status_code == 422
    assert "lisibles" in answer.get_json()["why"]


def destroy(room: Room) -> None:
    """As a round of the worker does."""
    db.session.get_one(Meeting, room.meeting_id).notes_perished_at = clock.now()
    db.session.commit()


def test_a_clock_that_is_wrong_closes_the_notes_and_has_no_device_forget_its_own(room: Room, moment: Any) -> None:
    """410 has a device throw away what it could not send: only what the server has destroyed is worth that."""
    moment.shift(timedelta(days=31))
    sent = {"device": "a", "person": room.pilot_id, "events": []}
    assert room.browser.post_json(f"{room.url}/gestes", sent).status_code == 503
    assert room.browser.raw(f"{room.url}/etat?depuis=-1").status_code == 503
    page = room.browser.open(room.url)
    assert page.status == 410
    assert page.soup.select_one("[data-perished]") is None
    moment.shift(-timedelta(days=31))
    assert room.browser.raw(f"{room.url}/etat?depuis=0").status_code in (200, 304)


def test_the_screen_of_a_meeting_whose_notes_perished_says_so(room: Room, moment: Any) -> None:
    moment.shift(timedelta(days=31))
    destroy(room)
    page = room.browser.open(room.url)
    assert (page.status, page.heading) == (410, "Les notes de cette séance sont effacées")
    assert not page.says("Ce lien")
    assert page.soup.select_one("[data-perished]")["data-perished"] == str(room.meeting_id)
    assert page.soup.select_one("script[src$='js/perished.js'][type=module]")
    links = {link.get_text(strip=True): link["href"] for link in page.soup.select("main a")}
    assert links["Revenir au regroupement"] == f"/regroupements/{room.meeting_id}"
    assert room.browser.raw(links["Ouvrir la fiche"]).status_code in (200, 302)
    assert (
        room.browser.post_json(f"{room.url}/gestes", {"device": "a", "person": room.pilot_id, "events": []}).status_code
        == 410
    )


def test_who_may_not_read_the_sheet_is_shown_no_way_to_it_once_the_notes_perished(room: Room, moment: Any) -> None:
    name_secretary(room, room.maud_id)
    moment.shift(timedelta(days=31))
    page = room.other.open(room.url)
    assert page.heading == "Les notes de cette séance sont effacées"
    assert "Ouvrir la fiche" not in [link.get_text(strip=True) for link in page.soup.select("main a")]


def test_the_page_says_what_is_true_when_its_script_does_not_start(room: Room) -> None:
    page = room.browser.open(room.url)
    scripts = [tag["src"].partition("/js/")[2] for tag in page.soup.select("script[src]")]
    assert scripts[0] == "lifeline.js", "it listens before any module is asked for"
    assert not page.soup.select_one("script[src$='lifeline.js']").has_attr("type")
    for kind in ("old", "lost"):
        part = page.soup.select_one(f"[data-lifeline={kind}]")
        assert part.has_attr("hidden")
        assert part.select_one(f"a[href='/regroupements/{room.meeting_id}/feuille-de-route.pdf']")


@pytest.mark.parametrize("view", ["opening", "running"])
def test_the_charter_is_read_on_the_screen_before_the_start_as_it_is_afterwards(room: Room, view: str) -> None:
    page = plain(room.browser.client.get(room.url).text)
    part = page.partition(f'<template id="view-{view}">')[2].partition("<template id=")[0]
    assert "<summary>La charte</summary>" in part
    assert [each.title for each in PRINCIPLES if each.title not in part] == []
    assert "{frame}" in part


def test_a_secretary_has_no_paper_agenda_and_no_link_to_one(room: Room) -> None:
    name_secretary(room, room.maud_id)
    assert "None" not in [link.get("href") for link in room.other.open(room.url).soup.select("a")]


def test_the_debrief_opens_on_the_answers_of_the_last_sheet(room: Room) -> None:

    here = World({"pilot": room.pilot}, {})
    here.sheets["one"] = sheet_of_meeting(room.meeting.id)
    propose(here, "one", "vécue", asked_at=clock.now())
    second = factories.meeting(room.collective, number=2, starts_at=clock.now() + timedelta(hours=3))
    db.session.commit()
    page = room.browser.open(f"/seance/{second.id}")
    data = json.loads(page.soup.select_one("#live-data").string)
    assert data["previous"]["answers"][0]["text"] == "Répondre vécue."


def test_opening_the_room_on_another_day_is_asked_first(room: Room, moment: Any) -> None:
    moment.shift(-timedelta(days=1))
    page = room.browser.open(room.url)
    assert page.heading == "Ce regroupement n’est pas aujourd’hui"
    assert page.follow("quand même").soup.select_one("#live-data")


def test_a_meeting_that_started_is_read_again_the_next_day(room: Room, moment: Any) -> None:
    plan = [{"id": "opening", "title": "Ouverture", "minutes": 5, "least": 2}]
    events = [gesture("hand_taken", device="a"), gesture("meeting_started", plan=plan)]
    room.browser.post_json(f"{room.url}/gestes", {"device": "a", "person": room.pilot_id, "events": events})
    moment.shift(timedelta(days=1))
    assert room.browser.open(room.url).soup.select_one("#live-data")


def test_the_whole_bank_is_in_the_page_for_the_day_when_nobody_brings_one(room: Room) -> None:
    row = db.session.get_one(Meeting, room.meeting_id)
    row.spare_id, row.spare_link = "le-cahier-rouge", "https://video.example/1"
    db.session.commit()
    data = data_of(room.browser.open(room.url))
    assert data["spare"]["sequel"].startswith("J’ai laissé le cahier chez moi pendant une visite.")
    assert len(data["spares"]) == 9
    assert all(each["story"] and each["questions"] for each in data["spares"])
    assert data["spare_link"] == "https://video.example/1"


def test_a_title_stays_folded_unless_its_author_shows_it(room: Room) -> None:
    (sent,) = data_of(room.browser.open(room.url))["situations"]
    assert sent["shows_title"] is False
    assert sent["sent"] == "4\u00a0novembre"


def test_who_never_presented_is_known_at_the_choosing_step(room: Room) -> None:
    assert data_of(room.browser.open(room.url))["never"] == []
    collective = db.session.get_one(Collective, room.collective_id)
    earlier = factories.meeting(collective, number=2, starts_at=clock.now() - timedelta(days=9))
    set_presenter(sheet_of_meeting(earlier.id), room.maud_id)
    db.session.commit()
    data = data_of(room.browser.open(room.url))
    assert data["never"] == [room.pilot_id]
    assert data["remembers_all"] is True


def test_a_situation_told_aloud_is_kept_and_found_again(room: Room) -> None:
    told = gesture("situation_chosen", told_by=str(room.maud_id))
    room.browser.post_json(f"{room.url}/gestes", {"device": "a", "person": room.pilot_id, "events": [told]})
    state = room.browser.raw(f"{room.url}/etat?depuis=0").get_json()
    assert state["events"][0]["body"] == {"told_by": str(room.maud_id)}


# ---------- The member named as secretary ----------


def name_secretary(room: Room, who: Any) -> None:
    sent = gesture("duty_given", duty="note_taker", who=str(who))
    room.browser.post_json(f"{room.url}/gestes", {"device": "a", "person": room.pilot_id, "events": [sent]})


def test_the_secretary_finds_a_screen_without_what_was_sent_to_the_pilot(room: Room) -> None:
    name_secretary(room, room.maud_id)
    data = data_of(room.other.open(room.url))
    assert (data["role"], data["person"]) == ("note_taker", str(room.maud_id))
    assert [data[key] for key in ("situations", "sheet", "never", "parking", "previous")] == [[], None, [], [], None]
    assert data["urls"]["sheet"] is data["urls"]["sheet_save"] is data["urls"]["agree"] is None
    assert data_of(room.browser.open(room.url))["role"] == "pilot"


def test_once_it_is_chosen_the_secretary_reads_the_title_and_no_more(room: Room) -> None:
    name_secretary(room, room.maud_id)
    chosen = gesture("situation_chosen", situation=str(room.situation_id))
    room.browser.post_json(f"{room.url}/gestes", {"device": "a", "person": room.pilot_id, "events": [chosen]})
    page = room.other.open(room.url)
    (sent,) = data_of(page)["situations"]
    assert (sent["title"], sent["sentence"], sent["question"]) == ("Elle dit oui à tout", "", "")
    assert "Rien ne change." not in page.text


def test_the_secretary_fetches_no_private_word_and_loses_the_room_when_named_no_more(room: Room, moment: Any) -> None:
    name_secretary(room, room.maud_id)
    mine = {**note("Pour moi seule.")}
    mine["body"]["lane"] = "private"
    room.browser.post_json(f"{room.url}/gestes", {"device": "a", "person": room.pilot_id, "events": [mine]})
    theirs = room.other.raw(f"{room.url}/etat?depuis=0").get_data(as_text=True)
    assert "Pour moi seule." not in theirs
    assert "duty_given" in theirs
    moment.shift(timedelta(seconds=1))
    name_secretary(room, "")
    assert room.other.raw(f"{room.url}/etat?depuis=0").status_code == 404
    assert room.other.raw(room.url).status_code == 404


def test_the_secretary_is_told_that_the_notes_are_gone_like_the_pilot(room: Room, moment: Any) -> None:
    name_secretary(room, room.maud_id)
    moment.shift(timedelta(days=31))
    destroy(room)
    assert room.other.raw(room.url).status_code == 410
    body = {"device": "b", "person": str(room.maud_id), "events": []}
    assert room.other.post_json(f"{room.url}/gestes", body).status_code == 410


def test_on_another_day_the_secretary_is_not_sent_to_the_preparation(room: Room, moment: Any) -> None:
    name_secretary(room, room.maud_id)
    moment.shift(-timedelta(days=1))
    page = room.other.open(room.url)
    assert page.heading == "Ce regroupement n’est pas aujourd’hui"
    assert "preparer" not in page.text


@pytest.mark.parametrize("person", ["", None, "00000000-0000-0000-0000-000000000000"])
def test_what_somebody_else_made_on_this_device_is_not_taken(room: Room, person: str | None) -> None:
    body = {"device": "a", "person": person, "events": [note("De quelqu’un d’autre.")]}
    answer = room.browser.post_json(f"{room.url}/gestes", body)
    assert answer.status_code == 409
    assert "par une autre personne" in answer.get_json()["why"]
    assert room.browser.raw(f"{room.url}/etat?depuis=0").status_code == 304


def test_two_people_on_one_browser_do_not_read_each_other(room: Room) -> None:
    room.browser.post_json(f"{room.url}/gestes", {"device": "a", "person": room.pilot_id, "events": [note("Un mot.")]})
    meant_for = {"headers": {"X-Person": str(room.maud_id)}}
    assert room.browser.raw(f"{room.url}/etat?depuis=0", **meant_for).status_code == 409
    assert room.browser.raw(f"{room.url}/etat?depuis=0", headers={"X-Person": room.pilot_id}).status_code == 200


def test_the_room_is_given_its_guests_its_cards_its_duties_and_what_was_set_aside(room: Room) -> None:
    item, who = str(uuid4()), str(uuid4())
    sent = [gesture("parked", item=item, text="Les visites"), gesture("guest_welcomed", who=who, name="Inès Roux")]
    room.browser.post_json(f"{room.url}/gestes", {"device": "a", "person": room.pilot_id, "events": sent})
    data = data_of(room.browser.open(room.url))
    assert data["guests"] == [{"id": who, "name": "Inès Roux"}]
    assert [(each["id"], each["text"]) for each in data["parking"]] == [(item, "Les visites")]
    assert [each["id"] for each in data["duties"]] == ["moderator", "note_taker", "timekeeper"]
    assert len(data["cards"]) >= 10


# ---------- After the room ----------

PLAN = [{"id": "opening", "title": "Ouverture", "minutes": 5, "least": 2}]


def send(room: Room, *events: dict[str, Any]) -> None:
    body = {"device": "a", "person": room.pilot_id, "events": list(events)}
    assert room.browser.post_json(f"{room.url}/gestes", body).get_json()["refused"] == []


def test_a_meeting_that_nobody_closed_is_to_be_read_again_twelve_hours_later(room: Room, moment: Any) -> None:
    send(room, gesture("hand_taken", device="a"), gesture("meeting_started", plan=PLAN))
    page_of_meeting, home = f"/regroupements/{room.meeting_id}", f"/collectifs/{room.collective_id}"
    ends_at = db.session.get_one(Meeting, room.meeting_id).ends_at
    moment.move_to(ends_at + timedelta(hours=11, minutes=59))
    assert not room.browser.open(page_of_meeting).says("À relire")
    moment.move_to(ends_at + timedelta(hours=12))
    assert room.browser.open(page_of_meeting).follow("Relire la séance").path == room.url
    assert room.browser.open(home).says("est restée ouverte")
    assert room.browser.open(home).follow("Relire la séance").path == room.url
    assert room.browser.open("/").says("À relire")
    assert not room.other.open(page_of_meeting).says("À relire")
    send(room, gesture("meeting_reopened"))
    assert not room.browser.open(page_of_meeting).says("À relire")
    moment.shift(timedelta(hours=12))
    assert room.browser.open(page_of_meeting).says("À relire")
    send(room, gesture("meeting_closed"))
    assert not room.browser.open(page_of_meeting).says("À relire")
    assert not room.browser.open(home).says("est restée ouverte")


def test_the_minutes_lived_are_laid_beside_the_minutes_foreseen(room: Room, moment: Any) -> None:
    page = room.browser.open(f"/regroupements/{room.meeting_id}/minutes")
    assert page.says("n’a pas encore commencé")
    steps = db.session.get_one(Meeting, room.meeting_id).steps
    plan = [{key: each[key] for key in ("id", "title", "minutes", "least")} for each in steps]
    send(room, gesture("hand_taken", device="a"), gesture("meeting_started", plan=plan))
    moment.shift(timedelta(minutes=plan[0]["minutes"] + 7))
    send(room, gesture("step_entered", step=plan[1]["id"]))
    moment.shift(timedelta(minutes=plan[1]["minutes"]))
    send(room, gesture("meeting_closed"))
    page = room.browser.open(f"/regroupements/{room.meeting_id}").follow("Les minutes prévues et vécues")
    rows = [[cell.get_text(strip=True) for cell in row.select("td")] for row in page.soup.select("tbody tr")]
    assert [row[2].replace("\xa0", " ") for row in rows[:3]] == ["+ 7 min", "à l’heure", "pas faite"]
    assert page.says("a débordé de sept minutes")
    assert page.says(f"{plan[0]['minutes'] + plan[1]['minutes'] + 7} min vécues pour 2 h prévues")


def test_the_minutes_are_for_who_ran_the_meeting_and_go_with_the_notes(room: Room, moment: Any) -> None:
    name_secretary(room, room.maud_id)
    address = f"/regroupements/{room.meeting_id}/minutes"
    assert room.other.raw(address).status_code == 404
    moment.shift(timedelta(days=31))
    assert room.browser.raw(address).status_code == 410
