"""A sheet's content out of a sealed column, whatever became of its bytes."""

from collections.abc import Callable
from typing import TypeVar

from collectifs.kernel.models import HasKey
from collectifs.kernel.vault import Tampered
from collectifs.kernel.vault.texts import Column, note_closed, open_text
from collectifs.sheets.domain.sheet import CLOSED_SHEET, SheetContent

Read = TypeVar("Read")


def content_of(row: HasKey, column: Column) -> SheetContent:
    """The content; the one line of a text that does not open any more. Raises Perished, once erased too."""
    return _opened(row, column, SheetContent.from_json, CLOSED_SHEET)


def question_of(row: HasKey, column: Column) -> str:
    """Its question alone, likewise."""
    return _opened(row, column, SheetContent.question_of, CLOSED_SHEET.question)


def _opened(row: HasKey, column: Column, read: Callable[[str], Read], closed: Read) -> Read:
    try:
        return read(open_text(row, column))
    except Tampered:
        note_closed(column)
        return closed
