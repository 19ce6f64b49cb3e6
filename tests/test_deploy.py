"""What a server is given to run this: every setting has its line, every command exists, every unit is understood."""

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from collectifs.cli.restore import LINES
from collectifs.kernel.config import load_settings
from tests.forks import ROOT
from tools.system_packages import NEEDS

DEPLOY, RUNNING = ROOT / "deploy", ROOT / "docs" / "running.md"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SETTING = re.compile(r"^#?([A-Z_]+)=(.*)$", re.MULTILINE)
TYPED = re.compile(r"(?:^collectifs|flask --app wsgi) ([a-z].*?)'?$", re.MULTILINE)
CODE = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
KEY = "a2" * 21 + "a="
# Where each file that stands beside a value is told instead of it, and what only a rotation reads.
BY_FILE = {"MASTER_KEY", "SECRET_KEY", "MASTER_KEY_FORMER"}


class Heard(dict[str, str]):
    """An environment that remembers what was asked of it."""

    def __init__(self, values: dict[str, str]) -> None:
        super().__init__(values)
        self.asked: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)


def told() -> dict[str, str]:
    """Every setting of the file, those that stand behind a « # » included, as a shell reads it."""
    text = (DEPLOY / "settings.env").read_text(encoding="utf-8")
    return {name: "".join(shlex.split(value)) for name, value in SETTING.findall(text)}


def test_every_setting_that_is_read_has_its_line_and_no_line_is_for_nothing(tmp_path: Path) -> None:
    values = told() | {"COLLECTIFS_DATA": str(tmp_path), "ARCHIVES_DIR": "/mnt/archives"}
    for name in ("MASTER_KEY_FILE", "SECRET_KEY_FILE", "MASTER_KEY_FORMER_FILE"):
        file = tmp_path / name
        file.write_text(KEY, encoding="ascii")
        values[name] = str(file)
    heard = Heard(values)
    settings = load_settings(heard)
    assert settings.is_secure
    assert settings.notices.missing == []
    assert heard.asked - BY_FILE == set(told())


def test_only_what_has_no_default_stands_without_a_mark() -> None:
    text = (DEPLOY / "settings.env").read_text(encoding="utf-8")
    assert "\nDATABASE_URL=" not in text, "SQLite unless told otherwise"
    assert all(len(line) <= 120 for line in text.splitlines())


def commands() -> Iterator[str]:
    for block in CODE.findall(RUNNING.read_text(encoding="utf-8")):
        yield from TYPED.findall(block)
    for unit in UNITS:
        yield from TYPED.findall(unit.read_text(encoding="utf-8"))


def test_every_command_that_is_told_exists_with_its_options(app: Flask) -> None:
    found = list(commands())
    assert len(found) > 8
    for words in found:
        command: Any = app.cli
        for word in shlex.split(words.replace("$$(", "(").replace('"$@"', "")):
            if word.startswith("--"):
                assert any(word in option.opts for option in command.params), words
            elif hasattr(command, "commands"):
                command = command.commands[word]


def test_each_unit_runs_as_the_account_of_the_application_and_writes_where_it_must() -> None:
    services = [unit for unit in UNITS if unit.suffix == ".service"]
    assert len(services) == 7
    for unit in services:
        read = ConfigParser(strict=False, interpolation=None, delimiters="=", comment_prefixes="#")
        read.optionxform = str  # type: ignore[assignment,method-assign]
        read.read(unit, encoding="utf-8")
        service = read["Service"]
        assert (service["User"], service["UMask"], service["ProtectSystem"]) == ("collectifs", "0077", "strict"), unit
        assert service["EnvironmentFile"] == "/etc/collectifs/settings"
        assert service["MemorySwapMax"] == "0", "no key goes to a disk by the swap"
        assert {"/srv/collectifs/data", "/srv/collectifs/keys"} <= set(service["ReadWritePaths"].split())


def test_the_image_has_what_the_application_needs_one_volume_and_is_not_root() -> None:
    lines = re.sub(r"\\\n", " ", (DEPLOY / "Containerfile").read_text(encoding="utf-8")).splitlines()
    said = [line.partition(" ") for line in lines if line and not line.startswith("#")]
    orders = [order for order, _, _ in said]
    assert {name: [rest for order, _, rest in said if order == name] for name in ("USER", "VOLUME", "FROM")} == {
        "USER": ["collectifs"],
        "VOLUME": ["/srv/collectifs/data"],
        "FROM": ["debian:trixie-slim"],
    }
    assert orders.index("USER") < orders.index("ENTRYPOINT") < orders.index("CMD")
    installed = next(rest for order, _, rest in said if order == "RUN").split()
    assert set(NEEDS["run"]) | {"make", "python3"} <= set(installed)
    unit = (DEPLOY / "systemd" / "collectifs-web.service").read_text(encoding="utf-8")
    served = re.search(r"^ExecStart=\S+/(gunicorn .*)$", unit, re.MULTILINE)
    assert served is not None
    assert json.loads(said[-1][2]) == served[1].replace("127.0.0.1", "0.0.0.0").split()
    ignored = (DEPLOY / "containerignore").read_text(encoding="utf-8").split()
    assert {"var", ".git", ".venv"} <= set(ignored), "no data, no key and nothing of the builder's own goes into it"


def test_a_second_copy_of_one_day_has_a_name_of_its_own_and_none_is_kept_for_ever() -> None:
    unit = (DEPLOY / "systemd" / "collectifs-save-database.service").read_text(encoding="utf-8")
    assert "collectifs-$$(date +%%F-%%H%%M%%S).copy" in unit, "before an upgrade, a move and after it"
    assert "\nExecStartPost=/usr/bin/find /mnt/a -maxdepth 1 -name collectifs-*.copy -mtime +30 -delete\n" in unit
    assert "stay thirty days" in RUNNING.read_text(encoding="utf-8")


@pytest.mark.parametrize("missing", ["settings", "code"])
def test_a_returned_mail_that_cannot_be_read_now_is_kept_by_the_mail_server(tmp_path: Path, missing: str) -> None:
    """Any other code would have Postfix drop the report for good."""
    said = (DEPLOY / "collectifs-retours").read_text(encoding="utf-8")
    for name in {"settings", "code"} - {missing}:
        (tmp_path / name).touch() if name == "settings" else (tmp_path / name).mkdir()
    said = said.replace("/etc/collectifs/settings", f"{tmp_path}/settings").replace("/srv/collectifs", str(tmp_path))
    (tmp_path / "script").write_text(said, encoding="utf-8")
    done = subprocess.run(["/bin/sh", tmp_path / "script"], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert done.returncode == 75
    assert "deploy/collectifs-retours /usr/local/bin/" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_each_timer_has_its_service() -> None:
    timers = [unit for unit in UNITS if unit.suffix == ".timer"]
    assert timers
    assert all(unit.with_suffix(".service") in UNITS for unit in timers)


def test_each_timer_is_named_where_timers_are_enabled() -> None:
    typed = "".join(CODE.findall(RUNNING.read_text(encoding="utf-8")))
    enabled = {word for line in re.findall(r"^systemctl enable (.*)$", typed, re.MULTILINE) for word in line.split()}
    assert {unit.name for unit in UNITS if unit.suffix == ".timer"} <= enabled


def test_the_journal_of_the_drills_begins_anew_and_stays_the_account_s_own() -> None:
    text = (DEPLOY / "logrotate").read_text(encoding="utf-8")
    [(path, body)] = re.findall(r"^(/\S+) \{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL)
    assert Path(path) == Path("/srv/collectifs/data") / LINES, "by the name it is written under"
    said = {line.strip() for line in body.splitlines()}
    assert {"su collectifs collectifs", "create 600 collectifs collectifs", "missingok"} <= said
    assert "copytruncate" not in said, "each line opens the file by its name: nothing is lost by moving it"
    assert "deploy/logrotate /etc/logrotate.d/collectifs" in RUNNING.read_text(encoding="utf-8")


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_understands_each_unit(tmp_path: Path, unit: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    for each in UNITS:  # with a command that is here: that of the application is where docs/running.md puts it
        here = re.sub(r"/srv/collectifs/code/\.venv/bin/\w+", "/bin/true", each.read_text(encoding="utf-8"))
        (tmp_path / each.name).write_text(here, encoding="utf-8")
    if analyze is None:
        assert "[Unit]" in unit.read_text(encoding="utf-8")
        return
    said = subprocess.run([analyze, "verify", tmp_path / unit.name], capture_output=True, text=True, check=False)
    assert [line for line in said.stderr.splitlines() if str(tmp_path) in line or "collectifs" in line] == []
