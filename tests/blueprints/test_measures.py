"""« /mesures »: figures for a program of this machine, no id and no word; from elsewhere there is nothing here."""

import os
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families

from collectifs import create_app
from collectifs.kernel import clock
from collectifs.kernel.audit import ask
from collectifs.kernel.extensions import db
from collectifs.kernel.models import WorkerBreath
from collectifs.kernel.queries.deployment import get_deployment
from collectifs.people.domain.work import MailSignInLink
from collectifs.web.measures import begin_anew
from tests import factories
from tests.conftest import make_settings
from tests.forks import ROOT
from tests.kept_world import KeptWorld
from tests.pages import Visitor
from tests.world import CANARIES

HERE = {"REMOTE_ADDR": "127.0.0.1"}
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}|[0-9a-f]{32}|@")


def read(app: Flask) -> dict[str, dict[str, float]]:
    """The figures by name, then by the words of their label."""
    answer = app.test_client().get("/mesures", environ_base=HERE)
    assert answer.status_code == 200
    found: dict[str, dict[str, float]] = {}
    for family in text_string_to_metric_families(answer.get_data(as_text=True)):
        for sample in family.samples:
            found.setdefault(sample.name, {})[" ".join(sample.labels.values())] = sample.value
    return found


def one(app: Flask, name: str) -> float:
    return read(app)[name][""]


def test_no_id_and_no_word_of_anybody_stands_in_it(kept: KeptWorld) -> None:
    visitor = Visitor(kept.app)
    visitor.client.get(f"/collectifs/{uuid4()}")
    visitor.client.get("/lien/jeton-de-l-essai")
    told = visitor.client.get("/mesures", environ_base=HERE).get_data(as_text=True)
    assert not ID.search(told)
    assert not [mark for mark in CANARIES if mark in told]
    names = db.session.execute(db.text("SELECT family_name FROM users")).scalars()
    assert not [name for name in names if name and name in told]
    assert "jeton" not in told


@pytest.mark.parametrize("headers", [{"X-Forwarded-For": "127.0.0.1"}, {"Via": "1.1 p"}, {"X-Real-Ip": "127.0.0.1"}])
@pytest.mark.parametrize("proxies", [0, 1])
def test_through_a_proxy_there_is_nothing_here(app: Flask, headers: dict[str, str], proxies: int) -> None:
    settings = app.extensions["settings"]
    behind = create_app(make_settings(settings.data, settings.database_url, proxies=proxies)) if proxies else app
    assert behind.test_client().get("/mesures", environ_base=HERE).status_code == 200
    assert behind.test_client().get("/mesures", environ_base=HERE, headers=headers).status_code != 200


@pytest.mark.parametrize("address", ["10.0.0.7", "192.0.2.1", "2001:db8::1", ""])
def test_from_another_machine_there_is_nothing_here(app: Flask, address: str) -> None:
    answer = app.test_client().get("/mesures", environ_base={"REMOTE_ADDR": address})
    missing = app.test_client().get("/nulle-part", environ_base={"REMOTE_ADDR": address})
    assert answer.status_code == missing.status_code != 200
    assert "collectifs_" not in answer.get_data(as_text=True)


def test_the_oldest_job_whose_time_has_come_is_told_and_one_for_later_is_not(
    app: Flask, moment: time_machine.Traveller
) -> None:
    assert one(app, "collectifs_oldest_job_seconds") == 0
    ask(MailSignInLink(uuid4()))
    db.session.commit()
    moment.shift(timedelta(minutes=20))
    assert one(app, "collectifs_oldest_job_seconds") == 1200
    assert one(app, "collectifs_mails_waiting") == 1
    db.session.execute(db.text("UPDATE jobs SET run_after = '2030-01-01 00:00:00+00:00'"))
    db.session.commit()
    assert one(app, "collectifs_oldest_job_seconds") == 0
    db.session.execute(db.text("UPDATE jobs SET attempts = 3"))
    db.session.commit()
    assert one(app, "collectifs_oldest_job_seconds") == 1200, "one that failed waits, though its next try is later"


def test_a_worker_that_never_breathed_is_silent_since_the_installation_was_made(
    app: Flask, moment: time_machine.Traveller
) -> None:
    moment.shift(timedelta(hours=1))
    assert one(app, "collectifs_worker_silence_seconds") == 3600
    for worker, ago in (("a/1", 5), ("b/1", 70)):
        db.session.add(WorkerBreath(worker=worker, breathed_at=clock.now() - timedelta(seconds=ago)))
    db.session.commit()
    assert one(app, "collectifs_worker_silence_seconds") == 70
    assert one(app, "collectifs_workers") == 2


def test_copies_drill_and_tidying_are_as_old_as_they_are(app: Flask, moment: time_machine.Traveller) -> None:
    moment.shift(timedelta(days=2))
    deployment = get_deployment()
    assert deployment is not None
    deployment.saved_at, deployment.keys_saved_at = clock.now() - timedelta(hours=1), clock.now()
    db.session.commit()
    days_2 = 2 * 86400
    ages = read(app)["collectifs_age_seconds"]
    assert ages == {"database_copy": 3600, "keys_copy": 0, "drill": days_2, "tidying": days_2}


def test_texts_past_their_date_are_counted_until_they_are_gone(app: Flask, moment: time_machine.Traveller) -> None:
    factories.meeting(factories.collective(pilot=factories.user("Hélène")))
    db.session.commit()
    assert one(app, "collectifs_texts_overdue") == 0
    moment.shift(timedelta(days=60))
    assert one(app, "collectifs_texts_overdue") >= 1


def test_every_name_in_the_alerts_is_one_that_is_told(app: Flask) -> None:
    app.test_client().get("/aide")
    told = app.test_client().get("/mesures", environ_base=HERE).get_data(as_text=True)
    rules = (ROOT / "deploy" / "alerts.yml").read_text(encoding="utf-8")
    used = set(re.findall(r"\b(collectifs_\w+)", rules))
    counted = {"collectifs_request_seconds_bucket", "collectifs_crashes_total"}  # told once there is one
    assert used - counted <= set(re.findall(r"# TYPE (collectifs_\w+) ", told))
    labels = {"database_copy", "keys_copy", "drill", "tidying", "rotation"}
    assert set(re.findall(r'of="(\w+)"', rules)) == labels


def test_the_build_is_told_so_that_two_machines_can_be_compared(app: Flask) -> None:
    assert read(app)["collectifs_build"] == {app.extensions["build"]: 1}


def test_a_place_that_cannot_be_made_stops_no_page(app: Flask, tmp_path: Path) -> None:
    settings = app.extensions["settings"]
    (tmp_path / "index-mesures").write_text("a file stands there")
    full = create_app(replace(settings, index_dir=tmp_path / "index"))
    assert full.test_client().get("/aide").status_code == 200


def test_a_release_that_is_taken_up_while_the_former_one_serves_goes_on_counting(app: Flask, tmp_path: Path) -> None:
    settings = replace(app.extensions["settings"], index_dir=tmp_path / "index")
    settings.measures.mkdir()
    former = [settings.measures / f"{kind}_{os.getpid()}.db" for kind in ("counter", "histogram")]
    gone = settings.measures / "counter_4194305.db"  # no process has that number
    for file in (*former, gone):
        file.touch()
    begin_anew(settings)
    assert all(file.exists() for file in (*former, gone))
    for file in former:
        file.unlink()
    begin_anew(settings)
    assert not gone.exists(), "nobody serves any more"
