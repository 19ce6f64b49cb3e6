"""The application refuses to start in one clear line, and the server that would carry it ends."""

import base64
import subprocess
import sys
from pathlib import Path

import pytest

from collectifs.kernel.config import DEMO_MARK, environment, load_settings, set_demo_offset
from tests.databases import free_port

ROOT = Path(__file__).resolve().parents[2]
FLASK = ["-m", "flask", "--app", "wsgi", "check"]
GUNICORN = ["-m", "gunicorn", "wsgi:app", "--no-control-socket"]


def start(arguments: list[str], **values: str) -> tuple[int, str]:
    """The exit code and what is written to standard error."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(**values),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stderr


def test_without_a_master_key_a_command_says_it_in_one_line(tmp_path: Path) -> None:
    code, told = start(FLASK, COLLECTIFS_DATA=str(tmp_path))
    assert code != 0
    assert told.startswith("Il manque MASTER_KEY")
    assert told.count("\n") == 1


def test_on_a_data_folder_that_does_not_exist_the_first_tables_and_the_witness_are_made(tmp_path: Path) -> None:
    data = tmp_path / "new" / "data"
    key = base64.urlsafe_b64encode(b"k" * 32).decode()
    settings = {"COLLECTIFS_DATA": str(data), "MASTER_KEY": key, "SECRET_KEY": "only for tests"}
    code, told = start(["-m", "flask", "--app", "wsgi", "db", "upgrade"], **settings)
    assert code == 0, told
    assert (data / "keys" / "witness").exists()
    assert data.stat().st_mode & 0o077 == 0
    _code, told = start(FLASK, **settings)
    assert "Traceback" not in told


@pytest.mark.parametrize(("name", "value"), [("BIND", "0.0.0.0"), ("SMTP_URL", "smtp://mail.example")])
def test_a_server_given_a_demonstration_that_meets_the_world_ends_at_once(
    tmp_path: Path, name: str, value: str
) -> None:
    load_settings({"COLLECTIFS_DATA": str(tmp_path)}, make_keys=True)
    set_demo_offset(tmp_path / DEMO_MARK, 0.0)
    where = f"--bind=127.0.0.1:{free_port()}"
    code, told = start([*GUNICORN, where], COLLECTIFS_DATA=str(tmp_path), **{name: value})
    assert code == 3
    assert "Démonstration" in told
    assert "Traceback" not in told.partition("Démonstration")[0]
