"""One transaction per request, and the two named ways around it."""

import ast
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask, abort
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from collectifs.kernel.errors import MovedMeanwhile, RuleBroken
from collectifs.kernel.extensions import db, only_reading
from collectifs.people.models import Territory
from collectifs.web.transaction import answer_afterwards, made_apart, own_transaction, remember, run_view
from tests import factories

PACKAGE = Path(__file__).parents[1] / "collectifs"
# What may outlive a refusal: function that uses it -> why.
USES_OF_REMEMBER = {
    "blueprints/auth/routes.py": "failed sign-ins are counted even though nothing else is kept",
    "blueprints/engagement/routes.py": "whoever guesses at the code of a paper is counted",
    "blueprints/campaign/own.py": "the sound answers of a candidate are kept, one wrong answer beside them or not",
    "blueprints/events/door.py": "whoever guesses at the addresses of a workshop is counted",
}
USES_OF_TRACED = {
    **dict.fromkeys(
        ("blueprints/review/routes.py", "blueprints/book/pages.py", "blueprints/book/printing.py"),
        "whoever reads for the institution leaves a trace, or does not read",
    ),
}


def territories() -> int:
    count = db.session.execute(text("SELECT count(*) FROM territories")).scalar_one()
    db.session.rollback()
    return count


def request_that(app: Flask, method: str, view: Callable[[], object]) -> object:
    db.session.rollback()
    with app.test_request_context("/", method=method):
        return run_view(view)


@pytest.mark.parametrize(
    ("method", "answer", "kept"),
    [("POST", ("", 302), 1), ("POST", "bien", 1), ("POST", ("", 422), 0), ("POST", ("", 500), 0)],
)
def test_a_post_keeps_what_it_wrote_only_below_400(app: Flask, method: str, answer: object, kept: int) -> None:
    def view() -> object:
        factories.territory()
        return answer

    request_that(app, method, view)
    assert territories() == kept


@pytest.mark.parametrize("failure", [RuleBroken("non"), ZeroDivisionError()])
def test_an_exception_keeps_nothing(app: Flask, failure: Exception) -> None:
    def view() -> object:
        factories.territory()
        raise failure

    with pytest.raises(type(failure)):
        request_that(app, "POST", view)
    assert territories() == 0


def test_a_get_keeps_nothing(app: Flask) -> None:
    with pytest.raises(Exception) if db.engine.dialect.name == "postgresql" else _nothing():
        request_that(app, "GET", lambda: factories.territory() and "bien")
    assert territories() == 0


def test_what_takes_long_is_done_once_the_transaction_is_over(app: Flask) -> None:
    found: list[int] = []

    def view() -> object:
        factories.territory()
        answer_afterwards(lambda: found.append(territories()) or "mesuré")
        return "bien"

    assert request_that(app, "POST", view).get_data() == "mesuré".encode()
    assert found == [1], "another connection would find it: it is committed"


def test_what_takes_long_is_made_apart_and_the_view_run_again_with_it(app: Flask) -> None:
    found: list[int] = []

    def view() -> object:
        factories.territory()
        return made_apart("la page", lambda: found.append(territories()) or "mesurée")

    assert request_that(app, "POST", view).get_data() == "mesurée".encode()
    assert found == [0], "made once, while nothing was written"
    assert territories() == 1


def test_what_is_never_the_same_twice_is_refused_in_the_end(app: Flask) -> None:
    tries: list[int] = []
    with pytest.raises(MovedMeanwhile):
        request_that(app, "POST", lambda: made_apart(len(tries), lambda: tries.append(1)))
    assert territories() == 0


def test_nothing_is_done_afterwards_for_what_failed(app: Flask) -> None:
    def view() -> object:
        answer_afterwards(pytest.fail)
        raise RuleBroken("non")

    with pytest.raises(RuleBroken):
        request_that(app, "POST", view)


def test_what_is_remembered_outlives_the_refusal(app: Flask) -> None:
    def view() -> object:
        factories.territory("perdu")
        remember(lambda: factories.territory("gardé"))
        abort(404)

    with pytest.raises(Exception, match="404"):
        request_that(app, "POST", view)
    assert [row.name for row in db.session.query(Territory)] == ["gardé"]


def test_two_writers_at_once_lose_nothing(app: Flask) -> None:
    territory_id = factories.territory().id
    db.session.commit()

    def add_one() -> None:
        row = db.session.get_one(Territory, territory_id)
        row.name = str(int(row.name) + 1) if row.name.isdigit() else "1"

    def work() -> None:
        with app.app_context():
            for _ in range(10):
                with app.test_request_context("/", method="POST"):
                    run_view(lambda: add_one() or "bien")

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert db.session.get_one(Territory, territory_id).name == "30"


def test_a_key_just_taken_by_another_writer_is_looked_at_again(app: Flask) -> None:
    """PostgreSQL may refuse the second of two writers for the key that the first took: its check is then made anew."""
    taken = factories.territory().id
    db.session.commit()
    looks: list[int] = []

    def view() -> object:
        looks.append(len(looks))
        return ("pris", 422) if looks[1:] else factories.territory(id=taken)

    def answer() -> int:
        with app.test_request_context("/", method="POST"):
            return run_view(view).status_code

    if db.engine.dialect.name == "postgresql":
        assert answer() == 422
    else:  # one writer at a time: nothing was taken since the check
        with pytest.raises(IntegrityError):
            answer()


def test_a_reader_does_not_stop_a_writer(app: Flask) -> None:
    with only_reading():
        assert territories() == 0
        db.session.execute(text("SELECT count(*) FROM territories"))
        done = threading.Event()

        def write() -> None:
            with app.app_context():
                own_transaction(factories.territory)
                done.set()

        thread = threading.Thread(target=write)
        thread.start()
        assert done.wait(5)
        thread.join()
        db.session.rollback()


def test_the_ways_around_are_used_where_the_list_says() -> None:
    found: dict[str, set[str]] = {"remember": set(), "traced": set()}
    for path in (PACKAGE / "blueprints").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            if isinstance(node.func, ast.Name) and node.func.id == "remember":
                found["remember"].add(str(path.relative_to(PACKAGE)))
            if any(word.arg == "traced" for word in node.keywords):
                found["traced"].add(str(path.relative_to(PACKAGE)))
    assert found == {"remember": set(USES_OF_REMEMBER), "traced": set(USES_OF_TRACED)}


class _nothing:  # noqa: N801  reads as the words of a test
    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...
