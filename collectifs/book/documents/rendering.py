"""Every file of an edition, by its format."""

from collections.abc import Callable, Mapping

from collectifs.book.documents.epub import book_epub
from collectifs.book.documents.paper import book_pdf
from collectifs.book.documents.text import book_text
from collectifs.book.domain.edition import BookFormat, Edition

_MADE_BY: Mapping[BookFormat, Callable[[Edition], bytes]] = {
    BookFormat.TEXT: lambda edition: book_text(edition).encode(),
    BookFormat.EPUB: book_epub,
    BookFormat.A5: lambda edition: book_pdf(edition, BookFormat.A5).pdf,
    BookFormat.A4: lambda edition: book_pdf(edition, BookFormat.A4).pdf,
}
QUICKEST_FIRST = tuple(_MADE_BY)


def render(edition: Edition, form: BookFormat) -> bytes:
    """The bytes of one format; the same edition gives the same."""
    return _MADE_BY[form](edition)
