"""By which names the site answers, and who may send: a stranger's page, a proxy, a name that is not ours."""

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from collectifs import create_app
from collectifs.kernel.config import DEMO_MARK, load_settings, set_demo_offset
from collectifs.kernel.extensions import db
from tests import factories
from tests.pages import TOKEN, Visitor

KEYS = {"MASTER_KEY": base64.urlsafe_b64encode(b"k" * 32).decode(), "SECRET_KEY": "s"}
PUBLIC = "https://collectifs.academie.example"
NOT_HERE = "Ce site ne répond pas à ce nom.\n"
STAYS_HOME = "La démonstration ne se montre que sur la machine où elle tourne.\n"
A_PAGE = "/static/x/css/base.css"  # any address that needs no database
Build = Callable[..., Flask]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of every application of this file: none of them writes there."""
    return tmp_path_factory.mktemp("hosts")


@pytest.fixture(scope="module")
def built(folder: Path) -> Build:
    """Makes an application, once for all that ask for the same values."""

    @cache
    def make(**values: str) -> Flask:
        return create_app(load_settings({"COLLECTIFS_DATA": str(folder), **KEYS, **values}))

    return make


@pytest.fixture
def build(built: Build, folder: Path) -> Iterator[Build]:
    """The same; whoever makes it a demonstration does so for one test."""
    yield built
    (folder / DEMO_MARK).unlink(missing_ok=True)


def answer(app: Flask, path: str = A_PAGE, **options: object) -> tuple[int, str]:
    with app.test_client().get(path, **options) as found:
        return found.status_code, found.get_data(as_text=True) if found.mimetype == "text/plain" else ""


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("collectifs.academie.example", 200),
        ("collectifs.academie.example:8443", 200),
        ("COLLECTIFS.academie.example", 200),
        ("evil.example", 421),
        ("collectifs.academie.example.evil.example", 421),
        ("127.0.0.1:8000", 421),
        ("localhost", 421),
        ("10.0.0.7", 421),
        ("<script>", 421),
    ],
)
def test_in_real_use_the_site_answers_to_its_public_name_alone(build: Build, host: str, status: int) -> None:
    found, words = answer(build(BASE_URL=PUBLIC), headers={"Host": host})
    assert (found, words) == (status, NOT_HERE if status == 421 else "")


def test_a_name_with_accents_is_the_one_that_browsers_send(build: Build) -> None:
    app = build(BASE_URL="https://académie.example")
    assert answer(app, headers={"Host": "xn--acadmie-eya.example"})[0] == 200


def test_the_proxy_s_word_on_the_name_is_taken_when_it_is_ours(build: Build) -> None:
    asked = {"Host": "127.0.0.1:8000", "X-Forwarded-Host": "collectifs.academie.example"}
    assert answer(build(BASE_URL=PUBLIC, PROXIES="1"), headers=asked)[0] == 200
    assert answer(build(BASE_URL=PUBLIC, PROXIES="0"), headers=asked)[0] == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "10.0.0.7:8000", "collectifs-2.internal"])
def test_a_machine_that_watches_asks_by_any_name(public: Flask, host: str) -> None:
    with public.test_client().get("/sante", headers={"Host": host}) as found:
        assert (found.status_code, found.json) == (200, {"status": "ok"})


@pytest.mark.parametrize("host", ["127.0.0.1:8011", "localhost:8011", "[::1]:8011"])
def test_on_this_machine_every_name_of_the_machine_is_ours(build: Build, folder: Path, host: str) -> None:
    for kind in ("real", "demonstration"):
        if kind == "demonstration":
            set_demo_offset(folder / DEMO_MARK, 0)
        assert answer(build(BASE_URL="http://127.0.0.1:8011"), headers={"Host": host})[0] == 200, kind
        assert answer(build(BASE_URL="http://127.0.0.1:8011"), headers={"Host": "evil.example:8011"})[0] == 421, kind


@pytest.mark.parametrize(
    "trace",
    [
        {"X-Forwarded-For": "203.0.113.9"},
        {"X-Forwarded-Proto": "https"},
        {"x-forwarded-host": "localhost"},
        {"Forwarded": "for=203.0.113.9"},
        {"X-Real-IP": "203.0.113.9"},
        {"Via": "1.1 passerelle"},
    ],
)
@pytest.mark.parametrize("proxies", ["0", "1"])
def test_the_demonstration_shows_itself_to_nobody_who_comes_through_a_proxy(
    build: Build, folder: Path, trace: dict[str, str], proxies: str
) -> None:
    app = build(PROXIES=proxies)
    assert answer(app, headers=trace)[0] == 200
    set_demo_offset(folder / DEMO_MARK, 0)
    assert answer(app)[0] == 200
    assert answer(app, headers=trace) == (421, STAYS_HOME)


def test_the_demonstration_knows_a_proxy_that_says_nothing_by_its_old_protocol(build: Build, folder: Path) -> None:
    set_demo_offset(folder / DEMO_MARK, 0)
    assert answer(build(), environ_overrides={"SERVER_PROTOCOL": "HTTP/1.0"}) == (421, STAYS_HOME)


def test_a_proxy_that_nobody_declared_is_said_once_in_the_log_without_an_address(
    build: Build, capsys: pytest.CaptureFixture[str]
) -> None:
    silent, warned = (
        build(PROXIES="1"),
        build(DEPLOYMENT_NAME="Autre"),
    )  # which nobody else asks for: it has not said it yet
    for app in (silent, warned, warned):
        answer(app, headers={"X-Forwarded-For": "203.0.113.9"})
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if "proxy_not_declared" in line]
    (line,) = lines
    assert line["level"] == "warning"
    assert "PROXIES" in line["hint"]
    assert "203.0.113.9" not in json.dumps(line)


# Who sends. The form: a person's own facts, as any other.

FROM_HERE = [
    {},
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "null"},  # what our Referrer-Policy makes of a form's origin
    {"Sec-Fetch-Site": "none"},
    {"Origin": "http://localhost"},  # a browser that knows no Sec-Fetch-Site
    {"Origin": "null"},
]
FROM_ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
    {"Origin": "http://evil.example"},
    {"Origin": "https://localhost"},
    {"Origin": "http://localhost:81"},
    {"Origin": "http://localhost.evil.example"},
]


def sign_out(visitor: Visitor, headers: dict[str, str]) -> int:
    data = {"csrf_token": visitor.token()}
    return visitor.raw("/sortir", "POST", data=data, headers=headers).status_code


@pytest.mark.parametrize("headers", FROM_HERE, ids=str)
def test_our_own_pages_may_send(app: Flask, visit: Callable[..., Visitor], headers: dict[str, str]) -> None:
    assert sign_out(visit(factories.user()), headers) == 302


@pytest.mark.parametrize("headers", FROM_ELSEWHERE, ids=str)
def test_what_another_site_sends_is_refused_whatever_its_token(
    app: Flask, visit: Callable[..., Visitor], headers: dict[str, str]
) -> None:
    visitor = visit(factories.user())
    assert sign_out(visitor, headers) == 403
    page = visitor.open("/sortir", "POST", {"csrf_token": visitor.token()}, headers=headers)
    assert page.heading == "Ce formulaire n’est plus reconnu"
    assert visitor.open("/mon-compte").path == "/mon-compte", "nothing was done"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/entrer", "/nulle-part", "/seance/00000000-0000-0000-0000-000000000000/gestes"])
def test_no_unsafe_method_and_no_address_is_left_out(
    app: Flask, visit: Callable[..., Visitor], method: str, path: str
) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "X-CSRFToken": visit().token()}
    assert app.test_client().open(path, method=method, headers=headers).status_code == 403


def test_a_link_in_a_mail_is_followed_from_anywhere(app: Flask, visit: Callable[..., Visitor]) -> None:
    for site in ("cross-site", "same-site", "none"):
        assert visit().raw("/entrer", headers={"Sec-Fetch-Site": site}).status_code == 200


def through_tls(app: Flask, **headers: str) -> int:
    """A form sent through a proxy that speaks TLS, with the token of its page and no Referer."""
    client, proxy = app.test_client(), {"X-Forwarded-Proto": "https", "Host": "collectifs.academie.example"}
    page = client.get("/aide", headers=proxy)
    found = TOKEN.search(page.get_data(as_text=True))
    answer = client.post("/lien/inconnu", data={"csrf_token": found[1]}, headers=proxy | headers)
    return answer.status_code


def test_behind_a_proxy_that_speaks_tls_a_form_needs_no_referer(public: Flask) -> None:
    assert through_tls(public) == 410
    assert through_tls(public, **{"Sec-Fetch-Site": "same-origin", "Origin": "null"}) == 410
    assert through_tls(public, Origin=PUBLIC) == 410
    assert through_tls(public, Origin="https://other.academie.example") == 403
    assert through_tls(public, Origin="http://collectifs.academie.example") == 403


@pytest.fixture
def public(app: Flask) -> Iterator[Flask]:
    """The same installation, reached by its public name through one proxy."""
    made = create_app(replace(app.extensions["settings"], base_url=f"{PUBLIC}:443", proxies=1))
    yield made
    with made.app_context():
        db.engine.dispose()
