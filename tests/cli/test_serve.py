"""`make run`: an empty folder becomes a demonstration that answers; one parent, and nothing left when it ends."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest

from collectifs import create_app
from collectifs.cli.serve import main, prepare
from collectifs.kernel.config import Settings, load_settings
from collectifs.kernel.extensions import db
from tests import factories
from tests.databases import free_port
from tests.first_minute import lay_out, lay_out_at_rest
from tests.forks import Demonstration, run, started
from tools.processes import end, is_alive, kill

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S, ENDING_S = 60.0, 30.0
# Becomes another Python, which hears SIGINT.
WITH_SIGINT = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


def settings_of(folder: Path) -> Settings:
    return load_settings({"COLLECTIFS_DATA": str(folder)}, make_keys=True)


def count_users(settings: Settings) -> int:
    with closing(sqlite3.connect(settings.data / "collectifs.db")) as database:
        return int(database.execute("SELECT count(*) FROM users").fetchone()[0])


def test_a_new_folder_becomes_a_demonstration_once(tmp_path: Path, demo_folder: Path) -> None:
    """`demo_folder` was filled so (tests/first_minute.py)."""
    lay_out(demo_folder, tmp_path / "filled")
    settings = settings_of(tmp_path / "filled")
    mark = settings.demo_mark.read_text()
    assert count_users(settings) == 65
    prepare(settings)
    assert settings.demo_mark.read_text() == mark
    assert count_users(settings) == 65


def test_a_first_start_that_was_cut_short_is_taken_up_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(_candidates: int) -> None:
        factories.user("Camille")
        raise KeyboardInterrupt

    settings = settings_of(tmp_path / "new")
    command = import_module("collectifs.cli.demo")  # the package gives the command this name
    monkeypatch.setattr(command, "build_demo", cut)
    with pytest.raises(KeyboardInterrupt):
        prepare(settings)
    assert count_users(settings) == 0
    assert not settings.is_demo
    monkeypatch.setattr(command, "build_demo", lambda _candidates: factories.user("Camille"))
    prepare(settings)
    assert count_users(settings) == 1
    assert settings.is_demo


def test_a_folder_in_which_people_work_is_never_made_a_demonstration(tmp_path: Path, demo_folder: Path) -> None:
    lay_out(demo_folder, tmp_path / "real")
    settings = settings_of(tmp_path / "real")
    settings.demo_mark.unlink()
    app = create_app(settings)
    with app.app_context():
        for table in reversed(db.metadata.sorted_tables):
            db.session.execute(table.delete())
        factories.user("Camille")
        db.session.commit()
        db.engine.dispose()
    prepare(settings)
    assert not settings.is_demo
    assert count_users(settings) == 1


def test_keys_and_database_are_for_their_owner_only(demo_folder: Path) -> None:
    settings = settings_of(demo_folder)
    assert settings.keys_dir.stat().st_mode & 0o777 == 0o700
    assert {key.stat().st_mode & 0o777 for key in settings.keys_dir.glob("*.key")} == {0o600}
    assert (settings.data / "master.key").stat().st_mode & 0o777 == 0o600
    assert settings.data.stat().st_mode & 0o777 == 0o700


def test_a_port_that_is_taken_is_said_with_another_to_try(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert main(["--port", str(port), "--data", str(tmp_path / "new")]) == 1
    assert capsys.readouterr().err == f"Le port {port} est déjà pris : make run PORT={port + 1}\n"
    assert not (tmp_path / "new").exists()


def test_an_environment_with_a_mail_server_gets_one_clear_line(tmp_path: Path) -> None:
    said = tmp_path / "said"
    where = Demonstration(free_port(), str(tmp_path / "new"), says=str(said), settings={"SMTP_URL": "smtp://127.0.0.1"})
    assert run(where) == 1
    told = said.read_text(encoding="utf-8")
    assert told.startswith("Démonstration : SMTP_URL")
    assert told.count("\n") == 1
    assert not (tmp_path / "new" / "demo.json").exists()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[[], tuple[subprocess.Popen[str], str]]]:
    """Starts the whole application in `tmp_path / "demo"`; gives the parent process and the address."""
    started: list[subprocess.Popen[str]] = []

    def start() -> tuple[subprocess.Popen[str], str]:
        port = free_port()
        command = ["-m", "collectifs.cli.serve", "--port", str(port), "--data", str(tmp_path / "demo")]
        process = subprocess.Popen(
            # Ctrl-C is heard even where the tests run in the background, which ignores it.
            [sys.executable, "-c", WITH_SIGINT, *command],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        url = f"http://127.0.0.1:{port}"
        wait_for(lambda: process.poll() is not None or answers(f"{url}/sante"), process)
        return process, url

    yield start
    for process in started:
        end(process)
        process.stdout.close()


def wait_for(happens: Callable[[], object], process: subprocess.Popen[str]) -> None:
    over = time.monotonic() + PATIENCE_S
    while not happens():
        if time.monotonic() > over:
            end(process)
            pytest.fail(f"waited {PATIENCE_S:.0f} s for nothing: {process.stdout.read()}")
        time.sleep(0.1)


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False


def children_of(process: subprocess.Popen[str]) -> list[int]:
    """The processes that this one started, in their order."""
    alive = [int(folder.name) for folder in Path("/proc").iterdir() if folder.name.isdigit()]
    return sorted(pid for pid in alive if stat_of(pid)[1:2] == [str(process.pid)])


def stat_of(pid: int) -> list[str]:
    """State, parent and the rest, as the system says it; nothing once the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def test_the_whole_application_answers_sends_the_invitation_and_ends_whole(
    serve: Callable[[], tuple[subprocess.Popen[str], str]], tmp_path: Path
) -> None:
    process, url = serve()
    with urllib.request.urlopen(f"{url}/", timeout=10) as response:
        assert "Hélène Marchadier" in response.read().decode()
    outbox = tmp_path / "demo" / "outbox"
    wait_for(lambda: any(b"lucas.pellerin@" in mail.read_bytes() for mail in outbox.glob("*.eml")), process)
    made = [path for path in (tmp_path / "demo").rglob("*") if path.is_file()]
    assert {path.name for path in made} >= {"collectifs.db", "queue.db", "server.log"}
    assert [path.name for path in made if path.stat().st_mode & 0o077] == []  # for its owner alone
    children = children_of(process)
    assert len(children) == 2
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=ENDING_S) == 0
    assert not any(is_alive(child) for child in children)
    assert not answers(f"{url}/sante")


def test_when_the_server_or_the_worker_dies_the_other_ends_and_the_journal_is_named(
    tmp_path: Path, demo_folder: Path
) -> None:
    lay_out_at_rest(demo_folder, tmp_path / "demo")
    port, said = free_port(), tmp_path / "said"
    process = started(Demonstration(port, str(tmp_path / "demo"), says=str(said)))
    try:
        over = time.monotonic() + PATIENCE_S
        while not answers(f"http://127.0.0.1:{port}/sante"):
            assert time.monotonic() < over
            assert process.poll() is None
            time.sleep(0.1)
        children = children_of(process)
        os.kill(children[1], signal.SIGKILL)
        assert process.wait(timeout=ENDING_S) == 1
    finally:
        kill(process)
    assert "server.log" in said.read_text()
    assert not any(is_alive(child) for child in children)
