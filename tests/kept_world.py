"""The world built once a process and taken back: each test that asks for `kept` finds every row and key as it was made.

A pytest plugin (named in conftest.py). What a test left otherwise is put back at the start of the next one, from
copies of the rows and of the key files: milliseconds, where building the world again takes a second.
"""

import gc
import os
import sqlite3
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import time_machine
from flask import Flask

from collectifs.kernel import clock
from collectifs.kernel.documents import press
from collectifs.kernel.extensions import db
from collectifs.people.domain.person import Person
from collectifs.people.queries.people import person_for_device
from tests import factories, world
from tests.databases import empty_all_tables, references_unseen
from tests.pages import Visitor


class KeptWorld:
    """The world of tests/world.py, each of its people with a device; its rows are read, not attached."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.here = world.build()
        self._secrets = {role: factories.device(who) for role, who in self.here.people.items() if who is not None}
        db.session.commit()
        for row in (*self.here.people.values(), *self.here.meetings.values(), *self.here.sheets.values()):
            if row is not None:
                db.session.refresh(row)
        db.session.expunge_all()
        self._rows = {table: _rows_of(table) for table in db.metadata.sorted_tables}
        self._folder = Path(app.extensions["settings"].keys_dir)
        self._keys = {name: (self._folder / name).read_bytes() for name in self._key_files()}
        self._held = world.rows_as_held()
        self._untouched: dict[sqlite3.Connection, tuple[int, int]] = {}
        self._sessions: dict[str, tuple[str, str]] = {}

    def visitor(self, role: str) -> Visitor:
        """A new browser of this person, signed in; of nobody, without a device."""
        visitor = Visitor(self.app)
        if role in self._secrets:
            visitor.client.set_cookie("appareil", self._secrets[role])
        return visitor

    def person(self, role: str) -> Person | None:
        """This person as the rules see them; nobody is None."""
        return person_for_device(self._secrets[role], clock.now()) if role in self._secrets else None

    def reader(self, role: str) -> Visitor:
        """A new browser of this person that has a page open: the session and the token of their first page."""
        visitor = self.visitor(role)
        if role not in self._sessions:
            token = visitor.token()
            cookie = visitor.client.get_cookie("session")  # of nobody: whoever has a device needs none
            self._sessions[role] = (cookie.value if cookie else "", token)
        session, visitor.known_token = self._sessions[role]
        if session:
            visitor.client.set_cookie("session", session)
        return visitor

    def changed_tables(self) -> set[str]:
        """The tables that are not as the world was built. SQLite says when nothing was written since they last were."""
        connection, written = _written()
        if connection is not None and self._untouched.get(connection) == written:
            return set()
        changed = world.tables_that_differ(self._held, world.rows_as_held())
        self._untouched = {} if changed or connection is None else self._untouched | {connection: written}
        return changed

    def take_back(self) -> None:
        """Put back the rows and the keys, where anything moved."""
        if changed := self.changed_tables():
            self._put_back_rows(changed)
        there = self._key_files()
        for name in there - self._keys.keys():
            (self._folder / name).unlink()
        for name in self._keys.keys() - there:
            (self._folder / name).write_bytes(self._keys[name])

    def _put_back_rows(self, changed: set[str]) -> None:
        """Of the tables that changed, in any order: no other is touched, whatever refers to them."""
        db.session.remove()
        with references_unseen(db.engine) as connection:
            for table in [table for table in self._rows if table.name in changed]:
                connection.execute(table.delete())
                if self._rows[table]:
                    connection.execute(table.insert(), self._rows[table])

    def _key_files(self) -> set[str]:
        return {name for name in os.listdir(self._folder) if name.endswith(".key")}  # noqa: PTH208  a thousand times


def _written() -> tuple[sqlite3.Connection | None, tuple[int, int]]:
    """The connection at hand, and how many rows it has written and how often others have; none on PostgreSQL."""
    db.session.rollback()
    driven = db.session.connection().connection.driver_connection
    written = (0, 0)
    if is_sqlite := isinstance(driven, sqlite3.Connection):
        written = (driven.total_changes, driven.execute("pragma data_version").fetchone()[0])
    db.session.rollback()
    return (driven if is_sqlite else None), written


def _rows_of(table: Any) -> list[dict[str, Any]]:
    return [dict(row._mapping) for row in db.session.execute(table.select())]


@pytest.fixture(scope="session")
def built_world(built_app: Flask) -> KeptWorld:
    """The world of this process, built on first demand at the instant of every test."""
    from tests.conftest import NOW

    with built_app.app_context(), time_machine.travel(NOW, tick=False):
        db.session.remove()
        empty_all_tables(db.engine, db.metadata)
        kept = KeptWorld(built_app)
        db.session.remove()
    gc.freeze()  # it stays to the end
    return kept


@pytest.fixture(scope="session")
def pressed(built_app: Flask) -> list[tuple[ModuleType, str, Any]]:
    """The two costly gestures of the press, which remember: the same words on the same page are pressed once. By each
    module that has them, the press with them: the application is there, hence all of its modules."""
    remembering = {name: lru_cache(64)(getattr(press, name)) for name in ("lay_out", "write_pdf")}
    modules = [module for path, module in sys.modules.items() if path.startswith("collectifs.")]
    return [
        (module, name, presses)
        for name, presses in remembering.items()
        for module in modules
        if getattr(module, name, None) is getattr(press, name)
    ]


@pytest.fixture
def papers_pressed_once(pressed: list[tuple[ModuleType, str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each paper is still written for each person and each method; its PDF is made when its words are new."""
    for module, name, presses in pressed:
        monkeypatch.setattr(module, name, presses)


@pytest.fixture
def kept(built_world: KeptWorld, moment: time_machine.Traveller, papers_pressed_once: None) -> Iterator[KeptWorld]:
    """The world as it was built, within the application's context; what the test does to it goes with the test."""
    with built_world.app.app_context():
        db.session.remove()
        built_world.take_back()
        yield built_world
        db.session.remove()
