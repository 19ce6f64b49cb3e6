"""The door under insistence: passwords, networks that fail or ask too often, and where entering never leads."""

from datetime import timedelta

import pytest

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import Job
from collectifs.people.domain.sign_in import LinkPurpose
from collectifs.people.models import SignInFailure
from collectifs.people.services import sign_in
from collectifs.people.services.sign_in import hash_password
from collectifs.web.limits import subject
from tests import factories
from tests.blueprints.test_auth import SENT, count, mint, signed_in_as

WRONG = "L’adresse ou le mot de passe ne convient pas. Un lien par courriel suffit pour entrer."


@pytest.fixture
def maud(app):
    return factories.user("Maud", "Le Bihan", address="maud@academie.example")


def test_a_password_enters_and_comes_back_where_one_wanted_to_go(maud, visit):
    maud.password_hash = hash_password("Tr0ub4d&r")
    visitor = visit()
    page = visitor.open("/mon-compte")
    assert page.path == "/entrer"
    page = page.press("Entrer", **{"mdp-address": "Maud@academie.example", "mdp-password": "Tr0ub4d&r"})
    assert page.path == "/mon-compte"
    assert page.says("Maud Le Bihan")


@pytest.mark.parametrize("address", ["maud@academie.example", "sans@academie.example", "personne@academie.example"])
def test_a_wrong_password_is_refused_in_the_same_words_and_counted(maud, visit, address):
    maud.password_hash = hash_password("Tr0ub4d&r")
    factories.user(address="sans@academie.example")
    visitor = visit()
    page = visitor.open("/entrer").press("Entrer", **{"mdp-address": address, "mdp-password": "faux"})
    assert page.status == 422
    assert page.errors == [WRONG]
    assert page.soup.select_one("[name=mdp-address]")["value"] == address
    assert page.soup.select_one("[name=mdp-password]").get("value", "") == ""
    assert page.soup.select_one("details:has([name=mdp-password])").has_attr("open")
    assert count(SignInFailure) == 2


def test_ten_failures_close_the_password_door_of_one_account_for_a_quarter_of_an_hour(maud, visit, moment):
    maud.password_hash = hash_password("Tr0ub4d&r")
    visitor = visit()
    sign_in.note_failure([subject("account", maud.address)] * 10, now=clock.now())
    db.session.commit()
    right = {"mdp-address": maud.address, "mdp-password": "Tr0ub4d&r"}
    page = visitor.open("/entrer").press("Entrer", **right)
    assert (page.status, page.heading) == (429, "Trop d’essais d’affilée")
    assert visitor.open("/entrer").press("Recevoir mon lien", address=maud.address).heading == SENT
    moment.shift(timedelta(minutes=16))
    visitor.open("/entrer").press("Entrer", **right)
    assert "Maud Le Bihan" in signed_in_as(visitor)


@pytest.fixture
def exhaust(app):
    """A network has done this so often that it must wait."""

    def count_up(kind, times, network="127.0.0.1"):
        sign_in.note_failure([subject(kind, network)] * times, now=clock.now())
        db.session.commit()

    return count_up


def test_a_network_that_failed_too_often_fails_no_more_and_everything_good_still_opens(maud, visit, exhaust):
    maud.password_hash = hash_password("Tr0ub4d&r")
    exhaust("network", 200)
    visitor = visit()
    assert visitor.open("/lien/devine").status == 410
    page = visitor.open("/entrer")
    assert page.status == 200
    refused = page.press("Entrer", **{"mdp-address": maud.address, "mdp-password": "Tr0ub4d&r"})
    assert refused.status == 429
    assert refused.follow("en demander un").press("Recevoir mon lien", address=maud.address).heading == SENT
    buttons = {LinkPurpose.PERSONAL: "Ouvrir sur cet appareil", LinkPurpose.SIGN_IN: "Entrer sur cet appareil"}
    for purpose, button in buttons.items():
        opened = visit()
        opened.open(mint(maud, purpose)).press(button)
        assert "Maud Le Bihan" in signed_in_as(opened)


def test_two_hundred_people_of_one_school_ask_for_their_link_and_the_door_stays_open(maud, visit):
    people = [factories.user() for _ in range(200)]
    visitor = visit()
    token = visitor.open("/entrer").soup.select_one("meta[name=csrf-token]")["content"]
    for each in people:
        answer = visitor.raw("/entrer", "POST", data={"csrf_token": token, "address": each.address})
        assert answer.location.startswith("/entrer?demande=envoyee")
    assert count(Job) == 200
    assert visit().open("/entrer").status == 200
    opened = visit()
    opened.open(mint(maud)).press("Ouvrir sur cet appareil")
    assert "Maud Le Bihan" in signed_in_as(opened)


def test_a_network_that_asks_for_a_thousand_links_may_ask_no_more_and_enters_all_the_same(maud, visit, exhaust):
    maud.password_hash = hash_password("Tr0ub4d&r")
    exhaust("asking", 1000)
    visitor = visit()
    page = visitor.open("/entrer").press("Recevoir mon lien", address=maud.address)
    assert page.status == 429
    assert not page.says("demander un"), "a page does not advise what it has just refused"
    visitor.open(mint(maud)).press("Ouvrir sur cet appareil")
    assert "Maud Le Bihan" in signed_in_as(visitor)
    other = visit()
    other.open("/entrer").press("Entrer", **{"mdp-address": maud.address, "mdp-password": "Tr0ub4d&r"})
    assert "Maud Le Bihan" in signed_in_as(other)


def test_a_refused_password_does_not_advise_to_ask_when_asking_is_refused_too(maud, visit, exhaust):
    exhaust("asking", 1000)
    exhaust("account", 10, maud.address)
    page = visit().open("/entrer").press("Entrer", **{"mdp-address": maud.address, "mdp-password": "faux"})
    assert page.status == 429
    assert not page.says("demander un")


def test_whoever_asks_in_somebody_s_place_all_day_fills_no_mailbox_and_shuts_no_door(maud, visit, moment):
    visitor = visit()
    token = visitor.open("/entrer").soup.select_one("meta[name=csrf-token]")["content"]

    def ask(network: str):
        data = {"csrf_token": token, "address": maud.address}
        return visitor.raw("/entrer", "POST", data=data, environ_base={"REMOTE_ADDR": network})

    for _ in range(30):  # seven hours and a half, ten times a quarter of an hour
        answers = {ask("203.0.113.9").location for _ in range(10)}
        assert answers == {"/entrer?demande=envoyee"}
        moment.shift(timedelta(minutes=15, seconds=1))
    assert count(Job) == 20
    assert ask("198.51.100.7").location == "/entrer?demande=envoyee"
    assert count(Job) == 21
    moment.shift(timedelta(hours=24))
    ask("203.0.113.9")
    assert count(Job) == 22


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//mechant.example",
        "https://mechant.example",
        "/\\mechant.example",
        "\\\\mechant.example",
        "/\t/mechant.example",
        "mechant.example",
        "javascript:alert(1)",
        "/" + "x" * 600,
    ],
)
def test_one_never_comes_back_anywhere_else(maud, visit, elsewhere):
    maud.password_hash = hash_password("Tr0ub4d&r")
    visitor = visit()
    fields = {"mdp-address": maud.address, "mdp-password": "Tr0ub4d&r"}
    token = visitor.open("/entrer").soup.select_one("meta[name=csrf-token]")["content"]
    response = visitor.raw("/entrer", "POST", query_string={"suite": elsewhere}, data=fields | {"csrf_token": token})
    assert response.location == "/"
    assert visitor.raw("/entrer", query_string={"suite": elsewhere}).location == "/"
