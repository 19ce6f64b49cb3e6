"""The book as its editor, its territory and those who are asked find it."""

import pytest

from collectifs.book.domain.asking import PageStatus
from collectifs.book.domain.edition import Entry
from collectifs.book.models import Book, BookEntry
from collectifs.book.queries.pages import get_page
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.people.domain.person import Role
from collectifs.sheets.models import ReadingTrace
from tests import booking, factories
from tests.circle import DAY, Circle


@pytest.fixture
def entry(circle: Circle, moment):
    circle.write_and_propose()
    moment.shift(6 * DAY)
    circle.submit()
    book = booking.book(circle.territory, circle.collective.season)
    booking.theme(book)
    made = booking.page(book, booking.text(title="Le premier mot"), circle.copy.id)
    db.session.commit()
    return made.id


def send(visitor, url, **fields):
    """A form of a page, sent as it stands there."""
    return visitor.open(url, "POST", {"csrf_token": visitor.token(), **fields})


def status_of(entry_id) -> PageStatus:
    db.session.rollback()
    return get_page(entry_id).life.status(clock.now())


def test_the_editor_reads_beside_the_sheet_and_each_reading_is_noted(circle: Circle, visit, entry):
    before = db.session.query(ReadingTrace).count()
    db.session.rollback()
    page = visit(circle.inspector).open(f"/recueil-pages/{entry}")
    assert "La fiche telle qu’elle a été transmise" in page.text
    assert "Ce qui a changé depuis la fiche" in page.text
    assert db.session.query(ReadingTrace).count() == before + 1


def test_the_management_reads_numbers_and_no_page(circle: Circle, visit, entry):
    manager = factories.user("Laurent", "Diaz")
    factories.grant(manager, Role.MANAGER, circle.territory)
    book_id = db.session.get_one(BookEntry, entry).book_id
    db.session.commit()
    page = visit(manager).open(f"/recueil/{book_id}")
    assert "Pages en relecture" in page.text
    for words in ("Le premier mot", "B7", booking.QUESTION):
        assert words not in page.text


def test_a_page_is_asked_about_read_and_answered_and_a_stale_answer_is_refused_in_words(circle: Circle, visit, entry):
    editor = visit(circle.inspector)
    editor.open(f"/recueil-pages/{entry}")
    send(editor, f"/recueil-pages/{entry}/demander")
    assert status_of(entry) is PageStatus.ASKED
    maud = visit(circle.maud)
    page = maud.open(f"/pages-du-recueil/{entry}")
    for words in (
        "Une copie partie ne revient pas",
        booking.QUESTION,
        "Oui, publier cette page",
        "Non, ne pas la publier",
    ):
        assert words in page.text
    db.session.rollback()
    digest = get_page(entry).entry.digest
    stale = send(maud, f"/pages-du-recueil/{entry}/repondre", digest="0" * 64, agreed="oui")
    assert "Le texte a changé pendant que vous lisiez" in stale.text
    answered = send(maud, f"/pages-du-recueil/{entry}/repondre", digest=digest, agreed="non")
    assert "Vous avez dit non" in answered.text
    assert status_of(entry) is PageStatus.REFUSED
    assert "pas publiée" not in editor.open(f"/recueil-pages/{entry}").text, "shown at 8 h or 18 h"


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(circle: Circle, visit, entry):
    editor = visit(circle.inspector)
    page = editor.open(f"/recueil-pages/{entry}")
    assert "Enregistrer la page" in page.text
    words = {"revision": "0", "title": "", "question": "", "answers-0-text": "Ce que je tapais", "words": ""}
    answer = send(editor, f"/recueil-pages/{entry}", **words, **{"answers-0-kind": "tried"})
    assert "Écrivez la problématique." in answer.text
    assert answer.status == 422
    assert "Ce que je tapais" in str(answer.soup)


def test_last_year_s_page_is_taken_up_by_hand_and_what_changed_is_read_beside(circle: Circle, visit, entry):
    former = booking.book(circle.territory, circle.collective.season - 1)
    row = booking.page(former, printed_at=clock.now())
    booking.edition(former, entries=(Entry(str(row.id), 1, booking.QUESTION),))
    before, address = str(row.id), f"/recueil-pages/{entry}"
    db.session.commit()
    editor = visit(circle.inspector)
    assert "fiche 1" in str(editor.open(address).soup)
    refused = send(editor, f"{address}/ranger", theme="", continues=before, change="Dite par Maud, autrement")
    assert refused.status == 422
    assert "ferait reconnaître quelqu’un" in refused.text
    assert "Dite par Maud, autrement" in str(refused.soup)
    assert "Le premier mot" in str(refused.soup), "the page itself is there as it is kept"
    page = send(editor, f"{address}/ranger", theme="", continues=before, change="Deux réponses ajoutées")
    assert "C’est rangé." in page.text
    assert "Ce qui a changé depuis l’an dernier" in page.text
    assert "La réponse 1 est nouvelle" in page.text


def test_what_leads_elsewhere_stays_ticked_while_the_text_is_refused(circle: Circle, visit, entry):
    row = db.session.get_one(BookEntry, entry)
    other = booking.page(db.session.get_one(Book, row.book_id), booking.text("Comment se taire ?"), position=2)
    row.see = [str(other.id)]
    ticked = f"input[name=see][value='{other.id}'][checked]"
    db.session.commit()
    editor = visit(circle.inspector)
    assert editor.open(f"/recueil-pages/{entry}").soup.select(ticked)
    refused = send(editor, f"/recueil-pages/{entry}", revision="0", question="")
    assert refused.status == 422
    assert refused.soup.select(ticked)
