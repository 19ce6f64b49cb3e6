"""`flask bounce`: a mail that came back, as a mail server pipes it."""

import base64
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask

from collectifs.kernel import clock
from collectifs.kernel.config import environment
from collectifs.kernel.extensions import db
from collectifs.people.models import User
from tests.cli.conftest import Make
from tests.forks import ROOT, Command, run

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
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {diagnostic}

--bord
Content-Type: message/rfc822

To: maud@academie.example
Subject: Les Tilleuls : votre invitation

Texte
--bord--
"""


MAUD = "Final-Recipient: rfc822; maud@academie.example"


def report(recipient: str = MAUD, *, status: str = "5.1.1", action: str = "failed", diagnostic: str = "550 no") -> str:
    return REPORT.format(recipient=recipient, status=status, action=action, diagnostic=diagnostic)


@pytest.fixture
def house(built_app: Flask) -> Flask:
    """The application of this process: its database knows nobody, and nobody has it in hand."""
    from tests.databases import empty_all_tables  # a plugin: importing it earlier would spoil its assertions

    with built_app.app_context():
        db.session.remove()
        empty_all_tables(db.engine, db.metadata)
    return built_app


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
        "Original-Recipient: rfc822;maud@academie.example\nFinal-Recipient: rfc822; ailleurs@perso.example",
        "Final-Recipient: <maud@academie.example>",
        "Final-Recipient: maud@academie.example",
    ],
)
def test_a_delivery_that_failed_for_good_marks_the_address(house: Flask, maud: None, recipient: str) -> None:
    assert pipe(house, report(recipient, status="5.1.1 (bad mailbox)")) == "5.1.1"


@pytest.mark.parametrize(
    ("status", "diagnostic", "mark"),
    [
        ("550 5.1.1 unknown user", "550 no", "5.1.1"),
        ("5.1.10", "550 5.1.10 not found", "5.1.10"),
        ("5.2.1", "550 disabled", "5.2.1"),
        ("5.0.0", "550 5.1.1 unknown", "5.1.1"),
        ("5.0.0", "550 no", ""),
        ("5.2.2", "552 5.2.2 over quota", ""),
        ("5.2.2", "550 5.1.1 a server that contradicts itself", ""),
        ("5.7.26", "550 5.7.26 SPF did not pass", ""),
        ("5.7.1", "554 5.7.1 spam", ""),
        ("5.3.4", "552 too big", ""),
        ("4.1.1", "450 later", ""),
    ],
)
def test_only_a_status_about_the_address_marks_it(
    house: Flask, maud: None, status: str, diagnostic: str, mark: str
) -> None:
    assert pipe(house, report(status=status, diagnostic=diagnostic)) == mark


@pytest.mark.parametrize(
    ("status", "diagnostic", "noted"),
    [
        ("5.2.2", "552 5.2.2 over quota", "5.2.2"),
        ("4.2.2", "452 4.2.2 over quota, given up after five days", "4.2.2"),
        ("5.7.26", "550 5.7.26 SPF did not pass", "5.7.26"),
        ("5.0.0", "552 5.3.4 too big", "5.3.4"),
        ("5.0.0", "550 no", ""),
        ("5.1.1", "550 5.1.1 unknown", ""),
    ],
)
def test_what_came_back_for_another_reason_is_noted_beside_and_doubts_no_address(
    house: Flask, maud: None, status: str, diagnostic: str, noted: str
) -> None:
    pipe(house, report(status=status, diagnostic=diagnostic))
    with house.app_context():
        assert db.session.query(User.mail_delay).scalar() == noted


@pytest.mark.parametrize("action", ["relayed", "delivered", "delayed", "expanded", "Relayed"])
def test_a_mail_that_went_on_marks_nobody(house: Flask, maud: None, action: str) -> None:
    assert pipe(house, report(action=action)) == ""


def test_two_recipients_written_without_a_line_between_them_are_told_apart(house: Flask, maud: None) -> None:
    other = "Final-Recipient: rfc822; autre@academie.example\nAction: failed\nStatus: 5.1.1\n"
    assert pipe(house, report(other + MAUD, action="delivered", status="2.0.0")) == ""
    went = "Final-Recipient: rfc822; autre@academie.example\nAction: delivered\nStatus: 2.0.0\n"
    original = "Original-Recipient: rfc822; maud@academie.example\n"
    assert pipe(house, report(other + original + MAUD, action="delivered", status="2.0.0")) == ""
    assert pipe(house, report(went + original + MAUD)) == "5.1.1"


def test_a_report_without_an_action_is_one_of_a_failure(house: Flask, maud: None) -> None:
    assert pipe(house, report().replace("Action: failed\n", "")) == "5.1.1"


def test_a_report_attached_to_another_mail_marks_nobody(house: Flask, maud: None) -> None:
    head = 'Subject: Fwd\nContent-Type: multipart/mixed; boundary="dehors"\n\n--dehors\n'
    assert pipe(house, f"{head}Content-Type: message/rfc822\n\n{report()}\n--dehors--\n") == ""
    outer = report(status="4.2.2").replace("bord", "autre-bord")
    assert pipe(house, outer.replace("To: maud@academie.example\nSubject: Les", f"{report()}\nSubject: Les")) == ""


@pytest.mark.parametrize(
    "content",
    [
        report(status="4.2.2"),
        report("Final-Recipient: rfc822; quelqu-un@ailleurs.example"),
        report(status="", diagnostic="550 5.1.1 unknown"),
        "Subject: échec\n\n<maud@academie.example>:\nRemote host said: 550 5.1.1 unknown user",
        "Subject: Absence du bureau\n\nJe reviens lundi. maud@academie.example 5.1.1",
        "",
        b"\xff\xfe\x00" * 1000,
    ],
)
def test_anything_else_is_left_alone_and_never_sent_back(house: Flask, maud: None, content: str | bytes) -> None:
    assert pipe(house, content) == ""


def test_what_is_said_names_nobody(house: Flask, maud: None) -> None:
    assert house.test_cli_runner().invoke(args=["bounce"], input=report()).output == "1 adresse(s) notée(s)\n"


# ---------- As a mail server runs it ----------


BOUNCE = ["flask", "--app", "wsgi", "bounce"]


@dataclass(frozen=True)
class Done:
    """A command that has ended, and what it said."""

    code: int
    said: str
    complained: str

    @property
    def is_kept_in_one_line(self) -> bool:
        """The mail server is asked to keep the report, and told why in one line."""
        told = self.complained
        return self.code == 75 and told.count("\n") == 1 and "Traceback" not in told and not self.said


def run_by_a_mail_server(where: Path, content: bytes, **values: str) -> Done:
    with TemporaryDirectory() as folder:
        reads, says, complains = (Path(folder) / name for name in ("reads", "says", "complains"))
        reads.write_bytes(content)
        env = environment(COLLECTIFS_DATA=str(where), **values)
        code = run(Command(BOUNCE, env, str(reads), str(says), str(complains)))
        return Done(code, says.read_text(encoding="utf-8"), complains.read_text(encoding="utf-8"))


def test_python_itself_started_by_a_mail_server_keeps_the_report_too(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *BOUNCE],
        cwd=ROOT,
        env=environment(COLLECTIFS_DATA=str(tmp_path)),
        input=report(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert Done(done.returncode, done.stdout, done.stderr).is_kept_in_one_line, done.stderr


def test_without_its_settings_the_report_is_kept_for_later(tmp_path: Path) -> None:
    done = run_by_a_mail_server(tmp_path, report().encode())
    assert done.is_kept_in_one_line, done.complained
    assert "MASTER_KEY" in done.complained


@pytest.mark.parametrize("database", ["", "postgresql+psycopg://nobody@127.0.0.1:1/none", "sqlite:////dev/null/x.db"])
def test_without_a_database_the_report_is_kept_for_later(tmp_path: Path, database: str) -> None:
    done = run_by_a_mail_server(tmp_path, report().encode(), **settings(tmp_path), DATABASE_URL=database)
    assert done.is_kept_in_one_line, done.complained
    assert "sera relu plus tard" in done.complained


def test_without_its_data_folder_the_report_is_kept_for_later(tmp_path: Path) -> None:
    (tmp_path / "occupied").write_text("no folder", encoding="utf-8")
    done = run_by_a_mail_server(tmp_path / "occupied", report().encode(), **settings(tmp_path))
    assert done.is_kept_in_one_line, done.complained


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", report().encode()])
def test_with_its_settings_the_report_is_read_whatever_it_holds(
    make_house: Make, tmp_path: Path, content: bytes
) -> None:
    make_house()
    done = run_by_a_mail_server(tmp_path / "data", content, **settings(tmp_path))
    assert (done.code, done.said) == (0, "0 adresse(s) notée(s)\n"), done.complained


def settings(where: Path) -> dict[str, str]:
    key = base64.urlsafe_b64encode(bytes(32)).decode()
    return {"MASTER_KEY": key, "SECRET_KEY": "x" * 32, "KEYS_DIR": str(where / "keys")}
