"""`flask check`: one line for each thing that must hold, and an exit code."""

import importlib
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from flask import Flask
from sqlalchemy import text

from collectifs.across.queries.perished import needed_keys
from collectifs.composition.queries import communes as kept_communes
from collectifs.guard.domain import lexicons
from collectifs.kernel import clock
from collectifs.kernel.audit import ask
from collectifs.kernel.config import Notices, set_demo_offset
from collectifs.kernel.extensions import db
from collectifs.kernel.models import Job, SealedText, WorkerBreath
from collectifs.kernel.work import DestroyKey
from collectifs.people.domain.work import MailSignInLink
from tests import factories
from tests.cli.conftest import Make
from tests.databases import free_port

# The package gives the command this name: the module stands behind it.
module = importlib.import_module("collectifs.cli.check")
SETTINGS_AND_STORES = ["version", "réglages", "base", "migrations", "courriel", "refus", "dossiers", "clés"]
SETTINGS_AND_STORES += ["époques", "textes", "copies", "reprise", "accès", "polices", "lexiques", "communes"]
NAMES = [*SETTINGS_AND_STORES, "tâches", "machines", "effacements", "archives", "recherche", "mentions"]
MEMORY = Path("/dev/shm")
COMPLETE = Notices(False, "Rectorat", "collectifs@a.test", "dpd@a.test", "La rectrice", "DSI, 1 rue X")
SENDER = "Collectifs <retours@a.test>"


@pytest.fixture(autouse=True)
def fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four fonts, as `make assets` leaves them: the tests do not depend on it."""
    folder = tmp_path / "static" / "build" / "fonts"
    folder.mkdir(parents=True)
    for name in ("Regular", "Bold", "Italic", "BoldItalic"):
        (folder / f"AtkinsonHyperlegible-{name}.woff2").write_bytes(b"font")
    monkeypatch.setattr(module, "FOLDER", tmp_path / "static")
    return folder


@pytest.fixture(autouse=True)
def mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose folders are all in memory: the tests do not depend on it."""
    file = tmp_path / "mounts"
    file.write_text("tmpfs / tmpfs rw 0 0\n")
    monkeypatch.setattr(module, "MOUNTS", file)
    return file


@pytest.fixture
def smtp() -> Iterator[str]:
    """A real mail server on this machine."""
    server = Controller(Sink(), hostname="127.0.0.1", port=free_port())
    server.start()
    yield f"smtp://127.0.0.1:{server.port}?tls=none"
    server.stop()


@pytest.fixture(autouse=True)
def stands_still(moment: time_machine.Traveller) -> None:
    """The installation was made at this instant: time's work has nothing to catch up with."""


def breathe(app: Flask, ago: timedelta = timedelta(), worker: str = "machine-a/1") -> None:
    with app.app_context():
        db.session.merge(WorkerBreath(worker=worker, breathed_at=clock.now() - ago))
        db.session.commit()


def check(app: Flask) -> tuple[int, dict[str, str]]:
    """The exit code, and what is said of each thing."""
    result = app.test_cli_runner().invoke(args=["check"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    lines = result.output.splitlines()
    assert [line[8:].partition(" : ")[0] for line in lines] == NAMES
    assert {line[:8].strip() for line in lines} <= {"bien", "à voir"}
    return result.exit_code, dict(zip(NAMES, lines, strict=True))


def test_when_all_is_well_each_line_says_so_and_the_code_is_zero(make_house: Make, smtp: str) -> None:
    app = make_house(smtp_url=smtp, notices=COMPLETE, mail_from=SENDER)
    breathe(app)
    code, lines = check(app)
    assert code == 0, [line for line in lines.values() if line.startswith("à")]
    assert all(line.startswith("bien") for line in lines.values())
    assert "sqlite" in lines["base"]
    assert "le serveur répond, 0 en attente" in lines["courriel"]
    assert "4 fichiers" in lines["polices"]
    assert re.fullmatch(r"bien    version : \d+\.\d+\.\d+", lines["version"])


def test_the_folder_from_which_it_is_called_does_not_matter(
    house: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    _code, lines = check(house)
    assert lines["migrations"].startswith("bien")


def test_without_a_mail_server_it_says_so_and_fails(make_house: Make) -> None:
    house = make_house(notices=COMPLETE, mail_from=SENDER)
    breathe(house)
    code, lines = check(house)
    assert code == 1
    assert lines["courriel"].startswith("à voir")
    assert [name for name, line in lines.items() if line.startswith("à voir")] == ["courriel"]


@pytest.mark.parametrize("url", ["smtp://127.0.0.1:{port}?tls=none", "nonsense", "smtp://h:25?tls=perhaps"])
def test_a_mail_server_that_does_not_answer_or_cannot_be_read(make_house: Make, url: str) -> None:
    app = make_house(smtp_url=url.format(port=free_port()))
    code, lines = check(app)
    assert code == 1
    assert lines["courriel"].startswith("à voir")


def test_mails_that_wait_are_counted(make_house: Make, smtp: str) -> None:
    app = make_house(smtp_url=smtp)
    with app.app_context():
        ask(MailSignInLink(uuid4()))
        ask(DestroyKey(key_id="0"))
        db.session.commit()
    assert "1 en attente" in check(app)[1]["courriel"]


@pytest.mark.parametrize(("people", "code"), [(2, 1), (1, 0)])
def test_a_refusal_that_hits_several_people_is_told_with_its_code(
    make_house: Make, smtp: str, people: int, code: int
) -> None:
    app = make_house(smtp_url=smtp)
    breathe(app)
    ids = [uuid4() for _ in range(people)]
    with app.app_context():
        for user_id in [*ids, ids[0]]:
            ask(MailSignInLink(user_id))
        db.session.flush()
        for job in db.session.query(Job):
            job.error = "MailRefused 553 5.7.1"
        db.session.commit()
    found = check(app)[1]["refus"]
    assert found.startswith("à voir" if code else "bien")
    assert ("553 5.7.1 pour 2 personnes" in found) is bool(code)


def test_the_demonstration_needs_no_mail_server(house: Flask) -> None:
    set_demo_offset(house.extensions["settings"].demo_mark, 0.0)
    breathe(house)
    code, lines = check(house)
    assert code == 0, [line for line in lines.values() if line.startswith("à")]
    assert "démonstration" in lines["courriel"]
    assert "démonstration" in lines["réglages"]


def test_fonts_that_were_not_made(house: Flask, fonts: Path) -> None:
    (fonts / "AtkinsonHyperlegible-Bold.woff2").unlink()
    assert "make assets" in check(house)[1]["polices"]


def test_lists_of_the_guard_that_were_not_made(house: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicons, "BUILT", tmp_path)
    lexicons.lexicons.cache_clear()
    told = check(house)[1]["lexiques"]
    lexicons.lexicons.cache_clear()
    assert told.startswith("à voir")
    assert "make assets" in told


@pytest.mark.parametrize("name", ["keys_dir", "data"])
def test_keys_or_data_that_others_may_read(house: Flask, name: str) -> None:
    folder = getattr(house.extensions["settings"], name)
    folder.chmod(0o755)
    code, lines = check(house)
    assert code == 1
    assert "chmod 700" in lines["réglages"]


def test_a_database_left_behind_by_the_code(house: Flask) -> None:
    with house.app_context():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        db.session.commit()
    assert "flask db upgrade" in check(house)[1]["migrations"]


def test_a_database_that_another_machine_has_upgraded(house: Flask) -> None:
    with house.app_context():
        db.session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        db.session.commit()
    assert "plus récente que ce code : finir la mise à jour" in check(house)[1]["migrations"]
    assert house.test_client().get("/pret").status_code == 200, "a schema serves the version before it"


def test_a_database_without_any_table_or_out_of_reach_is_said_not_thrown(make_house: Make) -> None:
    code, lines = check(make_house(tables=False))
    assert code == 1
    assert lines["migrations"].startswith("à voir")
    assert lines["base"] == "à voir  base : la base n’a pas les tables de ce code : flask db upgrade"
    assert lines["tâches"] == "à voir  tâches : voir « base »", "what is at fault is named once"
    code, lines = check(make_house(tables=False, database_url="sqlite:////nowhere/at/all.db"))
    assert code == 1
    assert lines["base"] == "à voir  base : OperationalError (unable to open database file)"


def test_keys_that_are_away_and_keys_that_are_missing_are_told_apart(house: Flask) -> None:
    with house.app_context():
        collective = factories.collective(pilot=factories.user("Hélène"))
        lost, _kept = (factories.meeting(collective, number=number).key_id for number in (1, 2))
        db.session.commit()
        keys = len(needed_keys())
    code, lines = check(house)
    assert lines["clés"] == f"bien    clés : {keys} présentes, {keys} attendues"
    folder = house.extensions["settings"].keys_dir
    (folder / f"{lost}.key").unlink()
    code, lines = check(house)
    assert code == 1
    assert lines["clés"] == f"à voir  clés : 1 sur {keys} manquent : leurs textes ne s’ouvrent plus"
    folder.rename(folder.with_name("unmounted"))
    code, lines = check(house)
    assert code == 1
    assert "n’a pas son témoin" in lines["clés"]
    assert lines["réglages"] == f"à voir  réglages : le dossier des clés ({folder}) n’est pas là"


def test_a_clock_that_jumped_is_said(house: Flask, moment: time_machine.Traveller) -> None:
    assert check(house)[1]["effacements"].startswith("bien")
    moment.shift(timedelta(days=3650))
    code, lines = check(house)
    assert code == 1
    assert "l’horloge a avancé de 3650 jours" in lines["effacements"]
    assert "flask tidy --yes" in lines["effacements"]


def test_what_the_law_asks_of_a_deployment_is_asked_of_its_administrator_only(make_house: Make) -> None:
    assert (
        "à compléter, dans les réglages : CONTROLLER, CONTACT, PUBLISHER, HOSTING, DPO"
        in check(make_house())[1]["mentions"]
    )
    association = Notices(True, "PAR.T.A.G.E.", "bureau@a.example", "", "La présidente", "DSI")
    assert check(make_house(notices=association))[1]["mentions"] == "bien    mentions : association"


def test_a_key_that_was_altered_is_told_from_one_that_is_missing(house: Flask) -> None:
    with house.app_context():
        key_id = factories.meeting(factories.collective(pilot=factories.user("Hélène"))).key_id
        db.session.commit()
    file = house.extensions["settings"].keys_dir / f"{key_id}.key"
    kept = file.read_bytes()
    for altered in (b"", kept[:-1] + bytes([kept[-1] ^ 1])):
        file.write_bytes(altered)
        code, lines = check(house)
        assert code == 1
        assert "abîmées : les reprendre de la dernière copie" in lines["clés"]
    file.write_bytes(kept)
    assert check(house)[1]["clés"].startswith("bien")


def test_a_text_that_was_altered_is_named_by_its_column(house: Flask) -> None:
    with house.app_context():
        situation = factories.situation(factories.collective(), factories.user(), story="Trois semaines.")
        db.session.commit()
        assert check(house)[1]["textes"].startswith("bien")
        situation.story = SealedText(situation.story[:-1] + bytes([situation.story[-1] ^ 1]))
        db.session.commit()
    code, lines = check(house)
    assert code == 1
    assert lines["textes"].endswith("Situation.story")


def test_a_damaged_database_is_said(house: Flask, tmp_path: Path) -> None:
    file = tmp_path / "data" / "collectifs.db"
    with house.app_context():
        db.session.remove()
        db.engine.dispose()  # the last connection empties the journal into the file
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + b"\xff" * 4096 * (len(whole) // 4096 - 4) + whole[-8192:])
    assert check(house)[1]["base"].startswith("à voir")
    file.write_bytes(whole)


@pytest.mark.parametrize("name", ["keys_dir", "data"])
def test_a_folder_that_takes_no_file_is_said(house: Flask, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    folder = getattr(house.extensions["settings"], name)

    def refuse(probe: Path) -> None:
        if probe.parent == folder:
            raise OSError(30, "Read-only file system")

    monkeypatch.setattr(module, "_write_and_remove", refuse)
    told = check(house)[1]["dossiers"]
    assert f"({folder}) : Read-only file system" in told
    assert not list(folder.glob(".probe"))


def test_the_age_of_both_copies_is_said_and_seven_days_is_the_most(
    make_house: Make, tmp_path: Path, moment: time_machine.Traveller
) -> None:
    house = make_house()
    run = house.test_cli_runner().invoke
    with house.app_context():
        factories.meeting(factories.collective())
        db.session.commit()
    assert check(house)[1]["copies"] == "bien    copies : des clés jamais ; de la base jamais"
    assert run(args=["backup", "--keys", str(tmp_path / "b")]).exit_code == 0
    moment.shift(timedelta(days=6))
    assert run(args=["backup", "--database", str(tmp_path / "a.db")]).exit_code == 0
    assert "des clés il y a 6 jours" in check(house)[1]["copies"]
    assert check(house)[1]["copies"].startswith("bien")
    moment.shift(timedelta(days=1, seconds=1))
    told = check(house)[1]["copies"]
    assert told.startswith("à voir")
    assert "des clés il y a 7 jours" in told
    assert run(args=["backup", "--keys", str(tmp_path / "b")]).exit_code == 0
    assert check(house)[1]["copies"].startswith("bien")


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"base_url": "https://collectifs.example"}, "arrêteraient tout"),
        ({"base_url": "https://collectifs.example", "bind": "0.0.0.0"}, "BIND=0.0.0.0"),
        ({"base_url": "https://collectifs.example", "proxies": 1}, ""),
        ({"base_url": "http://127.0.0.1:8000"}, ""),
    ],
)
def test_what_stands_in_front_is_looked_at(make_house: Make, values: dict[str, object], word: str) -> None:
    told = check(make_house(**values))[1]["accès"]
    assert told.startswith("à voir" if word else "bien")
    assert word in told


def test_a_proxy_that_nobody_declared_is_said_for_a_week(make_house: Make, moment: time_machine.Traveller) -> None:
    house = make_house()
    assert check(house)[1]["accès"].startswith("bien")
    house.test_client().get("/entrer", headers={"X-Forwarded-For": "192.0.2.7"})
    assert "PROXIES=1" in check(house)[1]["accès"]
    moment.shift(timedelta(days=8))
    assert check(house)[1]["accès"].startswith("bien")


def test_the_folder_of_the_archives_is_tried_and_what_waits_for_it_is_counted(make_house: Make, tmp_path: Path) -> None:
    folder = tmp_path / "archives"
    app = make_house(archives=folder)
    assert "rien ne s’écrit dans le dossier d’archives" in check(app)[1]["archives"]
    folder.mkdir(mode=0o755)
    assert "ouvert à tous" in check(app)[1]["archives"]
    folder.chmod(0o750)
    (folder / "lot-1234").mkdir()
    assert check(app)[1]["archives"].endswith("1 lot(s)")


def test_the_index_of_words_is_in_memory_and_a_disk_is_refused(make_house: Make, tmp_path: Path, mounts: Path) -> None:
    mounts.write_text(f"/dev/sda / ext4 rw 0 0\ntmpfs {tmp_path}/memory tmpfs rw 0 0\n")
    assert "est sur un disque" in check(make_house(index_dir=tmp_path / "index"))[1]["recherche"]
    app = make_house(index_dir=tmp_path / "memory" / "index")
    assert check(app)[1]["recherche"].endswith("se prépare (flask worker)")
    app.extensions["word_index"].write("un", "marque", [("a", ["mot"])])
    app.extensions["word_index"].say_whole()
    assert "1 tiroir(s)" in check(app)[1]["recherche"]
    assert "donner INDEX_DIR" in check(make_house(index_dir=None))[1]["recherche"]


def test_communes_that_were_not_made(house: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(kept_communes, "BUILT", tmp_path)
    kept_communes.communes.cache_clear()
    assert "make assets" in check(house)[1]["communes"]
    kept_communes.communes.cache_clear()
