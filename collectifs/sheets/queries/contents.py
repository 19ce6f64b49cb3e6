"""A sheet's content out of a sealed column, whatever became of its bytes."""

from collectifs.kernel.models import HasKey
from collectifs.kernel.vault import Tampered
from collectifs.kernel.vault.texts import Column, note_closed, open_text
from collectifs.sheets.domain.sheet import CLOSED_SHEET, SheetContent


def content_of(row: HasKey, column: Column) -> SheetContent:
    """The content; the one line of a text that does not open any more. Raises Perished, once erased too."""
    try:
        return SheetContent.from_json(open_text(row, column))
    except Tampered:
        note_closed(column)
        return CLOSED_SHEET
