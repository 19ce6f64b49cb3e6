"""« Publier cette page dans le recueil ? », as people without an account find it: by the link of a mail."""

from datetime import timedelta

import pytest

from collectifs.book.domain.asking import Known, PageStatus
from collectifs.book.domain.edition import Entry
from collectifs.book.domain.work import MailBookPageAskedHost, MailBookPageAskedRegistered, MailBookReminder
from collectifs.book.models import BookChangeRequest, BookEntry, BookRemovalRequest, BookSource
from collectifs.book.queries.circles import asked_about, circles_of
from collectifs.book.queries.own import told_of_answers
from collectifs.book.queries.pages import get_page
from collectifs.book.queries.requests import sentences_on
from collectifs.book.services.asking import ask_about_page
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.network.services.pages import mint_host_link
from collectifs.network.services.registrations import mint_registration_link
from collectifs.people.domain.person import Role
from tests import booking, eventing, factories
from tests.asked import asked as mails
from tests.eventing import Day

QUESTION = "Comment laisser chercher ?"


class Asked:
    """A page of the book from a workshop of two people with its host, asked about."""

    def __init__(self, place, moment) -> None:
        self.day = day = Day(place)
        day.first.host, day.first.host_address = "Maëlle Aubry", "maelle@academie.example"
        self.people = [day.comes(given="Solène"), day.comes(given="Yann")]
        moment.shift(timedelta(days=21, hours=4))
        day.saw(*self.people)
        moment.shift(timedelta(days=12))
        self.editor = factories.user("Agnès")
        factories.grant(self.editor, Role.INSPECTOR, place)
        self.book = booking.book(place, 2026)
        left = eventing.page(day.first, QUESTION)
        self.entry = booking.page(self.book, booking.text(QUESTION, words=("silence",)))
        factories.add(BookSource(entry_id=self.entry.id, workshop_page_id=left.id))
        db.session.flush()
        ask_about_page(get_page(self.entry.id), now=clock.now(), by=factories.person(self.editor))
        db.session.commit()
        self.entry_id = self.entry.id

    def link(self, number: int) -> str:
        token = mint_registration_link(self.people[number], now=clock.now())
        db.session.commit()
        return f"/inscription/{token}"

    def host_link(self) -> str:
        token = mint_host_link(self.day.first, now=clock.now())
        db.session.commit()
        return f"/animation/{token}"

    @property
    def status(self) -> PageStatus:
        db.session.rollback()
        return get_page(self.entry_id).life.status(clock.now())


@pytest.fixture
def asked(place, moment) -> Asked:
    return Asked(place, moment)


def test_each_reads_it_as_it_will_be_printed_knows_what_cannot_be_called_back_and_says_yes(asked: Asked, visit):
    for number in (0, 1):
        page = visit().open(asked.link(number)).follow("Lire la page, puis répondre")
        for words in (QUESTION, "Une copie partie ne revient pas", "31 août 2027", "le retrait se demande sur la page"):
            assert page.says(words)
        assert page.press("Oui, publier cette page").says("Vous avez dit oui à ce texte.")
    assert asked.status is PageStatus.ASKED
    host = visit().open(asked.host_link()).follow("La page et le recueil")
    assert host.says("Votre oui compte à part")
    host.press("Oui, publier cette page")
    assert asked.status is PageStatus.AGREED


def test_a_no_stays_with_whoever_says_it_and_may_become_a_yes(asked: Asked, visit):
    page = visit().open(asked.link(0)).follow("Lire la page, puis répondre").press("Non, ne pas la publier")
    assert page.says("Vous avez dit non")
    assert not visit().open(asked.link(1) + "/recueil").says("dit non à ce texte")
    assert page.press("Changer pour un oui").says("Vous avez dit oui à ce texte.")


def test_an_answer_to_a_former_text_counts_for_nothing_and_is_said(asked: Asked, visit):
    page = visit().open(asked.link(0) + "/recueil")
    stale = page.press("Oui, publier cette page", digest="0" * 64)
    assert stale.says("Le texte a changé pendant que vous lisiez")
    assert asked.status is PageStatus.ASKED


@pytest.mark.parametrize("wanted", ["", "pas-un-id", "00000000-0000-4000-8000-000000000000"])
def test_a_link_acts_on_one_s_own_pages_alone(asked: Asked, visit, wanted: str):
    page = visit().open(asked.link(0) + "/recueil")
    assert page.press("Oui, publier cette page", page=wanted).status == 422


def test_a_page_that_unites_several_tells_nobody_the_other_s_name(asked: Asked, place, visit):
    copy = booking.copy_of_another(place, "Ajoncs", by=asked.editor)
    factories.add(BookSource(entry_id=asked.entry_id, submitted_id=copy.id))
    db.session.commit()
    page = visit().open(asked.link(0) + "/recueil")
    assert page.says("Ouvrir un entretien")
    assert not page.says("Ajoncs")
    assert not page.says("Ce que la relecture a changé")


def test_printed_each_takes_it_back_by_the_link(asked: Asked, visit):
    db.session.get_one(BookEntry, asked.entry_id).printed_at = clock.now()
    db.session.commit()
    page = visit().open(asked.link(0) + "/recueil")
    assert page.press("Retirer la page").says("La page est retirée")
    assert asked.status is PageStatus.WITHDRAWN


def test_whoever_erases_their_registration_is_told_before_what_becomes_of_the_page(asked: Asked, visit):
    page = visit().open(asked.link(0) + "/retirer")
    assert page.says("n’a pas encore votre oui pour le recueil, elle n’y paraîtra pas")
    page.press("Effacer mon inscription")
    assert asked.status is PageStatus.REFUSED


def published(asked: Asked) -> str:
    """The address of the page, as anybody reads it."""
    printed = Entry(str(asked.entry_id), 1, QUESTION)
    booking.edition(asked.book, entries=(printed,))
    db.session.get_one(BookEntry, asked.entry_id).printed_at = clock.now()
    db.session.commit()
    return f"/recueils/fiche/{asked.entry_id}"


def test_whoever_has_no_link_any_more_asks_on_the_page_and_the_editor_withdraws_it(asked: Asked, visit):
    form = visit().open(published(asked)).follow("Demander le retrait")
    assert form.press("Demander le retrait", sentence="a" * 401).status == 422
    assert form.press("Demander le retrait", sentence="On m’y reconnaît.").says("Votre demande est partie")
    editor = visit(asked.editor)
    assert editor.open(f"/recueil/{asked.book.id}").says("retrait demandé")
    page = editor.open(f"/recueil-pages/{asked.entry_id}")
    assert page.says("On m’y reconnaît.")
    assert page.follow("Retirer la page…").press("Retirer la page").says("La page est retirée")
    assert asked.status is PageStatus.WITHDRAWN
    assert db.session.query(BookRemovalRequest).count() == 0


def test_a_request_keeps_nothing_of_whoever_asks_and_can_be_set_aside(asked: Asked, visit):
    form = visit().open(published(asked) + "/retrait")
    assert {each["name"] for each in form.soup.select("form [name]")} == {"csrf_token", "sentence"}
    form.press("Demander le retrait")
    page = visit(asked.editor).open(f"/recueil-pages/{asked.entry_id}")
    assert page.press("Écarter cette demande").says("il n’en reste rien")
    assert db.session.query(BookRemovalRequest).count() == 0
    assert asked.status is PageStatus.PRINTED


def test_one_machine_asks_five_times_a_day(asked: Asked, visit):
    address = published(asked) + "/retrait"
    answers = [visit().open(address).press("Demander le retrait") for _ in range(6)]
    assert [each.status for each in answers] == [200] * 5 + [422]
    assert answers[-1].says("la vôtre pourra partir demain")


def test_the_editor_takes_pages_of_workshops_beside_sheets(asked: Asked, visit):
    asked.day.saw(asked.people[0])
    eventing.page(asked.day.second, "Comment se taire ?")
    db.session.commit()
    editor = visit(asked.editor)
    book = editor.open(f"/recueil/{asked.book.id}")
    assert book.says("Pages d’ateliers à choisir")
    take = book.follow("Choisir des fiches, des pages d’ateliers")
    box = take.soup.select_one("input[name=left]")["value"]
    taken = take.press("En faire des pages", left=[box])
    assert taken.says("Ce que vous avez coché est devenu des pages.")
    page = taken.follow("Atelier « Une visite, trois faits »")
    assert page.says("La page de l’atelier, telle qu’elle a été acceptée")
    assert page.says("Comment se taire ?")


SHORTER = "La question est trop longue, on s’y perd."
WANTS = "Envoyer à la relecture"


def test_a_change_is_asked_for_by_the_link_read_without_a_name_and_dies_with_the_answer(asked: Asked, visit):
    page = visit().open(asked.link(0) + "/recueil")
    sent = page.press(WANTS, said=SHORTER)
    assert sent.says("Votre phrase est partie à la relecture, sans votre nom.")
    assert sent.says("Vous demandez un changement")
    assert not visit().open(asked.link(1) + "/recueil").says(SHORTER)
    host = visit().open(asked.host_link() + "/recueil")
    assert host.press(WANTS, said="À la réponse 2, dire « on peut ».").says("Vous demandez un changement")
    editor = visit(asked.editor).open(f"/recueil-pages/{asked.entry_id}")
    assert editor.says(SHORTER)
    assert not editor.says("Solène")
    assert asked.status is PageStatus.ASKED
    [told] = told_of_answers(asked.editor.id, asked.people[0].address)
    assert told["changement demandé"] == SHORTER
    assert not sent.press("Oui, publier cette page").says("Vous demandez un changement")
    assert sentences_on(asked.entry_id) == ["À la réponse 2, dire « on peut »."]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("", "Dites en une phrase"),
        ("Ce n’est pas ce que Yann avait dit.", "ferait reconnaître quelqu’un"),
        ("Comme à " + "a" * 200, "Ce texte dépasse 200 caractères"),
    ],
)
def test_a_change_that_is_refused_is_said_beside_its_field_and_nothing_typed_is_lost(asked: Asked, visit, said, why):
    refused = visit().open(asked.link(0) + "/recueil").press(WANTS, said=said)
    assert refused.status == 422
    box = refused.soup.select_one("details[open] input[name=said]")
    assert box["value"] == said
    assert why in refused.soup.select_one(f"[id='{box['id']}-erreur']").text
    assert db.session.query(BookChangeRequest).count() == 0


def test_a_change_asked_of_a_former_text_is_kept_in_its_box_and_the_present_text_is_shown(asked: Asked, visit):
    stale = visit().open(asked.link(0) + "/recueil").press(WANTS, said=SHORTER, digest="0" * 64)
    assert stale.status == 422
    assert stale.says("Le texte a changé pendant que vous lisiez")
    assert stale.soup.select_one("details[open] input[name=said]")["value"] == SHORTER


def test_the_silent_without_account_are_sent_the_question_again_with_a_link_of_their_own(asked: Asked, visit, moment):
    visit().open(asked.link(0) + "/recueil").press("Oui, publier cette page")
    moment.shift(timedelta(days=7))
    before = len(mails(MailBookPageAskedRegistered)), len(mails(MailBookPageAskedHost))
    editor = visit(asked.editor).open(f"/recueil/{asked.book.id}")
    assert editor.press("Relancer les personnes qui n’ont pas répondu").says("Le rappel est parti")
    silent = asked.people[1].id
    assert [each.registration_id for each in mails(MailBookPageAskedRegistered)[before[0] :]] == [silent]
    assert len(mails(MailBookPageAskedHost)) == before[1] + 1
    assert not mails(MailBookReminder)
    again = visit(asked.editor).open(f"/recueil/{asked.book.id}")
    assert again.press("Relancer les personnes qui n’ont pas répondu").says("il y a moins d’une semaine")


@pytest.mark.parametrize(("name", "asks"), [("Solène Martin", 1), ("Solange Martin", 2)])
def test_whoever_registered_and_led_the_workshop_is_asked_once_as_its_host(asked: Asked, visit, name, asks):
    first, second = asked.people
    first.given_name, first.family_name = "Solène", "Martin"
    asked.day.first.host, asked.day.first.host_address = name, first.address
    db.session.commit()
    there = asked_about(circles_of(get_page(asked.entry_id)))
    assert len(there) == 1 + asks, "another person of the same address is another person"
    assert (Known.REGISTERED, second.id) in {(each.known, each.id) for each in there}
    assert (Known.HOST, asked.day.first.id) in {(each.known, each.id) for each in there}
