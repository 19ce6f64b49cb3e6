"""Papers are printed by one process apart: the web never loads what prints, and says so when too many are asked for."""

import os
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from flask import Flask

from collectifs.kernel.documents import pressroom, printing
from collectifs.kernel.documents.press import has_glyph
from collectifs.kernel.documents.printing import PressBusy, print_apart
from collectifs.sheets.documents.sheet import sheet_pdf, sheet_room
from tests.asked_of_the_press import asks_and_goes, refused, slept
from tests.forks import run
from tests.papers import SHORT, collective_copy


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One press for all of these tests, whoever has started it."""
    place = tmp_path_factory.mktemp("press") / ("a-folder-with-a-long-name-" * 5) / "press.sock"
    place.parent.mkdir()
    yield place
    if (process := printing._Place.started.pop(os.getpid(), None)) is not None:
        process.kill()
        process.wait()


@pytest.fixture
def apart(place: Path) -> Iterator[Path]:
    """This process has its papers printed there, for the time of a test."""
    print_apart(place, patience_s=60)
    yield place
    print_apart(None)


def test_a_sheet_printed_apart_is_the_same_to_the_byte_and_one_process_prints_for_all(apart: Path) -> None:
    paper = collective_copy(SHORT)
    made, room, who = sheet_pdf(paper), sheet_room(paper), slept(0)
    assert who != os.getpid()
    assert slept(0) == who
    assert has_glyph("→")
    print_apart(None)
    assert (sheet_pdf(paper), sheet_room(paper)) == (made, room)
    assert apart.stat().st_mode & 0o077 == 0, "for its own account alone"


def test_what_its_maker_refuses_is_refused_where_it_was_asked_for(apart: Path) -> None:
    with pytest.raises(ValueError, match="mot"):
        refused("mot")
    assert slept(0)


def test_one_that_was_killed_is_started_again(apart: Path) -> None:
    first = slept(0)
    os.kill(first, 9)
    printing._Place.started[os.getpid()].wait()
    assert slept(0) != first


def test_several_who_ask_at_once_start_one(apart: Path) -> None:
    found: list[int] = []
    askers = [threading.Thread(target=lambda: found.append(slept(0.01))) for _ in range(6)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert len(found) == 6
    assert len(set(found)) == 1


def test_whoever_waits_too_long_is_told_and_the_next_one_is_served(apart: Path) -> None:
    who = slept(0)
    print_apart(apart, patience_s=0.3)
    with pytest.raises(PressBusy):
        slept(1.0)
    print_apart(apart, patience_s=30)
    assert slept(0) == who


def test_it_ends_when_whoever_started_it_has_gone_and_leaves_no_socket(tmp_path: Path) -> None:
    place = tmp_path / "press.sock"
    assert run(partial(asks_and_goes, place)) == 0
    until = time.monotonic() + 30
    while place.exists():
        assert time.monotonic() < until
        time.sleep(0.1)


def test_a_page_that_cannot_be_printed_now_says_so(app: Flask, visit, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy() -> None:
        raise PressBusy

    usual = app.view_functions["home.robots"]
    busy.access_rule = usual.access_rule  # type: ignore[attr-defined]
    app.view_functions["home.robots"] = busy
    try:
        answer = visit(None).client.get("/robots.txt")
    finally:
        app.view_functions["home.robots"] = usual
    assert answer.status_code == 503
    assert "L’impression est occupée" in answer.text


def test_what_cannot_travel_back_is_told_by_its_kind() -> None:
    task = (__name__, "unsendable", (), {})
    assert b"RuntimeError" in pressroom.printed_now(task)


def unsendable() -> None:
    class Odd(Exception):
        pass

    raise Odd
