"""An installation of its own for a command: a data folder, keys, a database as the migrations leave it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from collectifs import create_app
from collectifs.kernel.documents import printing
from collectifs.kernel.extensions import db
from tests.conftest import make_settings, make_tables
from tests.first_minute import demo_folder  # noqa: F401  a fixture


@pytest.fixture(autouse=True)
def no_press_is_left() -> Iterator[None]:
    """One that a command of this process has started ends with the test."""
    yield
    if (process := printing._Place.started.pop(os.getpid(), None)) is not None:
        process.kill()
        process.wait()


Make = Callable[..., Flask]


@pytest.fixture
def make_house(tmp_path: Path) -> Iterator[Make]:
    """Makes an installation in `tmp_path / "data"`, its database without a row."""
    made: list[Flask] = []

    def make(*, tables: bool = True, **values: object) -> Flask:
        data = tmp_path / "data"
        data.mkdir(exist_ok=True, mode=0o700)
        url = values.pop("database_url", f"sqlite:///{data / 'collectifs.db'}")
        settings = make_settings(data, str(url), **values)
        app = create_app(settings)
        made.append(app)
        if tables:
            with app.app_context():
                make_tables(app)
        return app

    yield make
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def house(make_house: Make) -> Flask:
    """An installation whose database knows nobody."""
    return make_house()
