"""A machine says what it has of its own and should share with the others, before people are sent to it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask

from collectifs.across.jobs.worker import breathe, do_times_work
from collectifs.kernel import clock, vault
from collectifs.kernel.extensions import db
from collectifs.kernel.models import WorkerBreath
from collectifs.kernel.queries import readiness
from collectifs.kernel.queries.deployment import get_deployment
from collectifs.kernel.queries.jobs import builds_by_machine
from collectifs.kernel.queries.readiness import Apart, apart


@pytest.fixture
def other_machine(app: Flask) -> Iterator[Callable[..., None]]:
    """Gives this process another machine's settings."""
    usual = app.extensions["settings"]

    def become(**values: object) -> None:
        app.extensions["settings"] = replace(usual, **values)

    yield become
    app.extensions["settings"] = usual


def ready(app: Flask) -> tuple[int, dict[str, str]]:
    db.session.commit()
    answer = app.test_client().get("/pret")
    return answer.status_code, answer.get_json()


def line(app: Flask) -> str:
    lines = app.test_cli_runner().invoke(args=["check"]).output.splitlines()
    return next(each for each in lines if each[8:].startswith("machines"))


def test_before_a_worker_has_said_which_secret_is_shared_any_is_believed(app: Flask) -> None:
    assert apart() == []
    assert ready(app) == (200, {"status": "ready"})


def test_a_machine_with_another_secret_is_sent_nobody_until_somebody_says_that_it_is_right(
    app: Flask, other_machine: Callable[..., None]
) -> None:
    do_times_work()
    assert ready(app) == (200, {"status": "ready"})
    other_machine(secret_key="made on this machine")
    do_times_work()  # its worker does not change what the first one said
    assert ready(app) == (503, {"status": "waits", "awaits": "SECRET_KEY"})
    assert line(app).startswith("à voir  machines : SECRET_KEY n’est pas celle de l’installation")
    assert app.test_cli_runner().invoke(args=["keys", "secret"]).exit_code == 0
    assert ready(app)[0] == 200
    other_machine()
    assert ready(app)[0] == 503, "now the former one is another"


def test_the_secret_itself_is_nowhere_in_the_database(app: Flask, other_machine: Callable[..., None]) -> None:
    other_machine(secret_key="zyqx of this house")
    do_times_work()
    found = get_deployment()
    assert found is not None
    assert len(found.secret_key_hash or b"") == 32
    assert b"zyqx" not in (found.secret_key_hash or b"")


def test_a_machine_whose_folder_lacks_the_newest_key_is_sent_nobody(app: Flask) -> None:
    deployment = get_deployment()
    assert deployment is not None
    deployment.proof_key_id = vault.make_key()
    assert ready(app)[0] == 200
    deployment.proof_key_id = "0" * 32  # made on another machine, in another folder
    assert ready(app) == (503, {"status": "waits", "awaits": "KEYS_DIR"})
    assert "ce n’est pas le dossier des autres machines" in line(app)


@pytest.mark.parametrize(("seconds", "late"), [(4, False), (6, True), (-6, True), (300, True)])
def test_a_clock_that_is_not_that_of_the_database_is_told_where_they_are_on_two_machines(
    app: Flask, monkeypatch: pytest.MonkeyPatch, seconds: int, late: bool
) -> None:
    monkeypatch.setattr(readiness, "database_clock", lambda: clock.now() + timedelta(seconds=seconds))
    told = [Apart.CLOCK] if late and db.engine.dialect.name == "postgresql" else []
    assert apart() == told
    assert ready(app)[0] == (503 if told else 200)
    assert ("l’horloge s’écarte" in line(app)) is bool(told)


def test_the_clock_of_the_database_is_an_instant(app: Flask, database_clock: Callable[[], datetime]) -> None:
    if db.engine.dialect.name == "postgresql":
        first, second = database_clock(), database_clock()
        assert first.tzinfo is not None
        assert second >= first, "the instant of the statement, not of the transaction"


def test_a_machine_that_serves_another_build_is_named_while_it_breathes(
    app: Flask, moment: time_machine.Traveller
) -> None:
    breathe("machine-a/1")
    assert line(app) == "bien    machines : 1 à l’œuvre, la même version"
    db.session.add(WorkerBreath(worker="machine-b/7", breathed_at=clock.now(), build="0123456789ab"))
    db.session.add(WorkerBreath(worker="machine-c/7", breathed_at=clock.now()))  # of a version that did not say it
    db.session.commit()
    assert builds_by_machine(clock.now()) == {"machine-a": app.extensions["release"], "machine-b": "0123456789ab"}
    assert line(app).startswith("à voir  machines : machine-b : une autre version que celle-ci")
    both = {"status": "ready", "beside": "another version"}
    assert ready(app) == (200, both), "both serve while an upgrade goes on"
    moment.shift(timedelta(minutes=3))
    breathe("machine-a/1")
    assert ready(app) == (200, {"status": "ready"})
    assert line(app).startswith("bien")
