"""`flask tidy`: the worker waits for a person's word when its clock jumped."""

from datetime import timedelta

import structlog
import time_machine
from flask import Flask

from collectifs.across.jobs.worker import do_times_work
from collectifs.collectives.models import Meeting
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.work import PerishNotes
from tests import factories
from tests.asked import asked


def tidy(app: Flask, *arguments: str) -> str:
    result = app.test_cli_runner().invoke(args=["tidy", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def erasures() -> int:
    return len(asked(PerishNotes))


def test_a_clock_wrong_for_one_round_erases_nothing(app: Flask, moment: time_machine.Traveller) -> None:
    meeting = factories.meeting(factories.collective(pilot=factories.user("Hélène")))
    db.session.commit()
    assert do_times_work() is None
    moment.shift(timedelta(days=3650))
    assert "avancé de 3650 jours" in (do_times_work() or "")
    assert erasures() == 0
    moment.shift(-timedelta(days=3650))
    assert do_times_work() is None
    assert db.session.get_one(Meeting, meeting.id).notes_perished_at is None


def test_a_person_looks_then_says_yes_and_the_worker_goes_on(app: Flask, moment: time_machine.Traveller) -> None:
    factories.meeting(factories.collective(pilot=factories.user("Hélène")))
    db.session.commit()
    assert do_times_work() is None
    moment.shift(timedelta(days=60))  # the worker was stopped for two months
    told = tidy(app)
    assert "1 textes dont le délai est passé" in told
    assert "avancé de 60 jours" in told
    assert "Rien n’a été effacé" in told
    assert erasures() == 0
    assert do_times_work() is not None
    tidy(app, "--yes")
    assert erasures() == 1
    with structlog.testing.capture_logs():
        assert do_times_work() is None
