"""What lets a device hold the two hours without network: the empty page, its files, and who is still awaited."""

import re
from datetime import timedelta
from uuid import uuid4

import brotli
import pytest
from flask import current_app

from collectifs.blueprints.live import devices
from collectifs.collectives.models import Meeting
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.live.models import PreparedDevice
from collectifs.live.queries.devices import devices_waited_for
from collectifs.live.services.devices import device_returned, prepare_device
from collectifs.live.services.perishing import destroy_notes
from collectifs.meetings.domain.devices import DeviceKind
from tests import factories
from tests.circle import Circle

DEVICE = str(uuid4())


class Room:
    def __init__(self, visit) -> None:
        self.pilot, self.samir = factories.user("Hélène", "Marchadier"), factories.user("Samir", "Haddad")
        where = factories.collective(pilot=self.pilot, members=[self.samir], name="Les Tilleuls")
        meeting = factories.meeting(where)
        meeting.note_taker_id = self.samir.id
        self.meeting_id = meeting.id
        self.url = f"/seance/{meeting.id}/appareils"
        self.browser, self.other, self.outside = visit(self.pilot), visit(self.samir), visit(factories.user("Zoé"))

    def waited(self) -> list[str]:
        db.session.expire_all()
        return [f"{each.kind} {each.name}" for each in devices_waited_for(self.meeting_id)]


@pytest.fixture
def room(app, visit) -> Room:
    return Room(visit)


def test_the_empty_page_holds_no_datum_no_name_and_no_token(room: Room) -> None:
    for url in ("/seance/coquille", "/seance/coquille?projection=1"):
        text = room.browser.raw(url).text
        assert not [each for each in ("Marchadier", "Tilleuls", "csrf") if each in text]
        assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", text)
    assert '<script type="application/json" id="live-data">null</script>' in room.browser.raw("/seance/coquille").text


def test_the_worker_keeps_every_file_that_the_pages_load(room: Room) -> None:
    answer = room.outside.raw("/sw.js")
    assert answer.mimetype == "text/javascript"
    scripts = ("js/live.js", "js/beam.js", "js/roll_call.js", "js/page.js", "js/lifeline.js")
    later = ("late/live/js/live/closed_view.js", "late/live/js/live/vault.js", "late/page/js/live/leftovers.js")
    for name in (*scripts, *later, "css/device.css", "woff2"):
        assert name in answer.text, name
    assert "js/live/journal.js" not in answer.text, "it comes with js/live.js"
    files = re.findall(r'"(/static/[^"]+)"', answer.text)
    assert len(files) > 30
    for each in files:
        with room.outside.raw(each) as file:
            assert file.status_code == 200, each


def test_the_worker_travels_compressed_and_is_written_once(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    said = room.outside.raw("/sw.js").text
    monkeypatch.setattr(devices, "_shell", lambda name: pytest.fail(f"{name} is made again"))
    answer = room.outside.raw("/sw.js", headers={"Accept-Encoding": "br"})
    assert (answer.headers["Content-Encoding"], brotli.decompress(answer.data).decode()) == ("br", said)
    assert len(answer.data) < len(said) / 2


def test_whoever_works_on_it_gets_the_worker_as_it_stands_now(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.outside.raw("/sw.js")
    monkeypatch.setitem(current_app.config, "DEBUG", True)
    monkeypatch.setattr(devices, "_shell", lambda _name: '<script src="/static/0/js/page.js"></script>')
    assert "js/beam.js" not in room.outside.raw("/sw.js").text


def test_a_prepared_device_is_awaited_until_it_comes_back(room: Room) -> None:
    for _ in range(2):
        assert room.browser.post_json(room.url, {"device": DEVICE, "kind": "phone"}).status_code == 200
    assert room.waited() == ["phone Hélène Marchadier"]
    for _ in range(2):
        assert room.browser.post_json(f"{room.url}/rendu", {"device": DEVICE}).status_code == 200
    assert room.waited() == []


def test_a_device_given_back_and_prepared_again_is_awaited_again(room: Room) -> None:
    for path in ("", "/rendu", ""):
        room.other.post_json(room.url + path, {"device": DEVICE, "kind": "computer"})
    assert room.waited() == ["computer Samir Haddad"]


def test_nobody_gives_back_the_device_of_somebody_else(room: Room) -> None:
    room.browser.post_json(room.url, {"device": DEVICE, "kind": "phone"})
    assert room.other.post_json(f"{room.url}/rendu", {"device": DEVICE}).status_code == 200
    assert room.waited() == ["phone Hélène Marchadier"]


@pytest.mark.parametrize(
    "sent", [{}, {"device": "court"}, {"device": DEVICE, "kind": "toaster"}, {"device": 7, "kind": "phone"}, []]
)
def test_what_is_no_device_is_refused(room: Room, sent: object) -> None:
    assert room.browser.post_json(room.url, sent).status_code == 422
    assert room.waited() == []


def test_a_stranger_finds_nothing_there(room: Room) -> None:
    assert room.outside.post_json(room.url, {"device": DEVICE, "kind": "phone"}).status_code == 404


def test_the_pages_before_acceptance_name_the_devices_that_have_not_come_back(app, visit) -> None:
    circle = Circle()
    now = circle.meeting.starts_at
    prepare_device(circle.meeting, device=DEVICE, kind=DeviceKind.PHONE, now=now, by=circle.odile)
    said = "Le téléphone d’Odile Ferrand, préparé le 13 janvier, n’est pas revenu : des notes y attendent peut-être."
    circle.write()
    pilot = visit(circle.pilot)
    assert pilot.open(f"/fiches/{circle.sheet_id}/proposer").says(said)
    circle.propose()
    db.session.commit()
    assert pilot.open(f"/fiches/{circle.sheet_id}").says(said)
    device_returned(circle.meeting, device=DEVICE, now=now, by=circle.odile)
    db.session.commit()
    assert not pilot.open(f"/fiches/{circle.sheet_id}").says("n’est pas revenu")


def test_the_devices_are_forgotten_with_the_notes(room: Room) -> None:
    room.other.post_json(room.url, {"device": DEVICE, "kind": "phone"})
    destroy_notes(db.session.get_one(Meeting, room.meeting_id), now=clock.now() + timedelta(days=1))
    db.session.commit()
    assert db.session.query(PreparedDevice).count() == 0
