"""A day of workshops and one's own registration, as people find them: without account, by the link of a mail."""

import re
from datetime import timedelta

import pytest

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from collectifs.network.domain.registration import RegistrationState
from collectifs.network.domain.work import (
    MailPlaceOffered,
    MailRegistrationLink,
    MailRegistrationReceived,
    MailRegistrationWithdrawn,
)
from collectifs.network.models import EventPartner, Registration, SlotChoice
from collectifs.network.services.perishing import forget_registrations
from collectifs.network.services.registrations import mint_registration_link
from collectifs.people.domain.sign_in import MOST_FAILURES
from collectifs.people.mails import letters
from tests import factories
from tests.asked import asked
from tests.eventing import Day

WHO = {"given_name": "Solène", "family_name": "Rocher", "address": "solene@academie.example", "comes_from": "Embruns"}


@pytest.fixture
def day(place) -> Day:
    return Day(place, first=1)


@pytest.fixture
def letter(monkeypatch):
    """The messages that leave, oldest first."""
    sent = []
    monkeypatch.setattr(letters, "deliver", sent.append)
    return sent


def page_of(day: Day, more: str = "") -> str:
    return f"/journee/{day.event.slug}{more}"


def link_to(row: Registration) -> str:
    token = mint_registration_link(row, now=clock.now())
    db.session.commit()
    return f"/inscription/{token}"


def text_of(message) -> str:
    return message.get_payload(0).get_payload(decode=True).decode()


def only() -> Registration:
    db.session.expire_all()
    return db.session.query(Registration).one()


def enrol(visitor, day: Day, query: str = "", **more: str):
    wishes = {f"first-{day.slot.id}": str(day.first.id), f"second-{day.slot.id}": str(day.second.id)}
    return visitor.open(page_of(day, f"/inscription{query}")).press("Recevoir mon lien", **WHO | wishes | more)


def test_the_page_of_a_day_keeps_nothing_in_the_browser_and_counts_nobody(day, place, visit):
    place.contact_name, place.contact_address = "Sylvie Montagnac", "sylvie@ac-brume.example"
    answer = visit().raw(page_of(day, "?par=k7mq2r"))
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    page = visit().open(page_of(day))
    for words in ("sans compte ni cookie", "Ouvrir un entretien", "1 place sur 1", "Sylvie Montagnac"):
        assert page.says(words), words
    assert db.session.query(Registration).count() == 0


def test_what_is_not_published_does_not_exist(day, visit):
    day.event.published_at = None
    assert visit().open(page_of(day)).path == "/entrer"


@pytest.mark.parametrize(
    ("shift", "words", "is_open"), [(0, "S’inscrire", True), (19, "closes", False), (22, "est passée", False)]
)
def test_it_says_whether_one_may_register(day, visit, moment, shift, words, is_open):
    moment.shift(timedelta(days=shift))
    assert visit().open(page_of(day)).says(words)
    assert visit().open(page_of(day, "/inscription")).path.endswith("/inscription") is is_open


def test_from_an_address_to_a_receipt_with_its_date(day, visit, letter):
    visitor = visit()
    assert enrol(visitor, day).heading == "Un message vous est envoyé"
    row = only()
    assert (row.state, row.comes_from) == (RegistrationState.STARTED, "Embruns")
    do(*asked(MailRegistrationLink))
    url = re.search(r"http://localhost(/inscription/\S+)", text_of(letter[0]))[1]
    page = visitor.open(url)
    assert only().state is RegistrationState.STARTED  # a mail program opened it: nothing happened
    page = page.press("Oui, je m’inscris")
    assert page.heading == "Vous avez votre place, Solène"
    assert page.says("votre 1er choix")
    do(*asked(MailRegistrationReceived))
    assert "Ouvrir un entretien" in text_of(letter[1])
    assert letter[1].get_payload(2).get_content_type() == "text/calendar"
    assert visitor.raw(url + "/agenda.ics").get_data(as_text=True).count("BEGIN:VEVENT") == 1


def test_a_wrong_address_is_told_beside_its_field_and_nothing_typed_is_lost(day, visit):
    page = enrol(visit(), day, address="solene")
    assert page.status == 422
    assert page.errors
    assert page.soup.select_one("#given_name")["value"] == "Solène"
    assert page.soup.select_one(f'input[name="first-{day.slot.id}"][value="{day.first.id}"]').has_attr("checked")


def test_two_wishes_that_are_the_same_are_told_beside_their_slot(day, visit):
    page = enrol(visit(), day, **{f"second-{day.slot.id}": str(day.first.id)})
    assert page.status == 422
    assert any("le même atelier" in each for each in page.errors)


def test_without_any_wish_it_is_told(day, visit):
    page = enrol(visit(), day, **{f"first-{day.slot.id}": "", f"second-{day.slot.id}": ""})
    assert any("un atelier au moins" in each for each in page.errors)


def test_a_workshop_of_another_day_is_refused(day, visit, place):
    other = Day(place)
    visitor = visit()
    sent = WHO | {f"first-{day.slot.id}": str(other.first.id), "csrf_token": visitor.token()}
    assert visitor.raw(page_of(day, "/inscription"), "POST", data=sent).status_code == 422
    assert db.session.query(Registration).count() == 0


def test_who_comes_by_the_link_of_a_programme_counts_for_it_until_it_is_stopped(day, visit):
    row = factories.add(EventPartner(event_id=day.event.id, name="Embruns", slug="k7mq2r", made_at=clock.now()))
    enrol(visit(), day, "?par=K7MQ2R")
    assert only().partner_id == row.id
    row.revoked_at = clock.now()
    enrol(visit(), day, "?par=k7mq2r", family_name="Autre")
    assert [each.partner_id for each in db.session.query(Registration).order_by(Registration.started_at)].count(
        row.id
    ) == 1


def test_whoever_is_full_is_waited_for_and_the_place_that_frees_is_offered_for_48_hours(day, visit, letter):
    first, waits = day.comes(), day.comes(second=day.second, given="Nora")
    page = visit().open(link_to(waits))
    assert page.says("votre 2d choix")
    assert page.says("vous êtes la prochaine personne")
    visit().open(link_to(first) + "/retirer").press("Me désister")
    do(*asked(MailPlaceOffered))
    assert "Gardée pour vous" in text_of(letter[0])
    page = visit().open(link_to(waits))
    assert page.says("Elle vous est gardée jusqu’au")
    page = page.press("Prendre la place")
    assert page.says("La place est à vous")
    assert day.seat(waits) == "Ouvrir un entretien"


def test_an_offer_may_be_left(day, visit):
    first, waits, third = day.comes(), day.comes(second=day.second), day.comes()
    visit().open(link_to(first) + "/retirer").press("Me désister")
    visit().open(link_to(waits)).press("La laisser")
    assert (day.seat(waits), day.offer(third)) == ("Une visite, trois faits", "Ouvrir un entretien")


def test_an_offer_that_has_passed_is_said(day, visit):
    row = day.comes()
    visitor = visit()
    where, sent = f"{link_to(row)}/place", {"reponse": "prendre", "csrf_token": visitor.token()}
    visitor.raw(where, "POST", data=sent | {"creneau": str(day.slot.id)})
    assert visitor.open(link_to(row)).says("n’est plus offerte")
    assert visitor.raw(where, "POST", data=sent | {"creneau": "ailleurs"}).status_code == 422


def test_choices_change_by_the_link(day, visit):
    row = day.comes()
    page = visit().open(link_to(row)).follow("Changer mes choix")
    page = page.press("Enregistrer mes choix", **{f"first-{day.slot.id}": str(day.second.id)})
    assert page.says("Vos choix sont enregistrés")
    assert day.seat(row) == "Une visite, trois faits"


def test_withdrawn_the_choices_go_at_once_and_the_name_with_the_mail(day, visit, letter):
    row = day.comes()
    url = link_to(row)
    page = visit().open(url + "/retirer").press("Me désister")
    assert page.says("Votre inscription est retirée")
    assert db.session.query(SlotChoice).count() == 0
    assert only().address
    do(*asked(MailRegistrationWithdrawn))
    db.session.commit()
    row = only()
    assert (row.given_name, row.family_name, row.address, row.comes_from) == ("", "", "", "")
    assert visit().open(url).status == 410


def test_nobody_confirmed_it_so_it_is_gone_after_a_week(day, moment):
    day.asks()
    moment.shift(timedelta(days=7))
    forget_registrations(now=clock.now())
    assert db.session.query(Registration).count() == 1
    moment.shift(timedelta(minutes=1))
    forget_registrations(now=clock.now())
    assert db.session.query(Registration).count() == 0


def test_before_it_is_confirmed_a_link_opens_nothing_else(day, visit):
    url = link_to(day.asks())
    assert visit().raw(url + "/choix").status_code in (302, 404)
    assert visit().raw(url + "/agenda.ics").status_code in (302, 404)


def test_a_network_that_gives_address_upon_address_is_slowed_and_no_mail_leaves(day, visit, monkeypatch):
    monkeypatch.setitem(MOST_FAILURES, "asking", 2)
    for name in ("Aubry", "Brun"):
        assert enrol(visit(), day, family_name=name).heading == "Un message vous est envoyé"
    assert enrol(visit(), day, family_name="De trop").status == 429
    assert db.session.query(Registration).count() == 2


def test_a_day_that_is_cancelled_says_why_and_lets_one_erase_their_registration(day, visit):
    row = day.comes()
    day.event.cancelled_at, day.event.cancel_words = clock.now(), "Le collège ferme pour travaux."
    assert visit().open(page_of(day)).says("ferme pour travaux")
    page = visit().open(link_to(row))
    assert page.heading == "Cette journée n’aura pas lieu"
    page.follow("Effacer mon inscription").press("Effacer mon inscription")
    assert only().state is RegistrationState.WITHDRAWN
