"""What nobody may read of a book: who wrote it, where, what was withdrawn; looked for in every byte of its formats."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pikepdf
import pypdfium2
from flask import Flask

from collectifs.book.documents.rendering import render
from collectifs.book.domain.edition import BookFormat, Edition
from collectifs.book.queries.books import get_book
from collectifs.book.queries.editions import published
from collectifs.book.queries.pages import get_page
from collectifs.book.services import answering, publishing
from collectifs.collectives.models import Membership
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from tests import booking
from tests.circle import DAY, Circle

WITHDRAWN = "Zibeline"  # stands in the question, an answer, the title, the index and the sentence of what changed
STAYS = "Marjolaine"
PLACES = ("Chanterelle", "Tournesolles")


def unpacked(form: BookFormat, content: bytes) -> Iterator[str]:
    """Every text of a file: names, parts, words drawn, what it says of itself, each stream as it is inside."""
    if form is BookFormat.TEXT:
        yield content.decode()
    elif form is BookFormat.EPUB:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            yield " ".join(book.namelist())
            yield from (book.read(name).decode() for name in book.namelist())
    else:
        with pypdfium2.PdfDocument(content) as pdf:
            yield " ".join(re.sub(r"\s+", " ", leaf.get_textpage().get_text_bounded()) for leaf in pdf)
        with pikepdf.open(io.BytesIO(content)) as file:
            for each in file.objects:
                yield (
                    each.read_bytes().decode("latin-1")
                    if isinstance(each, pikepdf.Stream)
                    else each.unparse().decode("latin-1")
                )


def site(app: Flask, slug: str) -> Iterator[str]:
    """Every public page of a book, from its contents on, with its data."""
    visitor, seen, asked = app.test_client(), set(), [f"/recueils/{slug}", f"/recueils/{slug}/changements/donnees"]
    while asked:
        address = asked.pop()
        if address in seen or not address.startswith("/recueils"):
            continue
        seen.add(address)
        answer = visitor.get(address)
        if "html" in (answer.content_type or "") or "json" in (answer.content_type or ""):
            yield answer.get_data(as_text=True)
            asked += re.findall(r'href="([^"#?]+)"', answer.get_data(as_text=True))
    assert len(seen) > 6


def forbidden(circle: Circle) -> set[str]:
    """Names of people, of collectives, their communes and schools, what was withdrawn."""
    people = (circle.pilot, circle.maud, circle.karim, circle.odile, circle.inspector)
    names = {each.family_name for each in people} | {each.address for each in people}
    return {*names, circle.collective.name, "Ajoncs", "Bruyères", "Genêts", *PLACES, WITHDRAWN}


def test_neither_people_nor_places_nor_what_was_withdrawn_stand_in_any_byte(circle: Circle, moment, app: Flask):
    book = published_book(circle, moment)
    before = published(get_book(book.id)).edition
    assert WITHDRAWN in before.to_json()
    gone = next(each.id for each in before.entries() if WITHDRAWN in each.question)
    answering.take_out(get_page(UUID(gone)), now=clock.now())
    db.session.commit()
    edition = published(get_book(book.id)).edition
    texts = [*of_formats(edition), *site(app, book.slug)]
    for words in forbidden(circle):
        assert not [text[:80] for text in texts if words.lower() in text.lower()], words
    assert sum(STAYS in text for text in texts) > 8


def of_formats(edition: Edition) -> Iterator[str]:
    for form in BookFormat:
        yield from unpacked(form, render(edition, form))


def published_book(circle: Circle, moment):
    """Four pages of four collectives, all agreed to, one of which takes up a page of the former book."""
    circle.write_and_propose()
    moment.shift(6 * DAY)
    circle.submit()
    for each in db.session.query(Membership):
        each.school, each.work_commune = (f"École {PLACES[0]}", PLACES[1])
    book = booking.book(circle.territory, circle.collective.season)
    theme = booking.theme(book)
    for place, name in enumerate(("", "Ajoncs", "Bruyères", "Genêts")):
        copy = booking.copy_of_another(circle.territory, name, by=circle.pilot) if name else circle.copy
        word = WITHDRAWN if place == 1 else STAYS
        said = booking.text(f"Comment faire place à la {word} ?", title=f"La {word}, encore", words=(word,))
        entry = booking.page(book, said, copy.id, theme_id=theme.id, position=place + 1)
        booking.asked(entry, circle.maud, answer="oui")
    db.session.flush()
    moment.shift(timedelta(hours=1))
    access = get_book(book.id)
    edition = publishing.edition_of(access, now=clock.now())
    publishing.publish_edition(access, digest=edition.digest(), now=clock.now(), by=circle.person(circle.inspector))
    db.session.flush()
    return book
