"""An address that a mail server refuses for good: the job ends, the address is marked, and the mark goes away again."""

import dataclasses
from collections.abc import Iterator
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller

from collectifs import clock
from collectifs.domain.sign_in import SIGN_IN
from collectifs.extensions import db
from collectifs.jobs.running import run_job
from collectifs.models import AuditEvent, Job, PersonalLink, User
from collectifs.queries.people import link_for_token
from collectifs.services import account, sign_in
from collectifs.services.addresses import note_refusal, note_returns
from collectifs.services.audit import ask_job
from tests import factories
from tests.databases import free_port


class Doorkeeper:
    """A mail server that answers to a recipient what it was told to."""

    def __init__(self) -> None:
        self.answer = "250 OK"
        self.asked = 0

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802  aiosmtpd's name
        self.asked += 1
        if self.answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, _server, _session, _envelope):  # noqa: N802
        return "250 OK"


@pytest.fixture
def doorkeeper(app, monkeypatch) -> Iterator[Doorkeeper]:
    keeper, port = Doorkeeper(), free_port()
    server = Controller(keeper, hostname="127.0.0.1", port=port)
    server.start()
    settings = dataclasses.replace(app.extensions["settings"], smtp_url=f"smtp://127.0.0.1:{port}")
    monkeypatch.setitem(app.extensions, "settings", settings)
    yield keeper
    server.stop()


@pytest.fixture
def maud(app):
    return factories.user("Maud", "Le Bihan", address="maud@academie.example")


def send(maud) -> Job:
    ask_job("mail_sign_in_link", user_id=maud.id)
    db.session.commit()
    [job_id] = [job.id for job in db.session.query(Job).filter_by(state="waiting")]
    db.session.rollback()
    run_job(job_id)
    return db.session.get_one(Job, job_id)


def mark() -> tuple[str, bool]:
    db.session.rollback()
    row = db.session.query(User).one()
    return row.address_refusal, row.address_refused_at is not None


@pytest.mark.parametrize("answer", ["550 5.1.1 Nobody here", "553 Mailbox name not allowed", "550 5.2.1 Disabled"])
def test_an_address_refused_for_good_ends_the_job_and_is_marked(doorkeeper, maud, answer):
    doorkeeper.answer = answer
    job = send(maud)
    assert (job.state, job.attempts, job.error) == ("failed", 1, f"AddressRefused {answer[:3]}")
    assert job.finished_at == clock.now()
    assert mark() == (answer[:3], True)
    assert [event.kind for event in db.session.query(AuditEvent) if "address" in event.kind] == ["address_refused"]


@pytest.mark.parametrize("answer", ["450 4.2.1 Greylisted", "554 5.7.1 Relay access denied", "530 5.7.0 Authenticate"])
def test_what_may_still_arrive_or_is_our_own_fault_is_tried_again(doorkeeper, maud, answer):
    doorkeeper.answer = answer
    assert send(maud).state == "waiting"
    assert mark() == ("", False)


def test_a_later_delivery_clears_the_mark(doorkeeper, maud, moment):
    doorkeeper.answer = "550 No"
    send(maud)
    doorkeeper.answer = "250 OK"
    moment.shift(timedelta(hours=1))
    assert send(maud).state == "done"
    assert mark() == ("", False)


def test_a_mail_that_came_back_stays_noted_when_a_server_accepts_the_next_one(doorkeeper, maud):
    assert note_returns([("Maud@Academie.example", "5.1.1")], now=clock.now()) == 1
    send(maud)
    assert mark() == ("5.1.1", True)


def test_opening_the_link_of_a_mail_proves_that_it_arrived(maud):
    note_returns([("maud@academie.example", "5.1.1")], now=clock.now())
    link = link_for_token(sign_in.mint_link(maud, purpose=SIGN_IN, now=clock.now()))
    sign_in.enter_with_link(link, label="téléphone", now=clock.now(), by=None)
    db.session.commit()
    assert mark() == ("", False)


def test_a_new_address_has_no_mark(maud):
    note_returns([("maud@academie.example", "5.1.1")], now=clock.now())
    account.ask_new_address(address="maud.lb@academie.example", now=clock.now(), by=factories.person(maud))
    account.confirm_new_address(db.session.query(PersonalLink).one(), now=clock.now())
    db.session.commit()
    assert mark() == ("", False)


def test_a_former_address_that_refuses_the_news_marks_nobody(doorkeeper, maud):
    db.session.commit()
    assert not note_refusal(maud.id, "ancienne@academie.example", code="550", now=clock.now())
    assert mark() == ("", False)
