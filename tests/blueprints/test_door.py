"""At the door of a workshop: the code of the room, scanned; an address; « Je suis là ». Looking counts nobody."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from collectifs.blueprints.events.door_code import token_of
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.network.domain.door import turn_at
from collectifs.network.models import SlotChoice
from collectifs.network.services.pages import mint_host_link
from collectifs.network.services.registrations import mint_registration_link
from collectifs.people.domain.sign_in import MOST_FAILURES
from tests.eventing import Day
from tests.papers import check_readable_aloud, text_of, words


@pytest.fixture
def day(place) -> Day:
    day = Day(place)
    day.people = [day.comes(given="Solène"), day.comes(given="Yann")]
    return day


@pytest.fixture
def there(day, moment):
    """The workshop has just begun."""
    moment.move_to(day.slot.starts_at + timedelta(minutes=5), tick=False)


def door_of(day: Day) -> str:
    return f"/presence/{token_of(day.first.id, turn_at(clock.now()))}"


def came() -> set:
    db.session.expire_all()
    return {each.registration_id for each in db.session.query(SlotChoice) if each.came_at}


def test_looking_counts_nobody_and_pressing_the_button_counts_one(day, there, visit):
    page = visit().open(door_of(day))
    assert came() == set()
    assert page.press("Je suis là", address=day.people[0].address.upper()).says("Votre présence est notée.")
    assert came() == {day.people[0].id}


def test_from_home_an_old_code_another_room_or_a_made_up_one_counts_nobody(day, there, visit, moment):
    page, other = visit().open(door_of(day)), f"/presence/{token_of(day.second.id, turn_at(clock.now()))}"
    assert visit().open("/presence/inconnu").says("Ce code ne mène nulle part")
    wrong_room = visit().open(other).press("Je suis là", address=day.people[0].address)
    assert wrong_room.says("Personne n’a de place ici avec cette adresse.")
    moment.shift(timedelta(minutes=20))
    late = page.press("Je suis là", address=day.people[0].address)
    assert late.status == 422
    assert late.says("Ce code a changé")
    assert visit().open(page.path).says("Ce code a changé")
    assert came() == set()


def test_two_people_of_one_address_say_which(day, there, visit):
    day.people[1].address = day.people[0].address
    db.session.commit()
    page = visit().open(door_of(day)).press("Je suis là", address=day.people[0].address)
    assert page.says("dites qui vous êtes")
    page.press("Je suis là", address=day.people[0].address, who=str(day.people[1].id))
    assert came() == {day.people[1].id}


def test_who_guesses_addresses_is_slowed(day, there, visit, monkeypatch):
    monkeypatch.setitem(MOST_FAILURES, "network", 2)
    visitor, url = visit(), door_of(day)
    for _ in range(2):
        assert visitor.open(url).press("Je suis là", address="autre@academie.example").status == 422
    assert visitor.open(url).press("Je suis là", address=day.people[0].address).status == 429


def test_the_page_of_the_door_shows_one_code_of_those_it_holds_and_only_that_day(day, visit, moment):
    url = f"/animation/{mint_host_link(day.first, now=clock.now())}/porte"
    db.session.commit()
    assert visit().open(url).says("sera ici le jour de l’atelier")
    moment.move_to(day.slot.starts_at, tick=False)
    soup = BeautifulSoup(visit().raw(url).get_data(as_text=True), "lxml")
    figures = soup.select("[data-turn]")
    assert len(figures) == 13
    assert [each["data-turn"] for each in figures if not each.has_attr("hidden")] == [str(turn_at(clock.now()))]


def test_on_the_day_ones_page_says_where_to_go_and_afterwards_that_one_was_there(day, visit, moment):
    day.first.room = "B 12"
    own = f"/inscription/{mint_registration_link(day.people[0], now=clock.now())}"
    db.session.commit()
    assert not visit().open(own).says("C’est aujourd’hui")
    moment.move_to(day.event.starts_at, tick=False)
    assert visit().open(own).says("C’est aujourd’hui")
    moment.move_to(day.slot.starts_at, tick=False)
    page = visit().open(own)
    assert page.says("Maintenant")
    assert page.says("B 12")
    day.saw(day.people[0])
    moment.move_to(day.event.ends_at, tick=False)
    page = visit().open(own)
    assert page.heading.startswith("Vous y étiez")
    assert page.follow("Effacer mon inscription").says("Vos choix et vos présences sont effacés")


def test_the_poster_is_one_page_read_aloud_and_a_day_that_is_cancelled_has_none(day, visit, tmp_path):
    url = f"/journee/{day.event.slug}/affiche.pdf"
    pdf = visit().raw(url).get_data()
    check_readable_aloud(pdf, tmp_path)
    for said in (day.event.title, "Ouvrir un entretien", "collège de la Brume", f"/journee/{day.event.slug}"):
        assert words(said) in text_of(pdf)
    day.event.cancelled_at = clock.now()
    assert visit().raw(url).status_code != 200
