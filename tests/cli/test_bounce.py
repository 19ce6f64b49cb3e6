"""`flask bounce`: a mail that came back, as a mail server pipes it."""

import pytest
from flask import Flask

from collectifs import clock
from collectifs.extensions import db
from collectifs.models import User

REPORT = """From: MAILER-DAEMON@relais.example
To: collectifs@academie.example
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="bord"

--bord
Content-Type: text/plain; charset=utf-8

Le message n'a pas été remis à maud@academie.example.

--bord
Content-Type: message/delivery-status

Reporting-MTA: dns; relais.example

{recipient}
Action: failed
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 unknown

--bord
Content-Type: message/rfc822

To: maud@academie.example
Subject: Les Tilleuls : votre invitation

Texte
--bord--
"""


@pytest.fixture
def maud(house: Flask) -> None:
    with house.app_context():
        maud = User(given_name="Maud", family_name="Le Bihan", address="maud@academie.example", created_at=clock.now())
        db.session.add(maud)
        db.session.commit()


def pipe(app: Flask, content: str | bytes) -> str:
    result = app.test_cli_runner().invoke(args=["bounce"], input=content)
    assert result.exit_code == 0, result.output
    with app.app_context():
        return db.session.query(User.address_refusal).scalar()


@pytest.mark.parametrize(
    "recipient",
    [
        "Final-Recipient: rfc822; maud@academie.example",
        "Final-Recipient: RFC822;<Maud@Academie.example>",
        "Final-Recipient: rfc822; ailleurs@perso.example\nOriginal-Recipient: rfc822;maud@academie.example",
    ],
)
def test_a_delivery_that_failed_for_good_marks_the_address(house: Flask, maud: None, recipient: str) -> None:
    assert pipe(house, REPORT.format(recipient=recipient, status="5.1.1 (bad mailbox)")) == "5.1.1"


@pytest.mark.parametrize(
    "content",
    [
        REPORT.format(recipient="Final-Recipient: rfc822; maud@academie.example", status="4.2.2"),
        REPORT.format(recipient="Final-Recipient: rfc822; quelqu-un@ailleurs.example", status="5.1.1"),
        REPORT.format(recipient="Final-Recipient: rfc822; maud@academie.example", status=""),
        "Subject: Absence du bureau\n\nJe reviens lundi. maud@academie.example 5.1.1",
        "",
        b"\xff\xfe\x00" * 1000,
    ],
)
def test_anything_else_is_left_alone_and_never_sent_back(house: Flask, maud: None, content: str | bytes) -> None:
    assert pipe(house, content) == ""


def test_what_is_said_names_nobody(house: Flask, maud: None) -> None:
    report = REPORT.format(recipient="Final-Recipient: rfc822; maud@academie.example", status="5.1.1")
    assert house.test_cli_runner().invoke(args=["bounce"], input=report).output == "1 adresse(s) notée(s)\n"
