"""The demonstration is written only into an empty database of its own, and then stays at home."""

import importlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from collectifs.cli.demo import make_demo
from collectifs.demo.campaign import MANY, USUAL
from collectifs.kernel import clock, config
from collectifs.kernel.config import SettingsError, check_demo_stays_home
from collectifs.kernel.extensions import db
from collectifs.people.models import User
from tests import factories
from tests.cli.conftest import Make
from tests.conftest import make_settings

FIRST = datetime(2027, 1, 13, 12, 50, tzinfo=UTC)


def count_users() -> int:
    return db.session.scalar(select(func.count(User.id))) or 0


@pytest.fixture
def of_one(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A demonstration of one person, where what is around it is looked at; how many candidacies were asked for."""
    asked: list[int] = []
    command = importlib.import_module("collectifs.cli.demo")
    monkeypatch.setattr(command, "build_demo", lambda number: asked.append(number) or factories.user("Camille"))
    return asked


@pytest.mark.parametrize(("options", "candidates"), [([], USUAL), (["--campaign"], MANY)])
def test_an_empty_database_receives_the_demonstration_and_its_clock(
    house: Flask, of_one: list[int], options: list[str], candidates: int
) -> None:
    """All that it holds is looked at in tests/demo, and filled as here by tests/first_minute.py."""
    result = house.test_cli_runner().invoke(args=["demo", *options])
    assert result.exit_code == 0, result.output
    assert result.output == "Démonstration prête.\n"
    assert of_one == [candidates]
    with house.app_context():
        assert count_users() == 1
        assert abs(clock.now() - FIRST) < timedelta(seconds=30)
    assert house.extensions["settings"].is_demo


@pytest.mark.usefixtures("of_one")
def test_its_clock_goes_on_from_the_first_instant(house: Flask) -> None:
    with house.app_context(), time_machine.travel(datetime(2031, 5, 2, 8, tzinfo=UTC), tick=False) as now:
        make_demo()
        assert clock.now() == FIRST
        now.shift(timedelta(minutes=10))
        assert clock.now() == FIRST + timedelta(minutes=10)


@pytest.mark.usefixtures("of_one")
def test_a_second_time_it_refuses_and_changes_nothing(house: Flask) -> None:
    runner = house.test_cli_runner()
    assert runner.invoke(args=["demo"]).exit_code == 0
    with house.app_context():
        config.set_demo_offset(house.extensions["settings"].demo_mark, 5.0)
    result = runner.invoke(args=["demo"])
    assert result.exit_code == 1
    assert "La base n’est pas vide" in result.output
    with house.app_context():
        assert count_users() == 1
    assert config.demo_offset_seconds(house.extensions["settings"].demo_mark) == 5.0


def test_a_database_that_knows_somebody_is_left_alone_without_a_mark(house: Flask) -> None:
    with house.app_context():
        factories.user("Camille")
        db.session.commit()
    result = house.test_cli_runner().invoke(args=["demo"])
    assert result.exit_code == 1
    with house.app_context():
        assert count_users() == 1
    assert not house.extensions["settings"].is_demo


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"bind": "0.0.0.0"}, "0.0.0.0"),
        ({"bind": "192.168.1.4"}, "192.168.1.4"),
        ({"bind": "collectifs.example"}, "collectifs.example"),
        ({"smtp_url": "smtp://localhost:1025"}, "SMTP_URL"),
    ],
)
def test_settings_that_reach_the_world_are_refused_and_nothing_is_written(
    make_house: Make, values: dict[str, str], word: str
) -> None:
    house = make_house(**values)
    result = house.test_cli_runner().invoke(args=["demo"])
    assert result.exit_code == 1
    assert word in result.output
    assert "Traceback" not in result.output
    with house.app_context():
        assert count_users() == 0
    assert not house.extensions["settings"].is_demo


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"bind": "0.0.0.0"}, "0.0.0.0"),
        ({"bind": "::"}, "::"),
        ({"smtp_url": "smtp://localhost:1025"}, "SMTP_URL"),
        ({"database_url": "postgresql+psycopg://localhost/collectifs"}, "DATABASE_URL"),
        ({"database_url": "sqlite:////tmp/other.db"}, "DATABASE_URL"),
    ],
)
def test_once_the_mark_is_there_the_application_refuses_to_start_elsewhere(
    tmp_path: Path, values: dict[str, str], word: str
) -> None:
    own = f"sqlite:///{tmp_path / 'collectifs.db'}"
    config.set_demo_offset(tmp_path / config.DEMO_MARK, 0.0)
    check_demo_stays_home(make_settings(tmp_path, own))
    check_demo_stays_home(make_settings(tmp_path, own, bind="localhost"))
    check_demo_stays_home(make_settings(tmp_path, own, bind="::1"))
    with pytest.raises(SettingsError, match=word):
        check_demo_stays_home(make_settings(**{"folder": tmp_path, "database_url": own, **values}))


def test_the_environment_is_read_with_the_same_refusal(tmp_path: Path) -> None:
    env = {"COLLECTIFS_DATA": str(tmp_path), "BASE_URL": "http://127.0.0.1:8000"}
    config.load_settings(env, make_keys=True)
    config.set_demo_offset(tmp_path / config.DEMO_MARK, 0.0)
    assert config.load_settings(env).is_demo
    for name, value in (("BIND", "0.0.0.0"), ("SMTP_URL", "smtp://x"), ("DATABASE_URL", "sqlite:///x.db")):
        with pytest.raises(SettingsError):
            config.load_settings({**env, name: value})


def test_when_writing_fails_no_mark_stays_behind(house: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_candidates: int) -> None:
        factories.user("Camille")
        raise RuntimeError("no room left")

    monkeypatch.setattr(importlib.import_module("collectifs.cli.demo"), "build_demo", fail)
    with house.app_context():
        with pytest.raises(RuntimeError):
            make_demo()
        assert count_users() == 0
    assert not house.extensions["settings"].is_demo
