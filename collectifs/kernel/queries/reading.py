"""Asked once while a page is read: within a transaction that only reads, the same question has the same answer.

A page that writes asks each time. What is remembered goes away with the transaction.
"""

from collections.abc import Callable, Iterable
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar, cast

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from collectifs.kernel.extensions import db, is_only_reading

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")
KEPT, HELD = "answers_while_reading", "rows_while_reading"


class Once(Generic[P, R]):
    """A query whose answers are kept while a page is read; `know` gives one that came with others."""

    def __init__(self, query: Callable[P, R]) -> None:
        self._query = query
        self.before: Callable[..., None] | None = None
        update_wrapper(self, query)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        if not is_only_reading() or kwargs:
            return self._query(*args, **kwargs)
        if not self.knows(*args) and self.before is not None:
            self.before(*cast(tuple[Any, ...], args))
        return self.alone(*args, **kwargs)

    def alone(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """The answer without what usually comes with it: for an answer that shows nothing else."""
        if not is_only_reading() or kwargs:
            return self._query(*args, **kwargs)
        known = _answers()
        if (self, args) not in known:
            known[self, args] = self._query(*args, **kwargs)
        return cast(R, known[self, args])

    def know(self, answer: R, *args: Any) -> None:
        """Remember an answer that a larger question brought."""
        if is_only_reading():
            _answers()[self, args] = answer

    def knows(self, *args: Any) -> bool:
        """Whether this question was answered already."""
        return is_only_reading() and (self, args) in _answers()


def hold(rows: Iterable[T]) -> list[T]:
    """Rows that stay at hand while the page is read: asking for one by id is no query any more."""
    found = list(rows)
    if is_only_reading():
        db.session().info.setdefault(HELD, []).extend(found)
    return found


def _answers() -> dict[Any, Any]:
    answers: dict[Any, Any] = db.session().info.setdefault(KEPT, {})
    return answers


@event.listens_for(Session, "after_transaction_end")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(KEPT, None)
        session.info.pop(HELD, None)
