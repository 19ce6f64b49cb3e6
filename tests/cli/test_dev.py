"""`make dev`: what changes in the code is there at the next look, and nobody else can reach it."""

import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from collectifs import create_app
from collectifs.cli.serve import main
from collectifs.kernel.config import SettingsError, load_settings
from tests.databases import free_port
from tests.first_minute import lay_out_at_rest
from tools.processes import descendants, end

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60.0


class Workshop:
    """A copy of the application, being worked on."""

    def __init__(self, folder: Path, demo_folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        lay_out_at_rest(demo_folder, folder / "data")
        for name in ("collectifs", "migrations"):
            shutil.copytree(ROOT / name, folder / name)
        shutil.copy(ROOT / "wsgi.py", folder)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "collectifs.cli.serve", "--dev", f"--port={self.port}", "--data=data"],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.wait_for(lambda: self.answers("/sante"))

    def get(self, path: str) -> tuple[str, str]:
        """The words at an address, and how long they may be kept."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return answer.read().decode(), answer.headers["Cache-Control"]

    def answers(self, path: str, words: str = "") -> bool:
        try:
            return words in self.get(path)[0]
        except (urllib.error.URLError, OSError):
            return False

    def wait_for(self, happens: Callable[[], object]) -> None:
        over = time.monotonic() + PATIENCE_S
        while not happens():
            if time.monotonic() > over or self.process.poll() is not None:
                end(self.process)
                pytest.fail(self.process.stdout.read())
            time.sleep(0.2)

    def change(self, file: str, before: str, after: str) -> None:
        path = self.folder / "collectifs" / file
        words = path.read_text(encoding="utf-8")
        assert before in words
        path.write_text(words.replace(before, after), encoding="utf-8")

    def executed(self) -> set[int]:
        """The workers that Python was started for, after what the first one was forked from had changed."""
        return {pid for pid in descendants(self.process.pid) if said_by(pid).endswith("\0worker\0")}


def said_by(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


@pytest.fixture
def workshop(tmp_path: Path, demo_folder: Path) -> Iterator[Workshop]:
    workshop = Workshop(tmp_path, demo_folder)
    yield workshop
    end(workshop.process)
    workshop.process.stdout.close()


def test_what_is_changed_is_there_at_the_next_look_and_nothing_outlives_the_end(workshop: Workshop) -> None:
    page, _ = workshop.get("/")
    (style,) = re.findall(r'href="(/static/[^"]+/css/base\.css)"', page)
    (script,) = re.findall(r'src="(/static/[^"]+/js/page\.js)"', page)
    for address, file in ((style, "static/css/base.css"), (script, "static/js/page.js")):
        words, kept = workshop.get(address)
        assert kept == "no-store"
        assert words == (workshop.folder / "collectifs" / file).read_text(encoding="utf-8")
        (workshop.folder / "collectifs" / file).write_text("/* another */", encoding="utf-8")
        assert workshop.get(address) == ("/* another */", "no-store")
    workshop.change("templates/layout.html", "</body>", "<p>Un autre gabarit</p></body>")
    assert workshop.answers("/", "Un autre gabarit")
    assert style in workshop.get("/")[0]  # the address has not changed with the file
    first = descendants(workshop.process.pid)
    assert len(first) == 2
    assert workshop.executed() == set()
    workshop.change("web/errors.py", "Rien à cette adresse.", "Rien de rien.")
    workshop.wait_for(lambda: "Rien de rien." in refused_by(workshop))
    workshop.wait_for(workshop.executed)
    left = descendants(workshop.process.pid)
    end(workshop.process)
    assert len(left) == 2  # the server and the worker
    assert not set(left) & set(first)
    assert [pid for pid in left if said_by(pid)] == []


def refused_by(workshop: Workshop) -> str:
    try:
        return workshop.get("/static/rien")[0]
    except urllib.error.HTTPError as error:
        return error.read().decode()
    except (urllib.error.URLError, OSError):
        return ""


@pytest.mark.parametrize(
    "meets",
    [
        {"BIND": "0.0.0.0"},
        {"BASE_URL": "https://collectifs.academie.example"},
        {"SMTP_URL": "smtp://mail.academie.example"},
        {"DATABASE_URL": "postgresql+psycopg://localhost/collectifs"},
    ],
    ids=lambda meets: next(iter(meets)),
)
def test_what_others_can_reach_does_not_start_with_a_debugger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, meets: dict[str, str]
) -> None:
    settings = load_settings({"COLLECTIFS_DATA": str(tmp_path), **meets}, make_keys=True)
    monkeypatch.setenv("FLASK_DEBUG", "1")
    with pytest.raises(SettingsError, match="Mise au point"):
        create_app(settings)


def test_a_real_database_is_not_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = tmp_path / "real.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{real}")
    assert main(["--dev", "--port", str(free_port()), "--data", str(tmp_path / "new")]) == 1
    assert capsys.readouterr().err.startswith("Mise au point (FLASK_DEBUG) : DATABASE_URL")
    assert not real.exists()
