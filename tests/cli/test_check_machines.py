"""`flask check`: what it says of each machine's worker."""

from datetime import timedelta

import pytest
from flask import Flask

from collectifs.kernel import clock
from tests.cli.test_check import breathe, check

pytestmark = pytest.mark.usefixtures("moment")


def test_a_worker_that_never_breathed_or_holds_its_breath(house: Flask) -> None:
    assert "jamais" in check(house)[1]["tâches"]
    breathe(house, timedelta(minutes=3))
    assert check(house)[1]["tâches"].startswith("à voir")
    breathe(house, timedelta(seconds=30))
    assert check(house)[1]["tâches"].startswith("bien")


def test_the_last_breath_is_a_day_and_an_hour(house: Flask) -> None:
    assert "jamais" in check(house)[1]["tâches"]
    breathe(house, timedelta(days=2))
    _code, lines = check(house)
    with house.app_context():
        day = clock.now() - timedelta(days=2)
    assert f"dernier souffle : machine-a le {day:%Y-%m-%d à %H:%M:%S} UTC" in lines["tâches"]


def test_each_machine_has_its_worker_and_the_silent_one_is_named(house: Flask) -> None:
    breathe(house, timedelta(minutes=40), "machine-a/1")
    breathe(house, timedelta(seconds=5), "machine-a/2")  # started anew
    breathe(house, timedelta(seconds=9), "machine-b/7")
    assert check(house)[1]["tâches"].startswith("bien")
    breathe(house, timedelta(minutes=4), "machine-b/7")
    _code, lines = check(house)
    assert lines["tâches"].startswith("à voir")
    assert "machine-b" in lines["tâches"]
