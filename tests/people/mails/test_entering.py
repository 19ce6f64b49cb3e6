"""Mails as they arrive: through a real mail server on this machine, read as a mail program reads them."""

import dataclasses
import re
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from uuid import uuid4

import pytest
from aiosmtpd.controller import Controller

from collectifs.collectives.domain.work import MailInvitation
from collectifs.kernel import clock
from collectifs.kernel.audit import ask
from collectifs.kernel.config import set_demo_offset
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from collectifs.kernel.jobs.running import run_job
from collectifs.kernel.mail import outbox, smtp
from collectifs.kernel.models import Job, SealedText
from collectifs.kernel.work import Work
from collectifs.people.domain.person import Role
from collectifs.people.domain.sign_in import LinkPurpose, LinkState
from collectifs.people.domain.work import LinkWanted, MailRoleGranted, MailSecondDevice, MailSignInLink
from collectifs.people.mails.letters import NoMailServer
from collectifs.people.models import Device, PersonalLink
from collectifs.people.queries.people import link_for_token
from collectifs.people.services import account, sign_in
from collectifs.sheets.domain.work import MailRemark, MailSheetAcceptedInRoom, MailSheetProposed, MailSheetWithdrawn
from collectifs.sheets.models import SheetProposal, SheetVersion
from collectifs.sheets.queries.sheets import sheet_of_meeting
from tests import factories
from tests.databases import free_port
from tests.letters import check_letter, check_manners, text_of
from tests.pages import plain

PACKAGE = Path(__file__).parents[3] / "collectifs"


class Postman:
    """A mail server that keeps what it was handed, or refuses everything."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.is_down = False

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  aiosmtpd's name
        if self.is_down:
            return "451 Plus tard"
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        self.recipients += envelope.rcpt_tos
        return "250 OK"


@pytest.fixture
def postman(app, monkeypatch) -> Iterator[Postman]:
    postman, port = Postman(), free_port()
    server = Controller(postman, hostname="127.0.0.1", port=port)
    server.start()
    settings = dataclasses.replace(app.extensions["settings"], smtp_url=f"smtp://127.0.0.1:{port}")
    monkeypatch.setitem(app.extensions, "settings", settings)
    yield postman
    server.stop()


def carry() -> list[bool]:
    """Run every job that waits, as the worker does."""
    db.session.commit()
    ids = [job.id for job in db.session.query(Job).filter_by(state="waiting").order_by(Job.created_at, Job.id)]
    db.session.rollback()
    return [run_job(job_id) for job_id in ids]


def token_in(message: EmailMessage) -> str:
    return re.search(r"http://localhost/lien/([\w-]+)", text_of(message))[1]


@pytest.fixture
def maud(app):
    return factories.user("Maud", "Le Bihan", address="maud@academie.example")


@pytest.fixture
def tilleuls(maud):
    helene = factories.user("Hélène", "Marchadier")
    return factories.collective(factories.territory(), pilot=helene, members=[maud], name="Les Tilleuls")


def send(work: Work) -> None:
    ask(work)
    assert carry() == [True]


def test_an_invitation_carries_date_hours_place_and_a_link_that_opens(postman, maud, tilleuls):
    factories.meeting(tilleuls, place="L'école des Tilleuls")
    send(MailInvitation(user_id=maud.id, collective_id=tilleuls.id))
    (message,) = postman.messages
    assert postman.recipients == ["maud@academie.example"]
    assert message["To"] == "Maud Le Bihan <maud@academie.example>"
    assert plain(message["Subject"]) == ("Les Tilleuls : votre invitation, mercredi 13 janvier à 14 h")
    check_letter(
        message,
        about=[
            "Bonjour Maud,",
            "Les Tilleuls (Val-de-Brume). Pilote : Hélène Marchadier.",
            "mercredi 13 janvier 2027, de 14 h à 16 h",
            "L’école des Tilleuls",
            "Portail vert.",
            "jusqu’au 31 août 2027",
        ],
    )
    link = link_for_token(token_in(message))
    assert (link.user_id, link.purpose, link.collective_id) == (maud.id, LinkPurpose.PERSONAL, tilleuls.id)
    assert sign_in.state_of(link, clock.now()) is LinkState.READY


def test_an_invitation_before_any_date_says_so_and_a_pilot_is_told_that_they_pilot(postman, maud, tilleuls):
    send(MailInvitation(user_id=tilleuls.created_by_id, collective_id=tilleuls.id))
    (message,) = postman.messages
    assert plain(message["Subject"]) == "Les Tilleuls : votre invitation"
    check_letter(message, about=["Vous pilotez le collectif Les Tilleuls (Val-de-Brume).", "dès qu’elle sera fixée"])


def test_an_invitation_sent_again_closes_the_former_once_it_has_gone(postman, maud, tilleuls, moment):
    send(MailInvitation(user_id=maud.id, collective_id=tilleuls.id))
    former = token_in(postman.messages[0])
    postman.is_down = True
    ask(MailInvitation(user_id=maud.id, collective_id=tilleuls.id))
    assert carry() == [False]
    assert sign_in.state_of(link_for_token(former), clock.now()) is LinkState.READY
    postman.is_down = False
    moment.shift(timedelta(minutes=2))
    assert carry() == [True]
    assert sign_in.state_of(link_for_token(former), clock.now()) is LinkState.DEAD
    assert sign_in.state_of(link_for_token(token_in(postman.messages[1])), clock.now()) is LinkState.READY


def test_nobody_is_invited_to_a_collective_that_they_left(postman, maud):
    left = factories.collective()
    factories.membership(maud, left, ends_at=clock.now())
    send(MailInvitation(user_id=maud.id, collective_id=left.id))
    assert postman.messages == []
    assert db.session.query(PersonalLink).count() == 0


def test_a_link_to_enter_serves_an_hour(postman, maud):
    send(MailSignInLink(user_id=maud.id))
    (message,) = postman.messages
    assert plain(message["Subject"]) == "Votre lien pour entrer, jusqu’à 14 h 50"
    check_letter(message, about=["Si vous n’avez rien demandé, ne faites rien", "jusqu’à 14 h 50"])
    link = link_for_token(token_in(message))
    assert link.expires_at == clock.now() + timedelta(hours=1)


def test_the_owner_learns_that_their_link_was_opened_elsewhere(postman, maud):
    send(MailSignInLink(user_id=maud.id, because=LinkWanted.ELSEWHERE))
    check_letter(postman.messages[0], about=["ouvert sur un autre appareil, mercredi 13 janvier 2027 à 13 h 50"])


def test_nothing_goes_when_nobody_is_known_there(postman, app):

    send(MailSignInLink(user_id=uuid4()))
    assert postman.messages == []


def test_a_second_device_is_named_with_its_hour(postman, maud):
    factories.device(maud)
    send(MailSecondDevice(device_id=db.session.query(Device).one().id))
    check_letter(
        postman.messages[0],
        about=["mercredi 13 janvier 2027 à 13 h 50", "ordinateur, Firefox", "http://localhost/mon-compte"],
    )


def test_a_password_chosen_or_removed_is_told(postman, maud):
    account.set_password(password="Tr0ub4d&r", by=factories.person(maud))
    assert carry() == [True]
    account.remove_password(by=factories.person(maud))
    assert carry() == [True]
    for message, what in zip(postman.messages, ["vient d’être choisi", "vient d’être retiré"], strict=True):
        check_letter(message, about=[what])
        assert "Tr0ub4d" not in message.as_string()


def test_a_change_of_address_is_asked_to_the_present_one_then_told_to_both(postman, maud):
    account.ask_new_address(address="nouvelle@academie.example", now=clock.now(), by=factories.person(maud))
    assert carry() == [True]
    check_letter(postman.messages[0], about=["nouvelle@academie.example", "avant jeudi 14 janvier 2027, 13 h 50"])
    check_manners("new_address", postman.messages[0])
    link = link_for_token(token_in(postman.messages[0]))
    account.confirm_new_address(link, now=clock.now())
    assert carry() == [True, True]
    assert postman.recipients[0] == "maud@academie.example"
    assert sorted(postman.recipients[1:]) == ["maud@academie.example", "nouvelle@academie.example"]
    told = dict(zip(postman.recipients[1:], postman.messages[1:], strict=True))
    check_manners("address_changed", told["maud@academie.example"])
    check_manners("address_changed", told["nouvelle@academie.example"])
    check_letter(told["maud@academie.example"], about=["plus rien n’arrivera ici"])
    assert "nouvelle@" not in text_of(told["maud@academie.example"])
    check_letter(told["nouvelle@academie.example"], about=["Cette adresse est désormais celle de votre compte"])
    # Both were told: the row of the link need not carry them any longer.
    row = db.session.query(PersonalLink).one()
    assert (row.former_address, row.new_address) == (None, None)


@pytest.mark.parametrize(
    ("role", "subject", "words"),
    [
        (Role.ADMINISTRATOR, "L’administration vous est confiée", "vous nommez"),
        (
            Role.MANAGER,
            "La gestion des collectifs vous est confiée, Val-de-Brume",
            "jamais un contenu",
        ),
        (
            Role.INSPECTOR,
            "La lecture des fiches transmises vous est confiée, Val-de-Brume",
            "Chaque lecture est notée",
        ),
        (Role.PILOT, "Vous entrez dans le vivier de pilotes, Val-de-Brume", "proposé"),
    ],
)
def test_what_is_entrusted_is_told_with_a_personal_link(postman, maud, role, subject, words):
    where = None if role is Role.ADMINISTRATOR else factories.territory()
    factories.grant(maud, role, where)
    send(MailRoleGranted(user_id=maud.id, role=role, territory_id=where.id if where else None))
    (message,) = postman.messages
    assert plain(message["Subject"]) == subject
    check_letter(message, about=[words, "jusqu’au 31 août 2027"])
    assert link_for_token(token_in(message)).collective_id is None


def test_an_answer_about_a_role_goes_to_the_territory_or_the_academie_above_it(postman, maud):
    above = factories.territory("Académie", contact_name="Service des tuteurs", contact_address="tuteurs@x.example")
    where = factories.territory("Ille-et-Brume", parent_id=above.id)
    factories.grant(maud, Role.MANAGER, where)
    send(MailRoleGranted(maud.id, Role.MANAGER, where.id))
    (message,) = postman.messages
    assert message["Reply-To"] == "Service des tuteurs <tuteurs@x.example>"
    check_letter(message, about=["La gestion des collectifs d’Ille-et-Brume", "Dites-le en réponse"])


def test_without_a_collective_an_answer_goes_to_whoever_keeps_the_service(postman, maud, app, monkeypatch):
    settings = app.extensions["settings"]
    notices = dataclasses.replace(settings.notices, contact="service@academie.example")
    monkeypatch.setitem(app.extensions, "settings", dataclasses.replace(settings, notices=notices))
    send(MailSignInLink(maud.id))
    (message,) = postman.messages
    assert message["Reply-To"] == "Collectifs <service@academie.example>"
    check_letter(message, about=["la personne qui tient ce service vous lira"])


def test_a_role_taken_back_before_the_mail_went_is_not_told(postman, maud):
    where = factories.territory()
    factories.grant(maud, Role.MANAGER, where).revoked_at = clock.now()
    send(MailRoleGranted(user_id=maud.id, role=Role.MANAGER, territory_id=where.id))
    assert postman.messages == []


@pytest.fixture
def sheet(tilleuls):
    """A sheet put to the collective, with words that no mail may carry."""
    meeting = factories.meeting(tilleuls, starts_at=clock.now() - timedelta(hours=3))
    row = sheet_of_meeting(meeting.id)
    by_id, now = tilleuls.created_by_id, clock.now()
    version = factories.add(
        SheetVersion(
            sheet_id=row.id,
            number=1,
            key_id=row.key_id,
            body=SealedText(b"x"),
            digest="d" * 64,
            cut_at=now,
            cut_by_id=by_id,
        )
    )
    factories.add(
        SheetProposal(
            sheet_id=row.id,
            version_id=version.id,
            proposed_at=now,
            deadline_at=now + timedelta(hours=72),
            asks_transmission=True,
        )
    )
    return row


@pytest.mark.parametrize(
    ("kind", "subject", "words"),
    [
        (
            MailSheetProposed,
            "Les Tilleuls : fiche du 13 janvier à relire avant le 16 janvier",
            "attend votre lecture avant samedi 16 janvier 2027, 13 h 50.",
        ),
        (
            MailSheetAcceptedInRoom,
            "Les Tilleuls : fiche du 13 janvier acceptée en séance",
            "Vous pouvez encore vous y opposer avant samedi 16 janvier 2027, 13 h 50",
        ),
        (
            MailSheetWithdrawn,
            "Les Tilleuls : la fiche du 13 janvier est retirée",
            "sans avoir à dire pourquoi",
        ),
        (
            MailRemark,
            "Les Tilleuls : une remarque sur la fiche du 13 janvier",
            "L’inspection a écrit une remarque",
        ),
    ],
)
def test_a_sheet_is_told_by_its_day_and_never_by_its_words(postman, maud, sheet, kind, subject, words):
    if kind is MailSheetWithdrawn:
        sheet.withdrawn_at = clock.now()
    send(kind(maud.id, sheet.id))
    (message,) = postman.messages
    assert plain(message["Subject"]) == subject
    check_letter(
        message, about=[words, "mercredi 13 janvier 2027, de 10 h 50 à 12 h 50", f"http://localhost/fiches/{sheet.id}"]
    )


def test_a_sheet_taken_back_from_the_inspection_alone_is_told_as_kept(postman, maud, sheet):
    send(MailSheetWithdrawn(maud.id, sheet.id))
    (message,) = postman.messages
    assert plain(message["Subject"]) == "Les Tilleuls : la fiche du 13 janvier reste dans le collectif"


def test_a_sheet_taken_back_or_somebody_else_s_is_not_told(postman, maud, sheet):
    send(MailSheetProposed(user_id=factories.user().id, sheet_id=sheet.id))
    db.session.query(SheetProposal).one().lapsed_at = clock.now()
    send(MailSheetProposed(user_id=maud.id, sheet_id=sheet.id))
    assert postman.messages == []


def test_when_the_mail_server_is_down_the_mail_waits_and_goes_later(postman, maud, moment):
    postman.is_down = True
    ask(MailSignInLink(user_id=maud.id))
    assert carry() == [False]
    job = db.session.query(Job).one()
    assert (job.state, job.attempts, postman.messages) == ("waiting", 1, [])
    postman.is_down = False
    moment.shift(timedelta(minutes=5))
    assert carry() == [True]
    assert sign_in.state_of(link_for_token(token_in(postman.messages[0])), clock.now()) is LinkState.READY


def test_the_database_can_be_written_while_the_mail_server_takes_its_time(postman, maud, monkeypatch):
    seen = []

    def look(message, _url):
        seen.append((db.session().in_transaction(), message["To"]))

    monkeypatch.setattr(smtp, "send", look)
    send(MailSignInLink(user_id=maud.id))
    assert seen == [(False, "Maud Le Bihan <maud@academie.example>")]


def test_without_a_mail_server_the_mail_waits(app, maud):
    with pytest.raises(NoMailServer):
        do(MailSignInLink(maud.id))


def test_a_name_cannot_add_a_header(postman, app):
    trickster = factories.user("Maud\r\nBcc: autre@ailleurs.example", address="m@academie.example")
    send(MailSignInLink(user_id=trickster.id))
    assert postman.recipients == ["m@academie.example"]
    assert postman.messages[0]["Bcc"] is None


def test_in_the_demonstration_nothing_leaves(postman, app, maud):
    settings = app.extensions["settings"]
    set_demo_offset(settings.demo_mark, 0)
    try:
        send(MailSignInLink(user_id=maud.id))
        (mail,) = outbox.kept_mails(settings.outbox)
    finally:
        settings.demo_mark.unlink()
        for file in settings.outbox.glob("*"):
            file.unlink()
    assert postman.messages == []
    assert mail.to == "Maud Le Bihan <maud@academie.example>"
    assert "http://localhost/lien/" in mail.text
    assert mail.sent_at == clock.now()


def test_the_server_is_greeted_by_the_check(postman, app):
    smtp.greet(app.extensions["settings"].smtp_url)
    with pytest.raises(OSError):
        smtp.greet(f"smtp://127.0.0.1:{free_port()}")
