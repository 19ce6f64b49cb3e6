"""The application refuses to start in one clear line, and the server that would carry it ends."""

import base64
import subprocess
import sys
from pathlib import Path

import pytest

from collectifs.kernel.config import DEMO_MARK, environment, load_settings, set_demo_offset
from tests.databases import free_port
from tests.forks import ROOT, Command, run

FLASK = ["flask", "--app", "wsgi"]
GUNICORN = ["gunicorn", "wsgi:app", "--no-control-socket"]
# What only a press needs, then what whoever first needs it loads.
HEAVY = ("weasyprint", "pikepdf", "numpy", "pydyf", "pypdfium2", "PIL", "fontTools")
SELDOM = ("icalendar", "odf", "snowballstemmer", "psycopg", "rich", "alembic", "flask_migrate", "mako")
ASKS_WHETHER_IT_IS_READY = (
    "import sys; from wsgi import app; answer = app.test_client().get('/pret'); "
    f"print(answer.status_code, [each for each in {HEAVY + SELDOM} if each in sys.modules])"
)


def start(folder: Path, arguments: list[str], **values: str) -> tuple[int, str]:
    """The exit code and what is written to standard error."""
    told = folder / "told"
    told.unlink(missing_ok=True)
    code = run(Command(arguments, environment(**values), complains=str(told)))
    return code, told.read_text(encoding="utf-8")


def test_without_a_master_key_a_command_says_it_in_one_line(tmp_path: Path) -> None:
    code, told = start(tmp_path, [*FLASK, "check"], COLLECTIFS_DATA=str(tmp_path))
    assert code != 0
    assert told.startswith("Il manque MASTER_KEY")
    assert told.count("\n") == 1


def test_a_data_folder_that_cannot_be_made_is_said_in_one_line(tmp_path: Path) -> None:
    key = base64.urlsafe_b64encode(b"k" * 32).decode()
    settings = {"COLLECTIFS_DATA": "/proc/nowhere", "MASTER_KEY": key, "SECRET_KEY": "only for tests"}
    code, told = start(tmp_path, [*FLASK, "check"], **settings)
    assert code == 3
    assert told.startswith("Dossier de données indisponible (FileNotFoundError)")
    assert told.count("\n") == 1


def test_on_a_data_folder_that_does_not_exist_the_first_tables_and_the_witness_are_made(tmp_path: Path) -> None:
    data = tmp_path / "new" / "data"
    key = base64.urlsafe_b64encode(b"k" * 32).decode()
    settings = {"COLLECTIFS_DATA": str(data), "MASTER_KEY": key, "SECRET_KEY": "only for tests"}
    code, told = start(tmp_path, [*FLASK, "db", "upgrade"], **settings)
    assert code == 0, told
    assert (data / "keys" / "witness").exists()
    assert data.stat().st_mode & 0o077 == 0
    _code, told = start(tmp_path, [*FLASK, "check"], **settings)
    assert "Traceback" not in told
    asked = [sys.executable, "-c", ASKS_WHETHER_IT_IS_READY]
    served = subprocess.run(asked, cwd=ROOT, env=environment(**settings), capture_output=True, text=True, check=True)
    assert served.stdout.strip() == "200 []", "what serves pages loads neither what prints nor what migrates"


@pytest.mark.parametrize(("name", "value"), [("BIND", "0.0.0.0"), ("SMTP_URL", "smtp://mail.example")])
def test_a_server_given_a_demonstration_that_meets_the_world_ends_at_once(
    tmp_path: Path, name: str, value: str
) -> None:
    load_settings({"COLLECTIFS_DATA": str(tmp_path)}, make_keys=True)
    set_demo_offset(tmp_path / DEMO_MARK, 0.0)
    where = f"--bind=127.0.0.1:{free_port()}"
    code, told = start(tmp_path, [*GUNICORN, where], COLLECTIFS_DATA=str(tmp_path), **{name: value})
    assert code == 3
    assert "Démonstration" in told
    assert "Traceback" not in told.partition("Démonstration")[0]


def test_a_server_does_not_start_without_the_keys_of_its_database(tmp_path: Path) -> None:
    """The disk is not mounted, the path is another, the folder is empty; without tables there is nothing to miss."""
    key = base64.urlsafe_b64encode(b"k" * 32).decode()
    settings = {"COLLECTIFS_DATA": str(tmp_path / "data"), "MASTER_KEY": key, "SECRET_KEY": "only for tests"}
    assert start(tmp_path, [*FLASK, "db", "upgrade"], **settings)[0] == 0
    (tmp_path / "empty").mkdir()
    code, told = start(
        tmp_path, [*GUNICORN, f"--bind=127.0.0.1:{free_port()}"], **settings, KEYS_DIR=str(tmp_path / "empty")
    )
    assert code == 3
    assert "Le service ne démarre pas sans ses clés : le dossier des clés" in told
    _code, told = start(tmp_path, [*FLASK, "check"], **settings, KEYS_DIR=str(tmp_path / "empty"))
    assert "Traceback" not in told
