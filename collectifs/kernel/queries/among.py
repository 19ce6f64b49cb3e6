"""A condition on many ids that travels as one value.

Hundreds of parameters are each looked at by SQLAlchemy and by the driver, and make another statement for each number
of them: PostgreSQL plans it anew every time.
"""

import json
from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, Dialect, Text, bindparam, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator


class _Ids(TypeDecorator[Collection[UUID]]):
    """Ids as the database writes a list of them."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Collection[UUID] | None, dialect: Dialect) -> str:
        """In JSON for SQLite, as an array for PostgreSQL."""
        ids = value or ()
        if dialect.name == "sqlite":
            return json.dumps([each.hex for each in ids])
        return f"{{{','.join(map(str, ids))}}}"


class _Listed(FunctionElement[UUID]):
    """The ids of the one value, as rows."""

    inherit_cache = True
    name = "listed"


@compiles(_Listed, "sqlite")
def _from_json(element: "_Listed", compiler: SQLCompiler, **how: Any) -> str:
    bound = compiler.process(element.clauses, **how)
    return f"(SELECT value FROM json_each({bound}))"  # noqa: S608  the name of a parameter


@compiles(_Listed, "postgresql")
def _from_array(element: "_Listed", compiler: SQLCompiler, **how: Any) -> str:
    bound = compiler.process(element.clauses, **how)
    return f"(SELECT unnest(CAST({bound} AS UUID[])))"


def among(column: Any, told: str) -> ColumnElement[bool]:
    """Whether a column of ids holds one of these, of which the statement is `told` under this name.

    « IS TRUE »: the list is read once and looked into, row after row. Without it PostgreSQL may make a join of it, and
    where it takes the rows for one alone (the first days of a season, of which it knows nothing) begin the list again
    for each.
    """
    listed = _Listed(bindparam(told, type_=_Ids()))
    holds: ColumnElement[bool] = column.op("IN", is_comparison=True, return_type=Boolean())(listed)
    return holds.is_(true())
