"""The demonstration's data, read once."""

import pytest

from collectifs.demo.data import load
from collectifs.demo.records import DemoData


@pytest.fixture(scope="module")
def demo() -> DemoData:
    return load()
