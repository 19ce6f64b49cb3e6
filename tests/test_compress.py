"""Pages travel compressed, with the same words; what echoes something of the request never does."""

import gzip
from collections.abc import Callable
from typing import Any

import brotli
import pytest
from flask import Flask

from collectifs.web.compress import SHORTEST
from tests import factories
from tests.live.services.test_live_cost import SHORT, Room
from tests.pages import Visitor

Visit = Callable[..., Visitor]
OPEN = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}
READS_BOTH = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.fixture
def client(visit: Visit) -> Any:
    return visit(factories.user("Maud")).client


@pytest.mark.parametrize(
    ("accepted", "encoding"), [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("", ""), ("br;q=0", "")]
)
def test_a_page_travels_as_the_browser_reads_it(client: Any, accepted: str, encoding: str) -> None:
    answer = client.get("/aide", headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding", "") == encoding
    assert "Accept-Encoding" in answer.headers["Vary"]
    words = OPEN[encoding](answer.data).decode()
    assert words.rstrip().endswith("</html>")
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert not encoding or len(answer.data) < len(words.encode()) / 2


@pytest.mark.parametrize("address", ["/aide?mots=secret", "/entrer?suite=/aide", "/aide?"])
def test_an_address_with_words_in_it_is_answered_as_it_is(client: Any, address: str) -> None:
    echoes = "?" in address.rstrip("?")
    answer = client.get(address, headers=READS_BOTH)
    assert ("Content-Encoding" in answer.headers) is not echoes


def test_a_form_that_comes_back_with_what_was_typed_is_answered_as_it_is(visit: Visit) -> None:
    page = visit().open("/entrer")
    token = page.soup.select_one("[name=csrf_token]")["value"]
    typed = {"address": "ceci n’est pas une adresse", "csrf_token": token}
    answer = page.visitor.client.post("/entrer", data=typed, headers=READS_BOTH)
    assert len(answer.data) > SHORTEST
    assert "ceci n’est pas une adresse" in answer.get_data(as_text=True)
    assert "Content-Encoding" not in answer.headers


def test_what_is_short_or_a_refusal_travels_as_it_is(client: Any) -> None:
    for address in ("/sante", "/nulle-part"):
        assert "Content-Encoding" not in client.get(address, headers=READS_BOTH).headers


def test_a_screen_that_comes_back_is_given_its_gestures_compressed(app: Flask, visit: Visit) -> None:
    room = Room(visit, 4 * SHORT)
    answer = room.browser.client.get(f"{room.url}/etat?depuis=0", headers=READS_BOTH)
    assert answer.headers["Content-Encoding"] == "br"
    assert brotli.decompress(answer.data).count(b"note_written") == 4 * SHORT


def test_the_live_page_asks_for_its_script_before_the_rest_of_it_has_come(app: Flask, visit: Visit) -> None:
    room = Room(visit, SHORT)
    page = room.browser.open(room.url)
    (asked,) = page.soup.select("head link[rel=modulepreload]")
    (script,) = page.soup.select("body script[type=module]")
    assert asked["href"] == script["src"]


def test_accents_in_json_travel_as_they_are_and_half_a_sign_breaks_nothing(app: Flask) -> None:
    with app.app_context():
        assert app.json.dumps({"nom": "Hélène"}) == '{"nom": "Hélène"}'
        assert app.json.dumps({"nom": "H\ud800é"}).encode() == b'{"nom": "H\\ud800\\u00e9"}'
