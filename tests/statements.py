"""What a test says to the database: the shape of each statement, whatever its values.

The pages are many and say the same things over and over: PostgreSQL hears those that say what no other test says, and
no statement is left out.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Engine, event


class Statements:
    """Hears every statement of this process; processes forked from one another know a shape by the same number."""

    def __init__(self) -> None:
        self._heard: set[int] = set()
        event.listen(Engine, "before_cursor_execute", self.hear)

    def hear(self, _connection: Any, _cursor: Any, statement: str, _values: Any, context: Any, _many: bool) -> None:
        compiled = getattr(context, "compiled", None)
        self._heard.add(hash(compiled.string if compiled is not None else statement))

    def taken(self) -> set[int]:
        """What was said since the last time."""
        taken, self._heard = self._heard, set()
        return taken


class Choice:
    """The pages that PostgreSQL hears, chosen when the last of the tests that matter has been run: in their order,
    those that say what neither those before them say nor the tests that it hears anyway. Tests go by their places."""

    def __init__(self, pages: set[int], heard_anyway: set[int]) -> None:
        self._pages, self._awaited = sorted(pages), pages | heard_anyway
        self._said: dict[int, set[int]] = {}

    def note(self, place: int, statements: set[int]) -> list[int]:
        """A test that was run; the pages chosen, if it was the last one awaited."""
        if place not in self._awaited:
            return []
        self._awaited.remove(place)
        self._said[place] = statements
        return [] if self._awaited else list(self._chosen())

    def _chosen(self) -> Iterator[int]:
        heard = set().union(*(said for place, said in self._said.items() if place not in self._pages))
        for place in self._pages:
            if self._said[place] - heard:
                heard |= self._said[place]
                yield place
