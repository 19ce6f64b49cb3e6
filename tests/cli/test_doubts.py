"""Each wrong setting has its sentence: in `flask check` when it stops nothing, in one line when it stops a command."""

from pathlib import Path
from subprocess import CompletedProcess

import pytest
from flask import Flask

from collectifs.cli import doubts
from collectifs.cli.doubts import dump_doubt, settings_doubts
from collectifs.kernel.config import Notices, Settings
from tests.cli.conftest import Make
from tests.conftest import make_settings

RIGHT = {"base_url": "https://collectifs.a.test", "mail_from": "Collectifs <retours@a.test>"}
ASKED = Notices(controller="Rectorat", contact="collectifs@a.test", dpo="dpd@a.test")


def settings(folder: Path, **values: object) -> Settings:
    return make_settings(folder, "sqlite://", **(RIGHT | {"notices": ASKED} | values))


def test_settings_that_are_right_leave_no_doubt(tmp_path: Path) -> None:
    assert settings_doubts(settings(tmp_path)) == []
    assert settings_doubts(settings(tmp_path, base_url="http://127.0.0.1:8000")) == []


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"base_url": "https://collectifs.academie.example"}, "BASE_URL : encore un nom d’exemple"),
        ({"mail_from": "C <x@collectifs.example>"}, "MAIL_FROM : encore un nom d’exemple"),
        ({"notices": Notices(contact="a@b.example", dpo="d@b.example")}, "CONTACT, DPO : encore un nom d’exemple"),
        ({"mail_from": "pas une adresse"}, "MAIL_FROM : pas une adresse électronique"),
        ({"mail_from": ""}, "MAIL_FROM : pas une adresse électronique"),
        ({"notices": Notices(contact="le secrétariat")}, "CONTACT : pas une adresse électronique"),
        ({"base_url": "http://collectifs.a.test"}, "est publique et sans TLS"),
    ],
)
def test_each_that_cannot_be_right_is_named(tmp_path: Path, values: dict[str, object], said: str) -> None:
    [found] = settings_doubts(settings(tmp_path, **values))
    assert said in found


@pytest.mark.parametrize(
    ("program", "told", "said"),
    [
        (None, "", "pg_dump manque : paquet postgresql-client-15"),
        ("/bin/true", "pg_dump (PostgreSQL) 13.9 (Debian 13.9-1)", "pg_dump est de la version 13, la base de la 15"),
        ("/bin/true", "pg_dump (PostgreSQL) 15.2 (Debian 15.2-1)", ""),
        ("/bin/true", "pg_dump (PostgreSQL) 17.0", ""),
    ],
)
def test_a_copy_of_postgresql_needs_a_program_as_new_as_it(
    house: Flask, monkeypatch: pytest.MonkeyPatch, program: str | None, told: str, said: str
) -> None:
    with house.app_context():
        assert dump_doubt() is None, "SQLite copies itself"
        monkeypatch.setattr(doubts.db.engine.dialect, "name", "postgresql")
        monkeypatch.setattr(doubts.db.session, "scalar", lambda _statement: "150006")
        monkeypatch.setattr(doubts.shutil, "which", lambda _name: program)
        monkeypatch.setattr(doubts.subprocess, "run", lambda *_, **__: CompletedProcess([], 0, told))
        assert said in (dump_doubt() or "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["user", "list"], "Base de données : la base n’a pas les tables de ce code : flask db upgrade."),
        (["user", "create", "A", "B", "a@b.test"], "la base n’a pas les tables de ce code : flask db upgrade"),
        (["tidy"], "la base n’a pas les tables de ce code"),
    ],
)
def test_a_command_typed_before_the_tables_are_made_says_so_in_one_line(
    make_house: Make, words: list[str], said: str
) -> None:
    told = make_house(tables=False).test_cli_runner().invoke(args=words)
    assert told.exit_code == 1
    assert said in told.output
    assert told.output.count("\n") == 1


@pytest.mark.parametrize("words", [["db", "upgrade"], ["user", "list"]])
def test_a_database_out_of_reach_is_said_in_one_line(make_house: Make, words: list[str]) -> None:
    house = make_house(tables=False, database_url="sqlite:////nowhere/at/all.db")
    told = house.test_cli_runner().invoke(args=words)
    assert told.exit_code == 1
    assert "Base de données : OperationalError (unable to open database file)." in told.output


def test_a_copy_to_where_nothing_can_be_written_is_said_in_one_line(house: Flask) -> None:
    told = house.test_cli_runner().invoke(args=["backup", "--database", "/proc/nowhere/a.copy"])
    assert told.exit_code == 1
    assert told.output.startswith("Error: /proc/nowhere : ")
    assert told.output.count("\n") == 1
