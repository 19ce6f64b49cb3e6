"""What PostgreSQL does not take, refused on whatever database: a text with NUL in it, one longer than its column.

SQLite keeps both without a word. Whoever types odd words into every form of the site needs PostgreSQL for nothing else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

NUL = "\x00"


class NotTaken(AssertionError):
    """PostgreSQL would have refused this statement."""


@contextmanager
def as_strict_as_postgresql(engine: Engine) -> Iterator[None]:
    """Within this block a statement whose values PostgreSQL would not take raises NotTaken."""
    event.listen(engine, "before_cursor_execute", _look)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", _look)


def _look(_connection: Any, _cursor: Any, statement: str, values: Any, context: Any, many: bool) -> None:
    for row in values if many else [values]:
        for value in row.values() if isinstance(row, dict) else row:
            if isinstance(value, str) and NUL in value:
                raise NotTaken(f"NUL: {statement}")
    if context.compiled is not None and (context.isinsert or context.isupdate):
        for given in context.compiled_parameters:
            _look_at_lengths(given, context.compiled.binds)


def _look_at_lengths(given: dict[str, Any], binds: dict[str, Any]) -> None:
    for name, value in given.items():
        most = getattr(binds[name].type, "length", None) if name in binds else None
        if isinstance(value, str) and most is not None and len(value) > most:
            raise NotTaken(f"{name}: {len(value)} letters for {most}")
