"""The demonstration's data, read once; the demonstration, written once and put back for each file that reads it."""

from collections.abc import Iterator
from pathlib import Path
from time import process_time

import pytest
import time_machine
from flask import Flask

from collectifs.demo.builder import build_demo
from collectifs.demo.data import load
from collectifs.demo.records import DemoData
from collectifs.kernel.extensions import db
from collectifs.kernel.models import Deployment
from tests.conftest import NOW


class Written:
    """The demonstration as it was written into an empty database: its rows, its keys, its seconds of processor."""

    def __init__(self, app: Flask) -> None:
        self.folder = Path(app.extensions["settings"].keys_dir)
        self.empty()
        begun = process_time()
        build_demo()
        db.session.commit()
        self.seconds = process_time() - begun
        tables = [table for table in db.metadata.sorted_tables if table.name != Deployment.__tablename__]
        self.rows = [(table, list(map(dict, db.session.execute(table.select()).mappings()))) for table in tables]
        self.keys = {file: file.read_bytes() for file in self.folder.glob("*.key")}
        db.session.remove()

    def empty(self) -> None:
        from tests.databases import empty_all_tables  # a plugin: importing it earlier would spoil its assertions

        db.session.remove()
        empty_all_tables(db.engine, db.metadata)

    def put_back(self) -> None:
        """The same again, whatever was written meanwhile."""
        self.empty()
        with db.engine.begin() as connection:
            for table, rows in self.rows:
                if rows:
                    connection.execute(table.insert(), rows)
        for file, content in self.keys.items():
            file.write_bytes(content)


@pytest.fixture(scope="session")
def written_once(built_app: Flask) -> Written:
    """For the whole folder, which one process runs (tests/scheduling.py)."""
    with built_app.app_context(), time_machine.travel(NOW, tick=False):
        return Written(built_app)


@pytest.fixture(scope="module")
def demo() -> DemoData:
    return load()


@pytest.fixture(scope="module")
def written(built_app: Flask, written_once: Written) -> float:
    """The demonstration, for all of a file that only read it: its seconds of processor."""
    with built_app.app_context():
        written_once.put_back()
    return written_once.seconds


@pytest.fixture
def built(built_app: Flask, written: float, demo: DemoData, moment: time_machine.Traveller) -> Iterator[DemoData]:
    """The demonstration as it was written; what a test does to it is not committed."""
    with built_app.app_context():
        yield demo
        db.session.remove()
