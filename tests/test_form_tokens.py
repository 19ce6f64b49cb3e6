"""The token of a form: what a page of this browser sends is taken, what comes from nowhere or from another is not."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from collectifs.kernel import clock
from collectifs.web.form_tokens import SALT_LENGTH, token_of_device
from tests import factories
from tests.pages import Visitor

FIELD = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
META = re.compile(r'name="csrf-token" content="([^"]+)"')
PAGE, FORM = "/mon-compte", {"given_name": "Maud", "family_name": "Le Bihan"}


@pytest.fixture
def maud(app: Flask, visit: Callable[..., Visitor]) -> Visitor:
    return visit(factories.user("Maud", "Le Bihan"))


def sent(visitor: Visitor, token: str) -> int:
    return visitor.raw("/sortir", "POST", data={"csrf_token": token}).status_code


def test_a_page_of_somebody_who_is_known_keeps_no_session(maud: Visitor) -> None:
    assert "Set-Cookie" not in maud.raw(PAGE).headers
    assert maud.client.get_cookie("session") is None


@pytest.mark.parametrize("pattern", [META, FIELD], ids=["for scripts", "in a form"])
def test_what_the_page_carries_is_taken_once_and_again(maud: Visitor, pattern: re.Pattern[str]) -> None:
    first, second = (pattern.findall(maud.raw(PAGE).get_data(as_text=True)) for _ in range(2))
    assert first
    assert not set(first) & set(second), "compressed pages would tell what never changes"
    answers = [maud.raw("/lien/inconnu", "POST", data={"csrf_token": each}).status_code for each in (first[0],) * 2]
    assert 403 not in answers


def test_two_cookies_and_no_other_and_that_of_before_one_enters_goes_after_two_days(
    app: Flask, visit: Callable[..., Visitor]
) -> None:
    nobody = visit()
    assert nobody.open("/entrer").status == 200
    kept = nobody.client.get_cookie("session")
    assert kept is not None
    assert kept.expires == clock.now() + timedelta(days=2)
    entered = visit(factories.user("Maud"))
    for path in ("/", PAGE, "/mes-donnees", "/aide"):
        assert entered.open(path).status == 200
    assert {*nobody.client._cookies, *entered.client._cookies} == {
        ("localhost", "/", "session"),
        ("localhost", "/", "appareil"),
    }


def altered(token: str) -> str:
    return token[:-1] + ("0" if token[-1] != "0" else "1")


@pytest.mark.parametrize(
    "change",
    [
        lambda _token: "",
        altered,
        lambda token: token[:SALT_LENGTH],
        lambda token: token[SALT_LENGTH:],
        lambda token: ("B" if token.startswith("A") else "A") + token[1:],
        lambda token: token + "0",
        lambda _token: "é" * 80,
        lambda _token: token_of_device("another device", "only for tests"),
        lambda _token: token_of_device("", "only for tests"),
    ],
    ids=["none", "altered", "its salt", "its digest", "another salt", "longer", "not ASCII", "another's", "nobody's"],
)
def test_any_other_is_refused_and_nothing_is_done(maud: Visitor, change: Callable[[str], str]) -> None:
    token = META.search(maud.raw(PAGE).get_data(as_text=True))
    assert token is not None
    assert sent(maud, change(token[1])) == 403
    assert maud.open(PAGE).path == PAGE, "still signed in"
    assert sent(maud, token[1]) == 302


def test_that_of_another_key_is_refused(app: Flask, maud: Visitor) -> None:
    secret = maud.client.get_cookie("appareil")
    assert secret is not None
    assert sent(maud, token_of_device(secret.value, "the key of another installation")) == 403


def test_that_of_the_person_before_is_refused_on_the_same_browser(maud: Visitor) -> None:
    token = maud.token()
    assert sent(maud, token) == 302
    maud.client.set_cookie("appareil", factories.device(factories.user("Léa")))
    assert sent(maud, token) == 403


def test_a_page_that_was_open_before_its_session_had_a_device_is_taken_to_its_end(
    app: Flask, visit: Callable[..., Visitor]
) -> None:
    """As before an upgrade: its token is that of the session, and the session is still there."""
    visitor = visit()
    token = visitor.token()
    visitor.client.set_cookie("appareil", factories.device(factories.user("Maud")))
    assert sent(visitor, token) == 302
