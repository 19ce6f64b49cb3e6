"""A page of the book through its life: taken, reworded, asked about, answered, printed, withdrawn."""

from datetime import timedelta

import pytest

from collectifs.book.domain.asking import PageStatus
from collectifs.book.domain.edition import Entry
from collectifs.book.domain.page import Page
from collectifs.book.models import BookConsent, BookEdition, BookEntry, BookRendering
from collectifs.book.queries.books import BookAccess, get_book
from collectifs.book.queries.editions import pages_to_continue, published
from collectifs.book.queries.pages import PageAccess, get_page, open_page, pages_of
from collectifs.book.queries.sources import candidates_for
from collectifs.book.services import answering, asking, pages, publishing
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.models import ERASED, AuditEvent
from collectifs.kernel.work import DestroyKey
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent
from tests import booking
from tests.asked import asked
from tests.circle import DAY, Circle


class Printing:
    """A circle whose sheet was transmitted, and the book of its territory."""

    def __init__(self, circle: Circle, moment) -> None:
        self.circle = circle
        circle.write_and_propose()
        moment.shift(6 * DAY)
        circle.submit()
        self.book = booking.book(circle.territory, circle.collective.season)
        self.by = circle.person(circle.inspector)
        (entry,) = pages.take_sources(self.access, [circle.copy.id], now=clock.now(), by=self.by)
        self.entry_id = entry.id

    @property
    def access(self) -> BookAccess:
        db.session.flush()
        return get_book(self.book.id)

    @property
    def page(self) -> PageAccess:
        db.session.flush()
        return get_page(self.entry_id)

    @property
    def status(self) -> PageStatus:
        return self.page.life.status(clock.now())

    def says(self, question: str = booking.QUESTION) -> None:
        page = self.page
        said = Page("", SheetContent(question, (Answer("Se taire.", AnswerKind.TRIED),)))
        pages.edit_page(page, said, revision=page.entry.revision, kept=(), now=clock.now(), by=self.by)

    def ask(self) -> None:
        asking.ask_about_page(self.page, now=clock.now(), by=self.by)

    def answers(self, who, agreed: bool = True, digest: str = "") -> None:
        by = self.circle.person(who)
        digest = digest or self.page.entry.digest
        answering.answer_page(self.page, digest=digest, agreed=agreed, now=clock.now(), by=by)

    def everybody_agrees(self) -> None:
        for who in (self.circle.pilot, self.circle.maud, self.circle.karim, self.circle.odile):
            self.answers(who)


@pytest.fixture
def printing(circle: Circle, moment) -> Printing:
    return Printing(circle, moment)


def others_agree(printing: Printing, *names: str) -> None:
    """Pages of other collectives, to which all said yes."""
    for name in names or ("Ajoncs", "Bruyères", "Callunes"):
        copy = booking.copy_of_another(printing.circle.territory, name, by=printing.circle.pilot)
        entry = booking.page(printing.book, booking.text(f"Comment faire place à l’imprévu, avec {name[0]} ?"), copy.id)
        booking.asked(entry, printing.circle.maud, answer="oui")


def published_now(printing: Printing) -> None:
    edition = publishing.edition_of(printing.access, now=clock.now())
    publishing.publish_edition(printing.access, digest=edition.digest(), now=clock.now(), by=printing.by)
    db.session.flush()


def test_a_sheet_that_was_taken_is_no_candidate_any_more(printing: Printing):
    assert printing.status is PageStatus.WRITING
    assert candidates_for(printing.access) == []
    with pytest.raises(RuleBroken, match="Cochez"):
        pages.take_sources(printing.access, [printing.circle.copy.id], now=clock.now(), by=printing.by)


def test_everybody_who_was_there_is_asked_and_one_silence_is_no_yes(printing: Printing, moment):
    printing.says()
    printing.ask()
    assert len(printing.page.asked_ids) == 4
    for who in (printing.circle.pilot, printing.circle.maud, printing.circle.karim):
        printing.answers(who)
    assert printing.status is PageStatus.ASKED
    moment.shift(15 * DAY)
    assert printing.status is PageStatus.REFUSED
    with pytest.raises(RuleBroken, match="délai est passé"):
        printing.answers(printing.circle.odile)
    printing.ask()
    printing.answers(printing.circle.odile)
    assert printing.status is PageStatus.AGREED, "what was said to this text still holds"


def test_whoever_presented_answers_apart_and_the_audit_says_nobody(printing: Printing):
    circle = printing.circle
    circle.presented_by(circle.maud)
    printing.says()
    printing.ask()
    printing.everybody_agrees()
    assert printing.status is PageStatus.ASKED
    said = {"digest": printing.page.entry.digest, "agreed": True, "now": clock.now()}
    with pytest.raises(RuleBroken, match="ne vous est pas posée"):
        answering.answer_page_as_presenter(printing.page, **said, by=circle.person(circle.karim))
    answering.answer_page_as_presenter(printing.page, **said, by=circle.person(circle.maud))
    assert printing.status is PageStatus.AGREED
    acts = db.session.query(AuditEvent).filter(AuditEvent.kind.like("book_%answered"))
    assert {each.actor_id for each in acts} == {None}


def test_a_no_is_enough_and_the_editor_sees_it_at_eighteen_hours_only(printing: Printing, moment):
    printing.says()
    printing.ask()
    printing.everybody_agrees()
    printing.answers(printing.circle.karim, agreed=False)
    assert printing.status is PageStatus.REFUSED
    before = clock.now() - timedelta(minutes=1)
    assert printing.page.life.seen(before).status(clock.now()) is PageStatus.ASKED
    with pytest.raises(RuleBroken, match="dit non à ce texte"):
        printing.ask()
    printing.answers(printing.circle.karim, agreed=True)
    assert printing.status is PageStatus.AGREED, "one may change one's mind until it is printed"


def test_one_word_more_and_every_yes_is_asked_for_again(printing: Printing):
    printing.says()
    printing.ask()
    printing.everybody_agrees()
    former = printing.page.entry.digest
    printing.says(booking.QUESTION.replace("première", "toute première"))
    assert printing.status is PageStatus.WRITING
    with pytest.raises(RuleBroken, match="repris ce texte"):
        printing.answers(printing.circle.maud, digest=former)
    printing.ask()
    with pytest.raises(RuleBroken, match="changé pendant que vous lisiez"):
        printing.answers(printing.circle.maud, digest=former)
    assert printing.status is PageStatus.ASKED


def test_two_windows_of_the_editor_overwrite_nothing(printing: Printing):
    page = printing.page
    stale = page.entry.revision
    printing.says()
    with pytest.raises(RuleBroken, match="Rien n’a été écrasé"):
        pages.edit_page(printing.page, booking.text(), revision=stale, kept=(), now=clock.now(), by=printing.by)


@pytest.mark.parametrize(
    "question",
    [
        "Comment parler à Karim sans décider à sa place ?",
        "Comment revenir sur le 14 novembre sans accuser ?",
        "Comment accueillir au collège Jean-Moulin ?",
        "Comment faire quand Les Tilleuls se taisent ?",
    ],
)
def test_nothing_that_names_is_put_to_anybody(printing: Printing, question: str):
    printing.says(question)
    with pytest.raises(RuleBroken, match="ni nom, ni date, ni lieu"):
        printing.ask()
    assert db.session.query(BookConsent).count() == 0


def test_a_book_of_one_collective_is_not_printed(printing: Printing):
    with pytest.raises(RuleBroken, match="Aucune page"):
        publishing.edition_of(printing.access, now=clock.now())
    printing.says()
    printing.ask()
    printing.everybody_agrees()
    with pytest.raises(RuleBroken, match="Moins de trois collectifs"):
        publishing.edition_of(printing.access, now=clock.now())


def test_withdrawn_after_publication_it_leaves_the_site_at_once_and_the_next_edition_is_made(printing: Printing):
    printing.says()
    printing.ask()
    printing.everybody_agrees()
    others_agree(printing)
    published_now(printing)
    first = published(printing.access)
    assert first.is_whole
    assert booking.QUESTION in first.edition.to_json()
    assert printing.status is PageStatus.PRINTED
    with pytest.raises(RuleBroken, match="Vous pouvez la retirer"):
        printing.answers(printing.circle.maud, agreed=False)
    key = printing.page.entry.key_id
    answering.withdraw_page(printing.page, now=clock.now(), by=printing.circle.person(printing.circle.odile))
    second = published(printing.access)
    assert (first.edition.number, second.edition.number) == (1, 2)
    assert booking.QUESTION not in second.edition.to_json()
    assert sum(each.is_withdrawn for each in second.edition.entries()) == 1
    former = db.session.query(BookEdition).filter_by(number=1).one()
    assert former.body == ERASED
    assert db.session.get_one(BookEntry, printing.entry_id).body == ERASED
    assert db.session.query(BookConsent).filter_by(entry_id=printing.entry_id).count() == 0
    assert db.session.query(BookRendering).count() == 0
    assert {key, former.key_id} <= {each.key_id for each in asked(DestroyKey)}


def test_a_sheet_that_its_collective_takes_back_takes_its_printed_page_along(printing: Printing):
    printing.says()
    printing.ask()
    printing.everybody_agrees()
    others_agree(printing)
    published_now(printing)
    printing.circle.withdraw(printing.circle.karim)
    db.session.flush()
    at_once = published(printing.access)
    assert not at_once.is_whole
    assert booking.QUESTION not in at_once.edition.to_json()
    answering.follow_withdrawals(now=clock.now())
    db.session.flush()
    after = published(printing.access)
    assert after.is_whole
    assert after.edition.number == 2


def test_what_is_published_is_what_was_shown_before_the_click(printing: Printing):
    printing.says()
    printing.ask()
    printing.everybody_agrees()
    others_agree(printing)
    shown = publishing.edition_of(printing.access, now=clock.now())
    others_agree(printing, "Droséras")
    with pytest.raises(RuleBroken, match="pendant que vous lisiez"):
        publishing.publish_edition(printing.access, digest=shown.digest(), now=clock.now(), by=printing.by)


def test_two_pages_become_one_with_both_circles(printing: Printing):
    others_agree(printing, "Ajoncs")
    other = next(each for each in pages_of(printing.access) if each.entry.id != printing.entry_id)
    with pytest.raises(RuleBroken, match="les uns liraient les autres"):
        pages.merge_pages(printing.page, other, now=clock.now(), by=printing.by)
    printing.says()
    printing.ask()
    printing.everybody_agrees()
    pages.merge_pages(printing.page, other, now=clock.now(), by=printing.by)
    page = printing.page
    assert len(page.sources) == 2
    assert len(page.collectives) == 2
    said = open_page(page.entry)
    assert len({each.text for each in said.content.answers}) == len(said.content.answers) > 1
    assert db.session.query(BookEntry).count() == 1


@pytest.fixture
def last_year(printing: Printing) -> BookEntry:
    """The page of the former book, as it was printed."""
    former = booking.book(printing.circle.territory, printing.book.season - 1)
    row = booking.page(former, printed_at=clock.now())
    others = tuple(Entry(f"e{number}", number, "Comment ouvrir ?") for number in (2, 3, 4))
    booking.edition(former, entries=(Entry(str(row.id), 1, booking.QUESTION), *others))
    db.session.flush()
    return row


def takes_up(printing: Printing, what, change: str = "") -> None:
    pages.place_page(printing.page, theme_id=None, see=[], continues_id=what, change=change)


def test_a_page_that_takes_up_last_year_s_is_said_reworded_with_its_sentence(printing: Printing, last_year: BookEntry):
    takes_up(printing, last_year.id, "Deux  réponses de plus")
    printing.says("Comment ouvrir un entretien, à deux ?")
    printing.ask()
    printing.everybody_agrees()
    others_agree(printing)
    found = publishing.edition_of(printing.access, now=clock.now()).changes
    assert [(each.id, each.what) for each in found.reworded] == [(str(printing.entry_id), "Deux réponses de plus")]
    assert len(found.new) == 3


def test_taking_up_a_page_asks_nobody_again(printing: Printing, last_year: BookEntry):
    printing.says()
    printing.ask()
    printing.everybody_agrees()
    takes_up(printing, last_year.id, "Deux réponses de plus")
    assert printing.status is PageStatus.AGREED


@pytest.mark.parametrize(
    ("change", "why"),
    [("Dite par Maud cette fois", "Maud"), ("Reprise le 12 mars", "12 mars"), ("Dite à 8 h, comme alors", "8 h")],
)
def test_the_sentence_of_what_changed_names_nobody(printing: Printing, last_year: BookEntry, change: str, why: str):
    with pytest.raises(RuleBroken, match=why) as refused:
        takes_up(printing, last_year.id, change)
    assert refused.value.field == "change"
    assert printing.page.entry.change == ""


def test_only_what_still_stands_in_the_former_book_is_taken_up(printing: Printing, last_year: BookEntry):
    with pytest.raises(RuleBroken, match="y figure encore"):
        takes_up(printing, printing.entry_id)
    with pytest.raises(RuleBroken, match="videz la phrase"):
        takes_up(printing, None, "Deux réponses de plus")
    last_year.withdrawn_at = clock.now()
    db.session.flush()
    assert pages_to_continue(printing.access) == []
    with pytest.raises(RuleBroken, match="y figure encore"):
        takes_up(printing, last_year.id)


def test_last_year_s_page_withdrawn_leaves_no_sentence_in_this_year_s_book(printing: Printing, last_year: BookEntry):
    takes_up(printing, last_year.id, "Deux réponses de plus")
    printing.says("Comment ouvrir un entretien, à deux ?")
    printing.ask()
    printing.everybody_agrees()
    others_agree(printing)
    published_now(printing)
    assert published(printing.access).edition.changes.gone == 0
    answering.take_out(get_page(last_year.id), now=clock.now())
    found = published(printing.access).edition
    assert (found.number, found.changes.reworded, found.changes.gone) == (2, (), 1)
    assert str(printing.entry_id) in found.changes.new
    assert "Deux réponses de plus" not in found.to_json()


def test_a_page_withdrawn_takes_its_sentence_of_what_changed_along(printing: Printing, last_year: BookEntry):
    takes_up(printing, last_year.id, "Deux réponses de plus")
    printing.says("Comment ouvrir un entretien, à deux ?")
    printing.ask()
    printing.everybody_agrees()
    others_agree(printing)
    published_now(printing)
    printing.page.entry.withdrawn_at = clock.now()
    assert "Deux réponses de plus" not in published(printing.access).edition.to_json(), (
        "at once, before it is reprinted"
    )
    answering.take_out(printing.page, now=clock.now())
    found = published(printing.access).edition
    assert (found.number, found.changes.reworded, len(found.changes.new)) == (2, (), 3)
