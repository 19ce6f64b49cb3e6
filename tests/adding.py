"""Rows that tests add, each by one statement: as a flush leaves them, at a third of its cost.

A flush asks of all that waits what depends on what, in which order it goes and what it takes with it. Here one row
comes alone, and no relationship of the application writes. What is not so simple is flushed: other rows that wait to be
written, a value that the database alone can give. What is sent goes through the types of the columns, as ever, and so
do their refusals.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Column, Dialect, insert, inspect
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session


def add_to(session: Session, row: Any) -> None:
    """Have a new row in the session, and in the database."""
    state = inspect(row)
    is_alone = state.transient and session._is_clean()
    session.add(row)
    session.dispatch.before_flush(session, None, None)
    connection = session.connection()
    insertion = _insertion(type(row), connection.dialect)
    held = state.dict
    if not is_alone or (filled := insertion.filled(held)) is None:
        session.flush()
        return
    try:
        connection.exec_driver_sql(insertion.statement, insertion.sent(held | filled))
    except BaseException:
        (session.get_nested_transaction() or session).rollback()
        raise
    held.update(filled)
    session._register_persistent({state})


class _Insertion:
    """How a row of one table is written to one kind of database."""

    def __init__(self, kind: type, dialect: Dialect) -> None:
        mapper = inspect(kind)
        columns = {mapper.get_property_by_column(each).key: each for each in mapper.local_table.columns}
        compiled = insert(mapper.local_table).compile(
            dialect=dialect, column_keys=[each.key for each in columns.values()]
        )
        self.statement = compiled.string
        self._may_lack = {name: _when_it_lacks(each) for name, each in columns.items() if _matters(each)}
        named = {each.key: (name, compiled._bind_processors.get(each.key)) for name, each in columns.items()}
        self._places = compiled.positiontup
        self._written = [(key, *named[key]) for key in self._places or named]

    def filled(self, held: Mapping[str, Any]) -> dict[str, Any] | None:
        """What stands where the row says nothing; none when the database, or a flush, must say it."""
        lacking = [name for name in self._may_lack if held.get(name) is None]
        fillers = {name: self._may_lack[name] for name in lacking}
        return None if None in fillers.values() else {name: fill() for name, fill in fillers.items()}

    def sent(self, values: Mapping[str, Any]) -> Any:
        """The values as the driver takes them. Raises StatementError, as a flush does, when a column refuses its."""
        try:
            sent = {key: write(values.get(name)) if write else values.get(name) for key, name, write in self._written}
        except Exception as refused:
            raise StatementError(
                f"({type(refused).__name__}) {refused}", self.statement, None, refused, hide_parameters=True
            ) from refused
        return tuple(sent.values()) if self._places else sent


_insertion = cache(_Insertion)


def _matters(column: Column[Any]) -> bool:
    """Whether a row that says nothing about a column is more than a row without a value there."""
    filled = column.default is not None or column.server_default is not None
    return filled or column.primary_key or column.type.should_evaluate_none


def _when_it_lacks(column: Column[Any]) -> Callable[[], Any] | None:
    """What gives the value, unless that is not ours."""
    default = column.default
    if default is None or not (default.is_scalar or default.is_callable):
        return None
    return (lambda: default.arg(None)) if default.is_callable else lambda: default.arg
