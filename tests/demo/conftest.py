"""The demonstration's data, read once; the demonstration, written once for each file that only reads it."""

from collections.abc import Iterator
from time import process_time

import pytest
import time_machine
from flask import Flask

from collectifs.demo.builder import build_demo
from collectifs.demo.data import load
from collectifs.demo.records import DemoData
from collectifs.kernel.extensions import db
from tests.conftest import NOW


@pytest.fixture(scope="module")
def demo() -> DemoData:
    return load()


@pytest.fixture(scope="module")
def written(built_app: Flask) -> float:
    """The demonstration, written once into an empty database for all that only read it: its seconds of processor."""
    from tests.databases import empty_all_tables  # a plugin: importing it earlier would spoil its assertions

    with built_app.app_context(), time_machine.travel(NOW, tick=False):
        db.session.remove()
        empty_all_tables(db.engine, db.metadata)
        begun = process_time()
        build_demo()
        db.session.commit()
        db.session.remove()
    return process_time() - begun


@pytest.fixture
def built(built_app: Flask, written: float, demo: DemoData, moment: time_machine.Traveller) -> Iterator[DemoData]:
    """The demonstration as it was written; what a test does to it is not committed."""
    with built_app.app_context():
        yield demo
        db.session.remove()
