"""What these tests begin with."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.cli.epochs.installation import House


@pytest.fixture
def house(app: Flask, tmp_path: Path) -> Iterator[House]:
    usual = app.extensions["settings"], app.extensions["vault"]
    yield House(app, tmp_path / "keys")
    (usual[0].data / "drills.log").unlink(missing_ok=True)
    app.extensions["settings"], app.extensions["vault"] = usual
