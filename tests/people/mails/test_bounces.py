"""An address that a mail server refuses for good: the job ends, the address is marked, and the mark goes away again."""

import dataclasses
from collections.abc import Iterator
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller

from collectifs.kernel import clock
from collectifs.kernel.audit import ask
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.running import run_job
from collectifs.kernel.models import AuditEvent, Job
from collectifs.people.domain.sign_in import LinkPurpose
from collectifs.people.domain.work import MailSignInLink
from collectifs.people.models import PersonalLink, User
from collectifs.people.queries.people import link_for_token
from collectifs.people.services import account, sign_in
from collectifs.people.services.addresses import note_refusal, note_returns
from tests import factories
from tests.databases import free_port


class Doorkeeper:
    """A mail server that answers to a recipient what it was told to."""

    def __init__(self) -> None:
        self.answer = self.to_sender = self.to_words = "250 OK"
        self.asked = 0

    async def handle_MAIL(self, _server, _session, envelope, address, _options):  # noqa: N802  aiosmtpd's name
        envelope.mail_from = address
        return self.to_sender

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802  aiosmtpd's name
        self.asked += 1
        if self.answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, _server, _session, _envelope):  # noqa: N802
        return self.to_words


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
    ask(MailSignInLink(user_id=maud.id))
    db.session.commit()
    [job_id] = [job.id for job in db.session.query(Job).filter_by(state="waiting")]
    db.session.rollback()
    run_job(job_id)
    return db.session.get_one(Job, job_id)


def mark() -> tuple[str, bool]:
    db.session.rollback()
    row = db.session.query(User).one()
    return row.address_refusal, row.address_refused_at is not None


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("550 5.1.1 Nobody here", "550 5.1.1"),
        ("553 Mailbox name not allowed", "553"),
        ("550 5.2.1 Disabled", "550 5.2.1"),
        ("550 5.1.10 Not found", "550 5.1.10"),
    ],
)
def test_an_address_refused_for_good_ends_the_job_and_is_marked(doorkeeper, maud, answer, code):
    doorkeeper.answer = answer
    job = send(maud)
    assert (job.state, job.attempts, job.error) == ("failed", 1, f"AddressRefused {code}")
    assert job.finished_at == clock.now()
    assert mark() == (code, True)
    assert [event.kind for event in db.session.query(AuditEvent) if "address" in event.kind] == ["address_refused"]


ELSEWHERE = [
    ("450 4.2.1 Greylisted", "450 4.2.1"),
    ("554 5.7.1 Relay access denied", "554 5.7.1"),
    ("530 5.7.0 Authenticate", "530 5.7.0"),
    ("553 5.7.1 <collectifs@a.example>: Sender address rejected: not owned", "553 5.7.1"),
    ("552 5.2.2 The box is full", "552 5.2.2"),
    ("554 5.3.0 No", "554 5.3.0"),
    ("421 Later", "421"),
]


@pytest.mark.parametrize(("answer", "code"), ELSEWHERE)
def test_what_may_still_arrive_or_is_our_own_fault_is_tried_again(doorkeeper, maud, answer, code):
    doorkeeper.answer = answer
    job = send(maud)
    assert (job.state, job.attempts, job.error) == ("waiting", 1, f"MailRefused {code}")
    assert job.run_after > clock.now()
    assert mark() == ("", False)
    assert not [event for event in db.session.query(AuditEvent) if "address" in event.kind]


@pytest.mark.parametrize("answer", ["550 5.1.1 Who are you", "553 Name not allowed", "554 5.7.1 Sender refused"])
def test_a_refusal_of_the_sender_is_never_about_the_person(doorkeeper, maud, answer):
    doorkeeper.to_sender = answer
    job = send(maud)
    assert (job.state, job.error.split()[:2]) == ("waiting", ["MailRefused", answer[:3]])
    assert mark() == ("", False)


def test_a_refusal_of_the_words_is_about_the_person_only_when_it_says_so(doorkeeper, maud):
    doorkeeper.to_words = "550 This looks like spam"
    assert send(maud).error == "MailRefused 550"
    assert mark() == ("", False)
    db.session.query(Job).delete()
    doorkeeper.to_words = "550 5.1.1 Nobody here, after all"
    assert send(maud).error == "AddressRefused 550 5.1.1"
    assert mark() == ("550 5.1.1", True)


def test_a_mail_that_was_refused_for_another_reason_goes_once_the_reason_is_gone(doorkeeper, maud, moment):
    doorkeeper.answer = "553 5.7.1 Sender address rejected"
    job = send(maud)
    doorkeeper.answer = "250 OK"
    moment.move_to(job.run_after)
    assert run_job(job.id)
    assert doorkeeper.asked == 2


@pytest.mark.parametrize("answer", ["550 No", "550 5.1.1 No"])
def test_a_later_delivery_clears_the_mark(doorkeeper, maud, moment, answer):
    doorkeeper.answer = answer
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
    link = link_for_token(sign_in.mint_link(maud, purpose=LinkPurpose.SIGN_IN, now=clock.now()))
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
