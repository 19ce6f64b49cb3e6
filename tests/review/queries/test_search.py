"""The words of the sheets: sixty questions, the same answers in the same order whatever the database."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import make_url

from collectifs.kernel import clock, vault
from collectifs.kernel.extensions import db
from collectifs.kernel.vault.texts import seal_text
from collectifs.kernel.word_index import WordIndex
from collectifs.people.models import Territory
from collectifs.review.domain.pile import PileFilter
from collectifs.review.domain.search import Search
from collectifs.review.jobs.indexing import follow
from collectifs.review.queries.pile import piled
from collectifs.review.queries.search import found_by
from collectifs.sheets.domain.sheet import SheetContent
from collectifs.sheets.models import SubmittedSheet
from tests import factories
from tests.circle import DAY, HOUR, Circle
from tests.review.search_cases import CASES, ODD, SHEETS


def submitted(circle: Circle, where: Territory, number: int, words: str) -> SubmittedSheet:
    row = SubmittedSheet(
        id=uuid4(),
        sheet_id=circle.sheet.id,
        version_number=number,
        territory_id=where.id,
        season=2026,
        collective_code=f"C{number}",
        month=clock.now().date(),
        key_id=vault.make_key(),
        submitted_at=clock.now() + number * HOUR,
        submitted_by_id=circle.pilot.id,
    )
    seal_text(row, SubmittedSheet.body, SheetContent(words, ()).to_json())
    return factories.add(row)


@pytest.fixture
def index(app: Flask) -> Iterator[WordIndex]:
    """An index that holds nothing yet."""
    index: WordIndex = app.extensions["word_index"]
    yield index
    shutil.rmtree(index.folder, ignore_errors=True)


@pytest.fixture
def asked(app: Flask, index: WordIndex) -> Callable[[str], list[str]]:
    """The names of the sheets that answer a question, as the pile shows them."""
    circle, elsewhere = Circle(), factories.territory("Hautes-Sources")
    names = {submitted(circle, circle.territory, n, words).id: name for n, (name, words) in enumerate(SHEETS.items())}
    submitted(circle, elsewhere, 99, " ".join(SHEETS.values()))
    assert follow(index, now=clock.now())
    here = frozenset({circle.territory.id})

    def ask(typed: str) -> list[str]:
        found = found_by(index, Search.of(typed), here, 2026)
        pile = piled(PileFilter(here, 2026, circle.inspector.id, found=found), 1)
        return [names[each.facts.id] for each in pile]

    return ask


def test_every_question_of_the_table_has_its_answers_in_their_order(asked):
    assert len(CASES) >= 60
    assert {typed: "".join(asked(typed)) for typed, _ in CASES} == dict(CASES)


def test_odd_questions_are_words_like_others(asked):
    for typed in ODD:
        assert set(asked(typed)) <= set(SHEETS), typed


def files_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_withdrawn_nothing_of_it_is_left_anywhere(
    app: Flask, index: WordIndex, moment: Any, caplog: pytest.LogCaptureFixture
):
    circle = Circle()
    circle.write(SheetContent("Comment le zorglubard, alors que tout presse ?", factories.content().answers))
    circle.propose()
    moment.shift(6 * DAY)
    circle.submit()
    other = submitted(Circle(), circle.territory, 50, "Une autre, qui reste là.")
    db.session.commit()
    assert follow(index, now=clock.now())
    here = frozenset({circle.territory.id})
    assert found_by(index, Search.of("zorglubards"), here, 2026) == {circle.copy.id}
    assert b"zorglub" in files_of(index.folder), "the canary is where it may be, and only there"
    assert b"zorglub" not in everything_kept(app)
    circle.withdraw(circle.karim)
    db.session.commit()
    assert follow(index, now=clock.now())
    assert found_by(index, Search.of("zorglubards"), here, 2026) == frozenset()
    assert found_by(index, Search.of("reste"), here, 2026) == {other.id}
    assert b"zorglub" not in files_of(index.folder) + everything_kept(app)
    assert "zorglub" not in caplog.text


def everything_kept(app: Flask) -> bytes:
    """The files of the database, its log among them, the keys, and what a dump would hold."""
    settings = app.extensions["settings"]
    folders = {settings.data, settings.keys_dir}
    if (base := make_url(settings.database_url)).get_backend_name() == "sqlite":
        folders.add(Path(base.database or "").parent)
    rows = [
        str(row).encode()
        for table in db.metadata.sorted_tables
        for row in db.session.execute(table.select())  # on PostgreSQL the files are elsewhere: its rows are what leaves
    ]
    index = app.extensions["word_index"].folder
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return b"".join([*rows, *(path.read_bytes() for path in files if index not in path.parents)])


def test_the_index_is_for_its_owner_alone(index: WordIndex, asked):
    assert index.folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in index.folder.iterdir()} == {0o600}
    index.folder.chmod(0o755)
    with pytest.raises(PermissionError):
        index.write("autre", "1", [])


def test_it_follows_what_comes_and_makes_nothing_twice(app: Flask, index: WordIndex, monkeypatch):
    circle = Circle()
    submitted(circle, circle.territory, 1, "Une première.")
    assert not index.is_whole
    assert follow(index, now=clock.now())
    assert index.is_whole
    made: list[str] = []
    write = index.write
    monkeypatch.setattr(index, "write", lambda drawer, *rest: made.append(drawer) or write(drawer, *rest))
    assert follow(index, now=clock.now())
    assert made == []
    new = submitted(circle, circle.territory, 2, "Une deuxième, plus tard.")
    assert follow(index, now=clock.now())
    assert len(made) == 1
    here = frozenset({circle.territory.id})
    assert found_by(index, Search.of("deuxièmes"), here, 2026) == {new.id}


def test_a_worker_killed_while_it_makes_a_drawer_leaves_the_former_one(app: Flask, index: WordIndex, asked):
    def broken():
        yield str(UUID(int=1)), ["mot"]
        raise MemoryError

    drawer = next(iter(index.drawers() - {"whole"}))
    before = index.mark(drawer)
    with pytest.raises(MemoryError):
        index.write(drawer, "autre", broken())
    assert index.mark(drawer) == before
    assert asked("detresse") == ["A"]


def test_a_worker_that_ends_takes_the_index_along(index: WordIndex, asked):
    assert index.is_whole
    index.clear()
    assert not index.is_whole
    assert list(index.folder.iterdir()) == []


def test_long_work_is_shared_between_rounds(app: Flask, index: WordIndex):
    circle = Circle()
    for number in range(3):
        submitted(circle, factories.territory(f"Terre {number}"), 1 + number, "Une fiche.")
    assert not follow(index, now=clock.now(), longest=-1)
    assert not index.is_whole
    assert follow(index, now=clock.now())


def killed_while_writing(index: WordIndex) -> None:
    """A worker's process writes two texts into a drawer, and is killed before the third."""

    def texts() -> Iterator[tuple[str, list[str]]]:
        yield from ((str(uuid4()), ["detress"]), (str(uuid4()), ["classe"]))
        os.kill(os.getpid(), signal.SIGKILL)

    pid = os.fork()
    if pid == 0:
        try:
            index.write("0a-2026", "mark", texts())
        finally:
            os._exit(1)
    assert os.WTERMSIG(os.waitpid(pid, 0)[1]) == signal.SIGKILL


def test_nothing_is_left_of_what_a_killed_worker_was_writing_once_another_one_looks(index: WordIndex) -> None:
    killed_while_writing(index)
    left = [path.name for path in index.folder.iterdir()]
    assert len(left) == 1
    assert left[0].startswith(".0a-2026.")
    being_made = index.folder / f".0b-2026.{os.getppid()}"
    being_made.touch()
    assert follow(index, now=clock.now())
    assert {path.name for path in index.folder.iterdir()} == {being_made.name, "whole"}, "the other is still at it"
