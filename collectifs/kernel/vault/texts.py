"""Sealing a text into a column and opening it again: the place to which it is bound is that of the row and the column.

A place is never written by hand: a column that is misspelt is no attribute, one of another table is refused, and bytes
that were moved to another row, column or key do not open.
"""

from typing import Any, overload

from sqlalchemy.orm import QueryableAttribute

from collectifs.kernel.journal import structlog
from collectifs.kernel.models import HasId, HasKey, SealedText
from collectifs.kernel.text.typed import CLOSED
from collectifs.kernel.vault import Perished, Tampered, current_vault

log = structlog.get_logger()
Column = QueryableAttribute[SealedText] | QueryableAttribute[SealedText | None]


@overload
def seal_text(row: HasKey, column: Column, text: str) -> None: ...
@overload
def seal_text(row: HasId, column: Column, text: str, *, under: HasKey) -> None: ...
def seal_text(row: HasId, column: Column, text: str, *, under: HasKey | None = None) -> None:
    """Seal a text into `column` of `row`, under the key that the row names, or that the row `under` names for it.

    The row has its id and its key by then. Raises Perished or KeysAway.
    """
    key_id = _key_id(row, under)
    sealed = current_vault().seal(text, key_id, _place(row, column, key_id))
    setattr(row, column.key, SealedText(sealed))


@overload
def open_text(row: HasKey, column: Column) -> str: ...
@overload
def open_text(row: HasId, column: Column, *, under: HasKey) -> str: ...
def open_text(row: HasId, column: Column, *, under: HasKey | None = None) -> str:
    """The text that was sealed into `column` of `row`. Raises Perished, once erased too; Tampered or KeysAway."""
    key_id = _key_id(row, under)
    place = _place(row, column, key_id)
    sealed: SealedText | None = getattr(row, column.key)
    if not sealed:
        raise Perished
    return current_vault().open_sealed(sealed, key_id, place)


def text_or_closed(row: HasKey, column: Column) -> str:
    """The text, for somebody who reads it among others; one line that says so when it does not open.

    Raises Perished, once erased too, or KeysAway.
    """
    try:
        return open_text(row, column)
    except Tampered:
        note_closed(column)
        return CLOSED


def note_closed(column: Column) -> None:
    """Say in the log that a text of this column does not open; `flask check` says of how many keys and columns."""
    log.error("text_closed", column=str(column))


def _key_id(row: HasId, under: HasKey | None) -> str:
    holder = under or row
    if not isinstance(holder, HasKey) or (under and isinstance(row, HasKey)):
        raise TypeError(f"{type(row).__name__}: one row names the key, itself or the other")
    return holder.key_id


def _place(row: HasId, column: Column, key_id: str) -> str:
    """The associated data of a sealed text: where it stands. What was sealed before opens by these very words."""
    owner: type[Any] = column.property.parent.class_
    if not isinstance(row, owner):
        raise TypeError(f"{column} is no column of {type(row).__name__}")
    if not row.id or not key_id:
        raise ValueError("a row is given its id and its key before a text is sealed into it")
    return f"{owner.__tablename__}/{row.id}/{column.key}/{key_id}"
