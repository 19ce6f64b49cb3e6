"""The page that a workshop left, taken into the book: everybody who was there is asked, and whoever led it, apart."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from collectifs.across.services.tidying import tidy
from collectifs.book.domain.asking import Asked, Known, PageStatus
from collectifs.book.domain.page import Page
from collectifs.book.domain.work import MailBookPageAskedHost, MailBookPageAskedRegistered
from collectifs.book.models import BookConsent, BookEntry
from collectifs.book.queries.books import BookAccess, get_book
from collectifs.book.queries.editions import published
from collectifs.book.queries.own import told_of_answers
from collectifs.book.queries.pages import PageAccess, get_page, open_page, pages_of
from collectifs.book.queries.sources import workshop_candidates_for
from collectifs.book.services import answering, asking, pages, publishing
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.models import ERASED
from collectifs.network.models import Registration
from collectifs.network.queries.pages import page_left_by
from collectifs.network.services.attendance import mark_who_came
from collectifs.network.services.pages import take_up_page, withdraw_page
from collectifs.network.services.perishing import forget_registrations_at
from collectifs.network.services.registrations import withdraw_registration
from collectifs.people.domain.person import Role
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent
from tests import booking, eventing, factories
from tests.asked import asked
from tests.eventing import Day

PARIS = ZoneInfo("Europe/Paris")
LAST_EVENING, TURNED = datetime(2027, 8, 31, 20, tzinfo=PARIS), datetime(2027, 9, 2, 4, tzinfo=PARIS)


class Left:
    """A workshop of two people with its host, whose page was agreed to, and the book of its territory."""

    def __init__(self, place, moment) -> None:
        self.day = Day(place)
        self.day.first.host, self.day.first.host_address = "Maëlle Aubry", "maelle@academie.example"
        self.people = [self.day.comes(given="Solène"), self.day.comes(given="Yann")]
        self.other = self.day.comes(self.day.second)
        moment.shift(timedelta(days=21, hours=4))  # the workshop is over
        self.day.saw(*self.people)
        moment.shift(timedelta(days=12))
        self.left = eventing.page(self.day.first, "Comment laisser chercher ?")
        inspector = factories.user("Agnès")
        factories.grant(inspector, Role.INSPECTOR, place)
        self.inspector, self.place = inspector, place
        self.book = booking.book(place, 2026)
        (entry,) = pages.take_sources(self.access, [self.left.id], now=clock.now(), by=self.by)
        self.entry_id = entry.id

    @property
    def by(self):
        return factories.person(self.inspector)

    @property
    def access(self) -> BookAccess:
        db.session.flush()
        return get_book(self.book.id)

    @property
    def page(self) -> PageAccess:
        db.session.flush()
        db.session.expire_all()
        return get_page(self.entry_id)

    @property
    def status(self) -> PageStatus:
        return self.page.life.status(clock.now())

    @property
    def everybody(self) -> list[Asked]:
        people = [Asked(Known.REGISTERED, each.id) for each in self.people]
        return [*people, Asked(Known.HOST, self.day.first.id)]

    def says(self, question: str) -> None:
        page = self.page
        said = Page("", SheetContent(question, (Answer("Se taire.", AnswerKind.CONSIDERED),)))
        pages.edit_page(page, said, revision=page.entry.revision, kept=(), now=clock.now(), by=self.by)

    def ask(self) -> None:
        asking.ask_about_page(self.page, now=clock.now(), by=self.by)

    def answer(self, *who: Asked, agreed: bool = True) -> None:
        for each in who or self.everybody:
            page = self.page
            answering.answer_page(page, digest=page.entry.digest, agreed=agreed, now=clock.now(), by=each)

    def publish(self, *names: str) -> None:
        """With pages of collectives, so that nobody is recognised even without this one."""
        for name in names or ("Ajoncs", "Bruyères", "Callunes"):
            copy = booking.copy_of_another(self.place, name, by=self.inspector)
            booking.asked(booking.page(self.book, booking.text(), copy.id), self.inspector, answer="oui")
        edition = publishing.edition_of(self.access, now=clock.now())
        publishing.publish_edition(self.access, digest=edition.digest(), now=clock.now(), by=self.by)
        db.session.flush()


@pytest.fixture
def left(app, place, moment) -> Left:
    return Left(place, moment)


def test_only_what_was_agreed_to_is_taken_and_once(left: Left):
    eventing.page(left.day.second, proposed_at=None, deadline_at=None, proposal_id=None)
    assert workshop_candidates_for(left.access) == []
    with pytest.raises(RuleBroken, match="Cochez"):
        pages.take_sources(left.access, [left.left.id], now=clock.now(), by=left.by)
    assert open_page(left.page.entry).content.question == "Comment laisser chercher ?"


def test_each_one_who_was_there_is_asked_and_the_host_apart_and_one_silence_is_no_yes(left: Left, moment):
    left.ask()
    assert {each.registration_id for each in asked(MailBookPageAskedRegistered)} == {each.id for each in left.people}
    assert [each.workshop_id for each in asked(MailBookPageAskedHost)] == [left.day.first.id]
    *present, host = left.everybody
    left.answer(*present)
    assert left.status is PageStatus.ASKED, "the host has not answered"
    moment.shift(timedelta(days=15))
    assert left.status is PageStatus.REFUSED
    left.ask()
    assert len(asked(MailBookPageAskedRegistered)) == 2, "who answered to this very text is not asked twice"
    left.answer(host)
    assert left.status is PageStatus.AGREED
    assert left.page.entry.agreed_at == clock.now()


def test_one_no_is_enough_and_can_be_changed_until_it_is_printed(left: Left):
    left.ask()
    left.answer()
    left.answer(left.everybody[0], agreed=False)
    assert left.status is PageStatus.REFUSED
    assert left.page.entry.agreed_at is None
    left.answer(left.everybody[0])
    assert left.status is PageStatus.AGREED


def test_whoever_was_not_there_is_not_asked(left: Left):
    left.ask()
    with pytest.raises(RuleBroken, match="ne vous est pas posée"):
        left.answer(Asked(Known.REGISTERED, left.other.id))


def test_one_word_more_and_each_is_asked_again(left: Left):
    left.ask()
    left.answer()
    left.says("Comment laisser chercher, longtemps ?")
    assert left.status is PageStatus.WRITING
    assert left.page.entry.agreed_at is None
    left.ask()
    assert left.status is PageStatus.ASKED


@pytest.mark.parametrize("account", [False, True])
def test_whoever_goes_before_saying_yes_leaves_a_page_that_the_book_never_asks_again(left: Left, moment, account: bool):
    left.ask()
    silent, *others = left.everybody
    left.answer(*others)
    if account:
        forget_registrations_at(left.people[0].address, now=clock.now())
    else:
        withdraw_registration(left.people[0], left.day.access, now=clock.now())
    assert left.status is PageStatus.REFUSED, "what is left all said yes, and that is no agreement"
    left.answer(others[0])
    assert left.status is PageStatus.REFUSED
    with pytest.raises(RuleBroken, match="a effacé son inscription"):
        left.ask()
    assert silent.id not in {each.id for each in left.page.asked} or not account


def test_whoever_goes_leaves_a_page_that_no_book_takes(left: Left):
    left.day.saw(left.other)
    eventing.page(left.day.second)
    assert len(workshop_candidates_for(left.access)) == 1
    withdraw_registration(left.other, left.day.access, now=clock.now())
    db.session.expire_all()
    assert workshop_candidates_for(left.access) == []


def test_agreement_outlives_those_who_gave_it_and_silence_does_not_become_one(left: Left, moment):
    left.ask()
    left.answer()
    silent = booking.page(left.book, booking.text("Comment se taire ?"))
    left.day.saw(left.other)
    source = eventing.page(left.day.second)
    factories.add(booking.BookSource(entry_id=silent.id, workshop_page_id=source.id))
    asking.ask_about_page(get_page(silent.id), now=clock.now(), by=left.by)
    moment.move_to(TURNED)
    assert get_page(silent.id).life.status(clock.now()) is PageStatus.REFUSED, "before anything was tidied"
    tidy(now=clock.now())
    db.session.expire_all()
    assert db.session.query(Registration).count() == 0
    assert db.session.query(BookConsent).filter(BookConsent.registration_id.is_not(None)).count() == 0
    assert left.status is PageStatus.AGREED
    assert db.session.get_one(BookEntry, silent.id).body == ERASED
    assert [each.entry.id for each in pages_of(left.access)] == [left.entry_id]
    left.publish()
    assert "Comment laisser chercher ?" in published(left.access).edition.to_json()


def test_once_they_are_forgotten_no_word_of_it_changes(left: Left, moment):
    left.ask()
    left.answer()
    moment.move_to(TURNED)
    with pytest.raises(RuleBroken, match="paraît telle quelle"):
        left.says("Comment laisser chercher, longtemps ?")
    pages.set_page_aside(left.page, now=clock.now(), by=left.by)
    assert left.status is PageStatus.SET_ASIDE


def test_nobody_is_asked_in_the_last_days_and_the_delay_ends_with_the_season(left: Left, moment):
    moment.move_to(LAST_EVENING - timedelta(days=6))
    left.ask()
    assert left.page.entry.deadline_at.astimezone(PARIS).date() == LAST_EVENING.date()
    moment.move_to(LAST_EVENING - timedelta(days=1))
    left.says("Comment laisser chercher, longtemps ?")
    with pytest.raises(RuleBroken, match="trop tard"):
        left.ask()


@pytest.mark.parametrize(
    "question",
    [
        "Comment dire à Solène que l’on ne sait pas ?",
        "Comment faire comme Maëlle Aubry, sans répondre ?",
        "Comment tenir, comme au collège de la Brume ?",
        "Comment garder ce que disait Une journée pour apprendre entre collègues ?",
        "Comment le refaire le 3 février ?",
    ],
)
def test_nothing_that_tells_the_day_its_place_or_its_people_is_put_to_anybody(left: Left, question: str):
    left.says(question)
    with pytest.raises(RuleBroken, match="ni nom, ni date, ni lieu"):
        left.ask()


def test_the_commune_of_the_day_is_a_place_too(left: Left):
    left.day.event.place = "collège de la Brume, Sainte-Aure"
    left.says("Comment chercher à Sainte-Aure ?")
    with pytest.raises(RuleBroken, match="ni nom, ni date, ni lieu"):
        left.ask()


def test_a_host_who_can_be_told_nothing_and_a_page_that_is_written_again_wait(left: Left):
    left.day.first.host_address = ""
    with pytest.raises(RuleBroken, match="n’a pas encore son lien"):
        left.ask()
    left.day.first.host_address = "maelle@academie.example"
    take_up_page(page_left_by(left.day.workshop(left.day.first)), now=clock.now(), by=None)
    with pytest.raises(RuleBroken, match="s’écrit de nouveau"):
        left.ask()


def test_a_presence_that_was_noted_late_is_asked_before_all_have_agreed(left: Left, moment):
    late = left.people[1]
    left.day.choice(late).came_at = None
    left.ask()
    assert len(left.page.asked) == 2
    there = {each.id for each in left.people}
    mark_who_came(left.day.workshop(left.day.first), there, shown=there, now=clock.now(), by=None)
    left.answer(*(each for each in left.everybody if each.id != late.id))
    assert left.status is PageStatus.ASKED
    assert len(left.page.asked) == 3
    left.answer(Asked(Known.REGISTERED, late.id))
    assert left.status is PageStatus.AGREED


def test_whoever_turns_out_not_to_have_been_there_is_asked_no_more(left: Left):
    left.ask()
    left.says("Comment laisser chercher, longtemps ?")
    left.day.choice(left.people[1]).came_at = None
    left.ask()
    assert {each.id for each in left.page.asked} == {left.people[0].id, left.day.first.id}


@pytest.mark.parametrize("who", [0, 2])
def test_printed_it_is_withdrawn_by_whoever_was_there_or_led_it(left: Left, who: int):
    left.ask()
    left.answer()
    left.publish()
    answering.withdraw_page(left.page, now=clock.now(), by=left.everybody[who])
    after = published(left.access)
    assert after.edition.number == 2
    assert "laisser chercher" not in after.edition.to_json()
    assert db.session.get_one(BookEntry, left.entry_id).body == ERASED


def test_the_page_of_the_workshop_taken_back_takes_the_printed_one_along(left: Left):
    left.ask()
    left.answer()
    left.publish()
    withdraw_page(page_left_by(left.day.workshop(left.day.first)), now=clock.now())
    db.session.flush()
    assert "laisser chercher" not in published(left.access).edition.to_json(), "the site, at once"
    answering.follow_withdrawals(now=clock.now())
    db.session.flush()
    assert published(left.access).edition.number == 2


def test_emptied_with_its_season_it_is_not_taken_back(left: Left, moment):
    left.ask()
    left.answer()
    left.publish()
    moment.move_to(TURNED)
    tidy(now=clock.now())
    answering.follow_withdrawals(now=clock.now())
    db.session.expire_all()
    assert left.left.body == ERASED
    assert left.status is PageStatus.PRINTED
    assert "laisser chercher" in published(left.access).edition.to_json()


def test_a_workshop_counts_as_one_collective_and_the_book_says_how_many_collectives_wrote(left: Left):
    left.ask()
    left.answer()
    left.publish("Ajoncs", "Bruyères")
    edition = published(left.access).edition
    assert [len(each.entries) for each in edition.themes] == [3]
    assert edition.collectives == 2


def test_united_with_a_sheet_it_is_asked_of_both_circles_and_keeps_what_either_takes_up(left: Left, place):
    left.ask()
    left.answer()
    copy = booking.copy_of_another(place, "Ajoncs", by=left.inspector)
    other = booking.page(left.book, booking.text(), copy.id, change="Deux réponses de plus")
    former = booking.page(booking.book(place, 2025), printed_at=clock.now())
    other.continues_id = former.id
    booking.asked(other, left.inspector, answer="oui")
    db.session.flush()
    pages.merge_pages(left.page, get_page(other.id), now=clock.now(), by=left.by)
    page = left.page
    assert (page.entry.continues_id, page.entry.change) == (former.id, "Deux réponses de plus")
    assert {each.kind.value for each in page.sources} == {"sheet", "workshop"}
    assert len(page.circles) == 2
    assert left.status is PageStatus.WRITING


def test_one_s_own_copy_tells_what_one_answered_with_the_account_or_by_the_address(left: Left):
    left.ask()
    left.answer(left.everybody[0])
    [told] = told_of_answers(left.inspector.id, left.people[0].address)
    assert told["votre réponse"] == "oui"
    [other] = told_of_answers(left.inspector.id, left.people[1].address)
    assert other["votre réponse"] == "pas encore de réponse"
