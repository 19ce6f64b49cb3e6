"""« Me prévenir à l’ouverture »: an address left before a call opens, confirmed, written to once, erased."""

import re
from datetime import timedelta

import pytest

from collectifs.across.queries.own_data import gather
from collectifs.across.services.forgetting import erase_account
from collectifs.campaign.domain.work import MailCallOpens, MailOpeningLink
from collectifs.campaign.models.calls import Call
from collectifs.campaign.models.openings import OpeningNotice
from collectifs.campaign.services.calls import pause_call
from collectifs.campaign.services.openings import forget_openings, tell_openings
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from collectifs.kernel.retention import ROWS
from collectifs.people.domain.sign_in import MOST_FAILURES
from collectifs.people.mails import letters
from tests import factories
from tests.asked import asked

PAGE = "/appel/val-de-brume/ouverture"
ADDRESS = "jeanne@academie.example"


@pytest.fixture
def call(place) -> Call:
    """A call that opens in five days."""
    return factories.call(place, slug="val-de-brume", opens_on=clock.now().date() + timedelta(days=5))


@pytest.fixture
def letter(monkeypatch):
    """The messages that leave, oldest first."""
    sent = []
    monkeypatch.setattr(letters, "deliver", sent.append)
    return sent


def left(call: Call, address: str = ADDRESS, **values) -> OpeningNotice:
    return factories.add(OpeningNotice(call_id=call.id, address=address, **({"asked_at": clock.now()} | values)))


def number() -> int:
    db.session.expire_all()
    return db.session.query(OpeningNotice).count()


def ask(visitor, address=ADDRESS):
    return visitor.open(PAGE).press("Me prévenir", address=address)


def link_in(message) -> str:
    words = message.get_payload(0).get_payload(decode=True).decode()
    return re.search(r"http://localhost(/ouverture/\S+)", words)[1]


def tell() -> list[MailCallOpens]:
    """What the worker does in its round; the mails that it asked for."""
    tell_openings(now=clock.now())
    db.session.commit()
    return asked(MailCallOpens)


def test_an_address_is_left_confirmed_written_to_once_at_the_opening_and_erased(call, visit, letter, moment):
    visitor = visit()
    assert visitor.open("/appel/val-de-brume").says("Me prévenir à l’ouverture")
    assert "Set-Cookie" not in visit().raw("/appel/val-de-brume").headers
    assert ask(visitor).heading == "Un message vous est envoyé"
    do(*asked(MailOpeningLink))
    url = link_in(letter[0])
    assert visitor.open(url).heading == "Confirmez votre adresse"
    assert tell() == []  # a mail program opened the link: nothing happened
    assert visitor.open(url).press("Oui, prévenez-moi").heading == "C’est noté"
    moment.shift(timedelta(days=4))
    assert tell() == []
    moment.shift(timedelta(days=1))
    [mail] = tell()
    assert tell() == [mail]  # asked for once
    do(mail)
    db.session.commit()
    assert number() == 0
    assert len(letter) == 2
    assert "est ouvert" in letter[1].get_payload(0).get_payload(decode=True).decode()
    assert visitor.raw(url).status_code == 410


def test_nobody_is_written_to_before_eight_in_the_morning_of_the_territory(call, moment):
    left(call, confirmed_at=clock.now())
    moment.move_to(f"{call.opens_on}T06:30:00Z")  # half past seven in Paris
    assert tell() == []
    moment.move_to(f"{call.opens_on}T07:00:00Z")
    assert len(tell()) == 1


def test_a_call_that_is_suspended_tells_nobody_until_it_goes_on(call, helene, moment):
    left(call, confirmed_at=clock.now())
    pause_call(call, now=clock.now(), by=helene)
    moment.shift(timedelta(days=6))
    assert tell() == []
    pause_call(call, now=clock.now(), by=helene)
    assert len(tell()) == 1


def test_the_same_link_takes_the_address_back_confirmed_or_not(call, visit, letter):
    for confirmed in (False, True):
        visitor = visit()
        ask(visitor)
        for mail in asked(MailOpeningLink):
            do(mail)  # nothing leaves for an address that is gone
        db.session.commit()
        page = visitor.open(link_in(letter[-1]))
        page = page.press("Oui") if confirmed else page
        assert page.press("etirer mon adresse").says("Votre adresse est effacée")
        assert number() == 0


def test_the_same_address_again_has_one_row_and_its_link_again(call, visit, letter):
    for _ in range(2):
        assert ask(visit(), "Jeanne@Academie.example").heading == "Un message vous est envoyé"
    assert number() == 1
    for mail in asked(MailOpeningLink):
        do(mail)
    db.session.commit()
    assert visit().raw(link_in(letter[0])).status_code == 410
    assert visit().open(link_in(letter[1])).heading == "Confirmez votre adresse"


def test_once_it_is_open_the_page_leads_to_the_call_and_nothing_is_kept(call, visit, letter):
    ask(visit())
    do(*asked(MailOpeningLink))
    page = visit().open(PAGE)
    call.opens_on = clock.now().date()
    db.session.commit()
    assert visit().open(PAGE).path == "/appel/val-de-brume"
    refused = page.press("Me prévenir", address="tard@academie.example")
    assert refused.status == 422
    assert any("L’appel est ouvert" in each for each in refused.errors)
    assert refused.soup.select_one("#address")["value"] == "tard@academie.example"
    assert visit().open(link_in(letter[0])).heading == "L’appel est ouvert"


def test_what_is_no_address_is_told_beside_its_field(call, visit):
    page = ask(visit(), "jeanne arobase")
    assert (page.status, number()) == (422, 0)
    assert page.errors


@pytest.mark.parametrize(
    ("days", "values", "is_kept"),
    [
        (7, {}, True),
        (8, {}, False),
        (8, {"confirmed_at": True}, True),
        (1, {"told_at": True}, False),
        (0, {"told_at": True}, True),
        (16, {"confirmed_at": True}, False),  # the call is over, and never opened for them
    ],
)
def test_it_is_kept_no_longer_than_it_says(call, days, values, is_kept):
    call.opens_on, call.closes_on = clock.now().date() + timedelta(days=10), clock.now().date() + timedelta(days=15)
    left(call, **dict.fromkeys(values, clock.now()))
    forget_openings(now=clock.now() + timedelta(days=days))
    db.session.commit()
    assert number() == int(is_kept)


def test_it_stands_in_the_copy_of_ones_data_and_goes_with_the_account(call, maud):
    left(call, maud.address)
    told = gather(maud.id, lambda _part: None)
    [section] = [each for each in told.written if each.title == ROWS["openings"].what]
    assert maud.address in str(section)
    erase_account(maud, now=clock.now())
    db.session.flush()
    assert number() == 0


def test_a_network_that_gives_address_upon_address_is_slowed(call, visit, monkeypatch):
    monkeypatch.setitem(MOST_FAILURES, "asking", 2)
    for name in ("aubry", "brun"):
        ask(visit(), f"{name}@academie.example")
    assert ask(visit(), "de.trop@academie.example").status == 429
    assert number() == 2
