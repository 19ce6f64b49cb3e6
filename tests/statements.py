"""What a test says to the database: the shape of each statement, whatever its values, and what the database refuses.

Services and pages are many and say the same things over and over: PostgreSQL hears those that say what no other test
says, and no statement is left out.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext


class Statements:
    """Hears every statement of this process; processes forked from one another know a shape by the same number.

    The same words for many rows at once, or refused by the database, are another statement."""

    def __init__(self) -> None:
        self._heard: set[int] = set()
        event.listen(Engine, "before_cursor_execute", self.hear)
        event.listen(Engine, "handle_error", self.hear_refused)

    def hear(self, _connection: Any, _cursor: Any, statement: str, _values: Any, context: Any, many: bool) -> None:
        compiled = getattr(context, "compiled", None)
        said = statement if compiled is None else compiled.string
        self._heard.add(hash((said, many)))

    def hear_refused(self, refused: ExceptionContext) -> None:
        self._heard.add(hash((refused.statement, type(refused.original_exception).__name__)))

    def taken(self) -> set[int]:
        """What was said since the last time."""
        taken, self._heard = self._heard, set()
        return taken

    def stop(self) -> None:
        """Hear no more."""
        event.remove(Engine, "before_cursor_execute", self.hear)
        event.remove(Engine, "handle_error", self.hear_refused)


class Choice:
    """The tests that PostgreSQL hears, chosen when the last of those that matter has been run: in their order, those
    that say what neither those before them say nor the tests that it hears anyway. Tests go by their places."""

    def __init__(self, candidates: Iterable[int], heard_anyway: set[int]) -> None:
        self._candidates = list(candidates)
        self._awaited = heard_anyway.union(self._candidates)
        self._said: dict[int, set[int]] = {}

    def note(self, place: int, statements: set[int]) -> list[int]:
        """A test that was run; those chosen, if it was the last one awaited."""
        if place not in self._awaited:
            return []
        self._awaited.remove(place)
        self._said[place] = statements
        return [] if self._awaited else list(self._chosen())

    def _chosen(self) -> Iterator[int]:
        chosen_from = set(self._candidates)
        heard = set().union(*(said for place, said in self._said.items() if place not in chosen_from))
        for place in self._candidates:
            if self._said[place] - heard:
                heard |= self._said[place]
                yield place
