"""What machines ask again and again opens no session, signs no cookie: what watches, files and calendars.
The questions of the room are in live/services/test_live_cost.py.
"""

from collections.abc import Callable

import pytest
from flask import Flask, url_for
from flask.sessions import SecureCookieSessionInterface

from tests import factories
from tests.blueprints.test_feed import make
from tests.pages import Visitor

WATCHED = ("/sante", "/pret", "/mesures")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses for which a session was opened."""
    found: list[str] = []
    real = SecureCookieSessionInterface.open_session
    monkeypatch.setattr(
        SecureCookieSessionInterface, "open_session", lambda *args: found.append(args[2].path) or real(*args)
    )
    return found


def test_whatever_a_machine_asks_opens_no_session_and_signs_no_cookie(
    app: Flask, visit: Callable[..., Visitor], opened: list[str]
) -> None:
    maud = factories.user("Maud")
    factories.collective(members=[maud])
    browser = visit(maud)
    _, feed = make(visit, maud)
    browser.open("/aide")
    assert "/aide" in opened, "a page opens it: its forms have a token"
    opened.clear()
    with app.test_request_context():
        file = url_for("static", filename="css/base.css")
    for address in (*WATCHED, "/robots.txt", file, feed):
        answer = browser.raw(address)
        assert answer.status_code == 200, address
        assert "Set-Cookie" not in answer.headers, address
    assert opened == []
