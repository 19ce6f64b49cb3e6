"""Short lists of several subjects, read in one statement: each of them gives its lines in one shape."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Integer, Select, String, cast, literal, null, select, union_all

from collectifs.kernel.extensions import db
from collectifs.kernel.models import UtcDateTime

NOTHING = null()


@dataclass(frozen=True)
class ShortLine:
    """A line of one of the lists: which list, what it is about, and what else that list says of it."""

    kind: str
    id: UUID
    name: str | None
    at: datetime | None
    number: int | None


def short_line(kind: str, id_: Any, *, name: Any = NOTHING, at: Any = NOTHING, number: Any = NOTHING) -> Select[Any]:
    """The lines of one list; what it does not say has the type that another needs."""
    said = ((name, String()), (at, UtcDateTime()), (number, Integer()))
    others = (cast(value, type_) if value is NOTHING else value for value, type_ in said)
    return select(literal(kind).label("kind"), id_.label("id"), *others)


def together(*lists: Select[Any]) -> CompoundSelect[Any]:
    """Several lists as one statement: written once, it is compiled once."""
    return union_all(*lists)


def read_lines(lists: CompoundSelect[Any], told: Mapping[str, Any]) -> list[ShortLine]:
    """Their lines, in no order: few enough to be ordered by whoever shows them. `told`: what the lists ask for."""
    return [ShortLine(*row) for row in db.session.execute(lists, told)]
