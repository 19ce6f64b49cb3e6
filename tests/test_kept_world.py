"""The kept world sees whatever was written to it, by whomever, and takes it back."""

import sqlite3
from contextlib import closing

import psycopg
from sqlalchemy import delete, make_url

from collectifs.kernel.extensions import db
from collectifs.people.models import Device
from tests import factories
from tests.kept_world import KeptWorld


def renamed_by_another_program() -> None:
    url = make_url(db.engine.url)
    if url.get_backend_name() == "sqlite":
        there = sqlite3.connect(url.database or "")
    else:
        there = psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False))
    with closing(there), there:
        there.execute("update users set given_name = 'X'")


def test_what_another_program_wrote_is_seen_and_taken_back(kept: KeptWorld) -> None:
    assert kept.changed_tables() == kept.changed_tables() == set()
    renamed_by_another_program()
    assert kept.changed_tables() == {"users"}
    kept.take_back()
    assert kept.changed_tables() == set()


def test_what_a_test_wrote_is_seen_and_taken_back(kept: KeptWorld) -> None:
    assert kept.changed_tables() == set()
    factories.territory("X")
    assert kept.changed_tables() == set(), "it was not committed"
    factories.territory("X")
    db.session.execute(delete(Device))
    db.session.commit()
    assert kept.changed_tables() == {"territories", "devices"}
    kept.take_back()
    assert kept.changed_tables() == set()
