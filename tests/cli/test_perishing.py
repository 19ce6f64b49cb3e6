"""What has perished cannot be read again, with last week's backup, the master key and all the code in hand."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask

from collectifs import create_app
from collectifs.across.queries.samples import sealed_columns
from collectifs.across.services.tidying import tidy_unless_in_doubt
from collectifs.collectives.models import Meeting
from collectifs.kernel import clock
from collectifs.kernel.audit import ask
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.running import run_job
from collectifs.kernel.models import HasKey
from collectifs.kernel.queries.erasures import erasures_of
from collectifs.kernel.vault import Perished
from collectifs.kernel.vault.texts import open_text, seal_text
from collectifs.kernel.work import DestroyKey, Work
from collectifs.meetings.models import SynthesisSheet
from collectifs.sheets.queries.sheets import sheet_of_meeting
from tests import factories
from tests.asked import rows_of
from tests.cli.conftest import Make
from tests.conftest import make_settings
from tests.pages import Visitor

NOTE = "Le petit du fond pleure zyqx"
SITUATION = "Elle dit oui à tout zyqx"
CANARY = b"zyqx"


def all_that_opens(database: Path, keys: Path) -> str:
    """Everything that can be read of a copy of the database with a folder of keys, by the application's own code."""
    settings = make_settings(database.parent / "stolen", f"sqlite:///{database}", keys_dir=keys)
    found = []
    app = create_app(settings)
    with app.app_context():
        for column in sealed_columns():
            for row in db.session.query(column.class_):
                found += [text for text in [opened(row, column)] if text]
        db.session.remove()
        db.engine.dispose()
    return "\n".join(found)


def opened(row: Any, column: Any) -> str:
    if not getattr(row, column.key):
        return ""
    try:
        if isinstance(row, HasKey):
            return open_text(row, column)
        return open_text(row, column, under=db.session.get_one(Meeting, row.meeting_id))
    except Perished:
        return ""


def files_with(canary: bytes, *folders: Path) -> list[str]:
    """The files that hold these bytes: database, journal, indexes, queue, spool, logs, copies."""
    files = (Path(at) / name for folder in folders for at, _, names in os.walk(folder) for name in names)
    return [str(file) for file in files if canary in file.read_bytes()]


class House:
    """An installation where somebody noted something, and its two backups; a week goes by."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self.app, self.folder, self.keys = app, folder, folder / "keys-copy"
        with app.app_context():
            self.pilot = factories.user("Hélène")
            collective = factories.collective(pilot=self.pilot, members=[factories.user("Maud")])
            self.collective_id = collective.id
            meeting = factories.meeting(collective, starts_at=clock.now() - timedelta(hours=3))
            self.meeting_id = meeting.id
            note = {"note": str(meeting.id), "lane": "collective", "step": "depot", "text": NOTE}
            factories.event(meeting, "note_written", note, author_id=self.pilot.id, note_id=meeting.id)
            meeting.sequence = 1
            sheet = sheet_of_meeting(meeting.id)
            seal_text(sheet, SynthesisSheet.draft, factories.content(f"{SITUATION} ?").to_json())
            self.sheet_id = sheet.id
            factories.situation(collective, self.pilot, SITUATION)
            self.secret = factories.device(self.pilot)
            db.session.commit()

    def read(self) -> None:
        """The pilot reads and prints: pages, and the paper of the sheet, pass through temporary folders."""
        visitor = Visitor(self.app)
        visitor.client.set_cookie("appareil", self.secret)
        assert NOTE in visitor.client.get(f"/seance/{self.meeting_id}/etat?depuis=0").json["events"][0]["body"]["text"]
        assert visitor.client.get(f"/collectifs/{self.collective_id}").status_code == 200
        assert visitor.client.get(f"/fiches/{self.sheet_id}/page.png").status_code == 200

    def save(self, *arguments: str) -> None:
        result = self.app.test_cli_runner().invoke(args=["backup", *arguments])
        assert result.exit_code == 0, result.output

    def purge(self) -> None:
        """A round of the worker and its jobs."""
        with self.app.app_context():
            assert tidy_unless_in_doubt(now=clock.now(), is_sure=True) is None
            db.session.commit()
            for job in rows_of(Work):
                if job.state == "waiting":
                    run_job(job.id)
            db.session.remove()


def test_with_last_week_s_backup_the_master_key_and_the_code_no_note_can_be_printed(
    make_house: Make,
    tmp_path: Path,
    moment: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    house = House(make_house(), tmp_path)
    old = tmp_path / "last-week.db"
    moment.shift(timedelta(days=23))
    house.save("--database", str(old))
    house.save("--keys", str(house.keys))
    house.read()
    moment.shift(timedelta(days=6, hours=20))  # the day before
    house.purge()
    house.save("--keys", str(house.keys))
    assert NOTE in all_that_opens(old, house.keys)
    moment.shift(timedelta(days=1))
    house.purge()
    live = house.app.extensions["settings"].keys_dir
    assert NOTE not in all_that_opens(old, live)
    assert NOTE in all_that_opens(old, house.keys)  # why the copy of the keys may never be older than a week
    house.save("--keys", str(house.keys))
    assert NOTE not in all_that_opens(old, house.keys)
    assert SITUATION in all_that_opens(old, house.keys)  # what is not over still opens: the code does look
    assert files_with(CANARY, tmp_path) == []  # at no time was a word anywhere in clear
    assert "zyqx" not in "".join(capfd.readouterr())
    with house.app.app_context():
        [told] = erasures_of(house.collective_id)
        assert (told.what.label, told.number) == ("les notes d’un regroupement", 1)


def test_the_collective_reads_what_was_erased_and_when(
    make_house: Make, tmp_path: Path, moment: time_machine.Traveller
) -> None:
    house = House(make_house(), tmp_path)
    visitor = Visitor(house.app)
    visitor.client.set_cookie("appareil", house.secret)
    assert "Ce qui a été effacé" in visitor.open(f"/collectifs/{house.collective_id}").text
    log = f"/collectifs/{house.collective_id}/effacements"
    assert "Rien n’a encore été effacé" in visitor.open(log).text
    moment.shift(timedelta(days=31))
    for path in (log, "/vos-donnees"):
        assert "Les effacements attendent depuis" in visitor.open(path).text
    house.purge()
    for path in (log, "/vos-donnees"):
        assert "Les effacements attendent" not in visitor.open(path).text
    assert "Les notes d’un regroupement" in visitor.open(log).text


def test_with_keys_in_the_table_the_collective_reads_since_when_it_is_gone_for_good(
    make_house: Make, tmp_path: Path, moment: time_machine.Traveller
) -> None:
    app = make_house(keys_in="table")
    house = House(app, tmp_path)
    visitor = Visitor(app)
    visitor.client.set_cookie("appareil", house.secret)
    log = f"/collectifs/{house.collective_id}/effacements"
    moment.shift(timedelta(days=31))
    house.purge()
    assert "à la prochaine rotation des clés, cette nuit" in visitor.open(log).text
    rotate(app)  # on the same day: it may have begun before the text was erased
    assert "à la prochaine rotation des clés, cette nuit" in visitor.open(log).text
    moment.shift(timedelta(days=1))
    late = DestroyKey(key_id="0" * 32)
    with app.app_context():
        ask(late)  # a key that waits for the worker is not destroyed
        db.session.commit()
    moment.shift(timedelta(hours=1))
    rotate(app)
    assert "à la prochaine rotation des clés, cette nuit" in visitor.open(log).text
    house.purge()
    moment.shift(timedelta(hours=1))
    rotate(app)
    page = visitor.open(log).text
    assert "à la prochaine rotation" not in page
    assert "14 févr" in page
    assert "au plus tard sept jours après" in visitor.open("/qui-voit-quoi").text


def rotate(app: Flask) -> None:
    told = app.test_cli_runner().invoke(args=["keys", "rotate"])
    assert told.exit_code == 0, told.output
