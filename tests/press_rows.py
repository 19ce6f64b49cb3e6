"""The edition of press_edition.py, published: a row for each of its pages, themes and workshops."""

from typing import Any
from uuid import UUID, uuid4

from collectifs.book.domain.edition import Edition
from collectifs.book.models import BookChapter, BookEdition, BookTheme
from collectifs.kernel import clock, vault
from collectifs.kernel.vault.texts import seal_text
from tests import booking, factories
from tests.press_edition import EDITION

IDS = {name: UUID(int=at) for at, name in enumerate(("e1", "e2", "e3", "e4", "e5", "w1", "t1", "t2"), 1)}


def published(territory: Any) -> BookEdition:
    """The edition of `press_edition.py`, with a row for each page, theme and workshop."""
    text = EDITION.to_json()
    for name, id_ in IDS.items():
        text = text.replace(f'"{name}"', f'"{id_}"')
    said = Edition.from_json(text)
    book = booking.book(territory)
    for theme in ("t1", "t2"):
        factories.add(BookTheme(id=IDS[theme], book_id=book.id, title="…", position=1))
    for entry in ("e1", "e2", "e3", "e4", "e5"):
        booking.page(book, theme_id=IDS["t1"], printed_at=clock.now()).id = IDS[entry]
    factories.add(BookChapter(id=IDS["w1"], book_id=book.id, position=1, canvas_id="genot-soutoul", title="…"))
    row = BookEdition(
        id=uuid4(), key_id=vault.make_key(), book_id=book.id, number=2, published_at=clock.now(), digest=said.digest()
    )
    seal_text(row, BookEdition.body, said.to_json())
    return factories.add(row)
