"""What a test says to the database: the shape of each statement, whatever its values, and what the database refuses.

Services and pages are many and say the same things over and over: PostgreSQL hears those that say what no other test
says, and no statement of the application is left out. What a test alone asks, to see how it went, chooses nobody.
"""

import sys
from collections.abc import Iterator
from heapq import heapify, heappop, heapreplace
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

APPLICATION = Path(__file__).parents[1] / "collectifs"


class Statements:
    """Hears every statement of this process; processes forked from one another know a shape by the same number.

    The same words for many rows at once, or refused by the database, are another statement. Of questions, those count
    that came from `asking`; of what is written all, since a test may flush what a service left to be written."""

    def __init__(self, asking: Path = APPLICATION) -> None:
        self._asking = str(asking)
        self._heard: set[int] = set()
        event.listen(Engine, "before_cursor_execute", self.hear)
        event.listen(Engine, "handle_error", self.hear_refused)

    def hear(self, _connection: Any, _cursor: Any, statement: str, _values: Any, context: Any, many: bool) -> None:
        compiled = getattr(context, "compiled", None)
        said = statement if compiled is None else compiled.string
        shape = hash((said, many))
        if shape not in self._heard and (not said.startswith("SELECT") or self._is_asking()):
            self._heard.add(shape)

    def _is_asking(self) -> bool:
        frame = sys._getframe(2)
        while frame.f_back is not None and not frame.f_code.co_filename.startswith(self._asking):
            frame = frame.f_back
        return frame.f_code.co_filename.startswith(self._asking)

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
    """The tests that PostgreSQL hears, chosen when the last of those that matter has been run: few of them, that say
    together what the tests that it hears anyway do not say. Tests go by their places."""

    def __init__(self, candidates: set[int], heard_anyway: set[int]) -> None:
        self._candidates = candidates
        self._awaited = candidates | heard_anyway
        self._said: dict[int, set[int]] = {}

    def note(self, place: int, statements: set[int]) -> list[int]:
        """A test that was run; those chosen, if it was the last one awaited."""
        if place not in self._awaited:
            return []
        self._awaited.remove(place)
        self._said[place] = statements
        return [] if self._awaited else sorted(self._chosen())

    def _chosen(self) -> Iterator[int]:
        """Whoever says most that is new, again and again: less is said than in the order of the files."""
        heard = set().union(*(said for place, said in self._said.items() if place not in self._candidates))
        waiting = [(-len(self._said[place] - heard), place) for place in self._candidates]
        heapify(waiting)  # what one would have said first may have been said meanwhile: it is counted again, and waits
        while waiting and waiting[0][0]:
            _, place = waiting[0]
            new = self._said[place] - heard
            if -len(new) == waiting[0][0]:
                heard |= new
                yield heappop(waiting)[1]
            else:
                heapreplace(waiting, (-len(new), place))
