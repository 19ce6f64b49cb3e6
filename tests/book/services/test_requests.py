"""A change that is asked for instead of an answer, and the reminder by hand: read without a name, dead in time."""

import pytest

from collectifs.book.domain.asking import PageStatus
from collectifs.book.domain.work import MailBookReminder
from collectifs.book.models import BookChangeRequest, BookEntry
from collectifs.book.queries.books import get_book
from collectifs.book.queries.pages import get_page
from collectifs.book.queries.requests import requests_counted, sentence_of, sentences_on
from collectifs.book.services import answering, pages, requests
from collectifs.book.services.asking import ask_about_page
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent
from tests import booking
from tests.asked import told
from tests.circle import DAY, Circle

SHORTER = "La question est trop longue, on s’y perd."


class Asking:
    """A page of the circle that is asked of Maud and Karim."""

    def __init__(self, circle: Circle, moment) -> None:
        circle.write_and_propose()
        moment.shift(6 * DAY)
        circle.submit()
        self.circle = circle
        self.book = booking.book(circle.territory, circle.collective.season)
        self.entry = booking.page(self.book, submitted_id=circle.copy.id)
        booking.asked(self.entry, circle.maud, circle.karim)
        db.session.flush()

    @property
    def page(self):
        db.session.flush()
        return get_page(self.entry.id)

    def wants(self, who, said: str = SHORTER) -> None:
        by = self.circle.person(who)
        requests.ask_for_change(self.page, said, digest=self.entry.digest, now=clock.now(), by=by)

    def answers(self, who, *, agreed: bool = True) -> None:
        by = self.circle.person(who)
        answering.answer_page(self.page, digest=self.entry.digest, agreed=agreed, now=clock.now(), by=by)

    def reminds(self) -> int:
        db.session.flush()
        by = self.circle.person(self.circle.inspector)
        return requests.remind_silent(get_book(self.book.id), now=clock.now(), by=by)

    @property
    def read(self) -> list[str]:
        db.session.flush()
        return sentences_on(self.entry.id)


@pytest.fixture
def asking(circle: Circle, moment) -> Asking:
    return Asking(circle, moment)


def test_a_change_is_read_without_a_name_is_no_yes_and_takes_the_place_of_one(asking: Asking):
    asking.answers(asking.circle.karim)
    asking.answers(asking.circle.maud)
    assert asking.page.life.status(clock.now()) is PageStatus.AGREED
    asking.wants(asking.circle.maud)
    asking.wants(asking.circle.maud, "  Une   phrase plus courte. ")
    assert asking.read == ["Une phrase plus courte."]
    assert sentence_of(asking.entry.id, asking.circle.maud.id) == "Une phrase plus courte."
    assert sentence_of(asking.entry.id, asking.circle.karim.id) == ""
    assert requests_counted([asking.entry.id]) == {asking.entry.id: 1}
    assert asking.page.life.status(clock.now()) is PageStatus.ASKED
    acts = db.session.query(AuditEvent).filter_by(kind="book_change_asked")
    assert {each.actor_id for each in acts} == {None}


def test_what_several_ask_for_stands_in_the_order_of_letters(asking: Asking):
    asking.wants(asking.circle.maud, "Une phrase plus courte.")
    asking.wants(asking.circle.karim, "À la réponse 2, dire « on peut ».")
    assert asking.read == ["À la réponse 2, dire « on peut ».", "Une phrase plus courte."]


def test_it_dies_as_its_person_answers(asking: Asking):
    asking.wants(asking.circle.maud)
    asking.answers(asking.circle.maud)
    assert asking.read == []
    assert db.session.query(BookChangeRequest).count() == 0


def test_it_is_there_while_the_text_is_reworded_and_dies_as_that_is_asked_about(asking: Asking):
    asking.wants(asking.circle.maud)
    by = asking.circle.person(asking.circle.inspector)
    shorter = booking.text("Comment ouvrir un entretien ?")
    pages.edit_page(asking.page, shorter, revision=asking.entry.revision, kept=(), now=clock.now(), by=by)
    assert asking.read == [SHORTER]
    with pytest.raises(RuleBroken, match="a repris ce texte"):
        asking.wants(asking.circle.karim)
    ask_about_page(asking.page, now=clock.now(), by=by)
    assert asking.read == []


def test_a_sentence_that_names_somebody_of_the_circle_is_refused(asking: Asking):
    with pytest.raises(RuleBroken, match="Odile"):
        asking.wants(asking.circle.maud, "Odile ne l’avait pas dit ainsi.")
    with pytest.raises(RuleBroken, match="changé pendant que vous lisiez"):
        requests.ask_for_change(
            asking.page, SHORTER, digest="0" * 64, now=clock.now(), by=asking.circle.person(asking.circle.maud)
        )
    assert asking.read == []


def test_the_silent_are_reminded_by_hand_once_a_week_and_nobody_else(asking: Asking, moment):
    with pytest.raises(RuleBroken, match="moins d’une semaine"):
        asking.reminds()
    moment.shift(7 * DAY)
    asking.wants(asking.circle.karim)
    assert asking.reminds() == 1
    assert told(MailBookReminder) == {asking.circle.maud.id}
    with pytest.raises(RuleBroken, match="moins d’une semaine"):
        asking.reminds()
    asking.answers(asking.circle.maud)
    with pytest.raises(RuleBroken, match="personne à relancer"):
        asking.reminds()


def test_a_page_that_was_set_aside_or_lapsed_reminds_nobody(asking: Asking, moment):
    moment.shift(15 * DAY)
    with pytest.raises(RuleBroken, match="personne à relancer"):
        asking.reminds()
    assert db.session.get_one(BookEntry, asking.entry.id).asked_at
