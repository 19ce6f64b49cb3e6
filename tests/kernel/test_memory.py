"""What a server has at its start is not walked over at each pause of the collector of cycles."""

import gc
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest

from collectifs.kernel import config
from collectifs.kernel.collector import SELDOM, USUALLY, collect_as_usual
from collectifs.kernel.memory import keep_what_is_made

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.freeze()  # as every process of a run has it: nothing that was made is gone through again


def test_what_a_process_has_at_its_start_is_left_alone_by_the_collector() -> None:
    made = [object()]
    keep_what_is_made()
    assert gc.get_freeze_count() > 0
    assert not any(each is made for each in gc.get_objects())


def test_a_server_keeps_its_application_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = config.load_settings({"COLLECTIFS_DATA": str(tmp_path)}, make_keys=True)
    monkeypatch.setattr(config, "load_settings", lambda: settings)
    gc.unfreeze()
    gc.set_threshold(*SELDOM)
    app = runpy.run_path(str(ROOT / "wsgi.py"))["app"]
    assert not any(each is app for each in gc.get_objects())
    assert gc.get_threshold() == USUALLY


def test_while_it_is_imported_the_collector_hardly_looks_and_what_somebody_else_told_it_stays() -> None:
    runpy.run_path(str(ROOT / "collectifs" / "__init__.py"))
    assert gc.get_threshold() == SELDOM
    collect_as_usual()
    assert gc.get_threshold() == USUALLY
    gc.set_threshold(5_000, 10, 10)
    collect_as_usual()
    assert gc.get_threshold() == (5_000, 10, 10)
