"""The page of a workshop as people find it: its host by a link, those who were there by theirs, then the territory."""

from datetime import timedelta

import pypdfium2
import pytest

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import Job, JobState
from collectifs.network.services.pages import mint_host_link
from collectifs.network.services.registrations import mint_registration_link
from collectifs.people.domain.person import Role
from tests import factories
from tests.eventing import Day

PAGE = {"question": "Comment ouvrir un entretien ?", "answers": "Se taire.\nPoser une question."}


@pytest.fixture
def day(place) -> Day:
    day = Day(place)
    day.people = [day.comes(given="Solène"), day.comes(given="Yann")]
    return day


@pytest.fixture
def host(day, visit):
    """The first workshop, as its host opens it."""
    url = f"/animation/{mint_host_link(day.first, now=clock.now())}"
    db.session.commit()
    return visit().open(url)


def link_to(row) -> str:
    token = mint_registration_link(row, now=clock.now())
    db.session.commit()
    return f"/inscription/{token}"


def test_before_the_day_a_host_reads_no_name_and_writes_nothing(day, host):
    page = host.follow("Qui est là")
    assert not page.says(day.people[0].family_name)
    assert page.says("Les noms seront ici le jour venu.")
    assert host.follow("La page de l’atelier").says("La page s’écrit à partir du début de l’atelier.")


def test_a_host_without_an_account_prints_that_they_led_once_it_is_over_and_somebody_came(day, host, moment):
    address = f"{host.path}/attestation.pdf"
    day.first.host = "Maëlle Aubry"
    starts, ends = day.slot.starts_at, day.slot.ends_at
    db.session.commit()
    moment.move_to(starts, tick=False)
    host.follow("Qui est là").press("Enregistrer les présences", present=[str(day.people[0].id)])
    assert host.visitor.raw(address).status_code == 302, "it is not over: there is nothing at this address"
    moment.move_to(ends, tick=False)
    answer = host.visitor.raw(address)
    assert answer.mimetype == "application/pdf"
    text = "".join(each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(answer.data))
    assert "Maëlle Aubry" in text
    assert "a animé, en présentiel, un atelier" in " ".join(text.split())
    assert day.people[0].family_name not in text


def test_a_host_ticks_who_is_there_writes_the_page_and_proposes_it(day, host, visit, moment):
    reader = link_to(day.people[0])
    moment.shift(timedelta(days=21, hours=2))
    there = host.follow("Qui est là")
    assert there.says(day.people[1].family_name)
    assert not there.says(day.people[1].address)
    there.press("Enregistrer les présences", present=[str(each.id) for each in day.people])
    page = host.follow("La page de l’atelier").press("Enregistrer", **PAGE)
    asks = page.follow("Proposer à celles et ceux qui étaient là")
    assert asks.says("Deux personnes dont la présence est notée le liront")
    page = asks.press("Proposer la page")
    assert page.says("Elle est proposée à celles et ceux qui étaient là.")
    read = visit().open(reader).follow("Lire la page")
    assert read.says("Comment ouvrir un entretien ?")
    too_long = read.press("M’opposer", sentence="a" * 501)
    assert too_long.status == 422
    assert too_long.says("raccourcissez")
    assert read.press("M’opposer", sentence="On m’y reconnaît.").says("Vous vous opposez à cette page")
    assert not visit().open(link_to(day.people[1])).follow("Lire la page").says("On m’y reconnaît")


def test_what_is_wrong_is_told_beside_its_field_and_nothing_typed_is_lost(day, host, moment):
    moment.shift(timedelta(days=21, hours=2))
    page = host.follow("La page de l’atelier").press("Enregistrer", question="q" * 401, answers="Se taire.")
    assert page.status == 422
    assert page.soup.select_one("#answers").text.strip() == "Se taire."
    host.follow("La page de l’atelier").press("Enregistrer", **PAGE)
    named = PAGE | {"answers": "Comme Solène."}
    page = host.follow("La page de l’atelier").press("Enregistrer", **named)
    day.saw(*day.people)
    asks = page.follow("Proposer à celles et ceux qui étaient là").press("Proposer la page")
    assert asks.status == 422
    assert asks.says("retirez ce qui fait reconnaître quelqu’un")


def test_agreed_to_the_inspection_and_the_manager_read_it_and_whoever_was_there_takes_it_back(
    day, host, place, sylvie, visit, moment
):
    inspector = factories.user("Agnès")
    factories.grant(inspector, Role.INSPECTOR, place)
    other = factories.user("Autre")
    factories.grant(other, Role.INSPECTOR, factories.territory("Ailleurs"))
    reader = link_to(day.people[0])
    moment.shift(timedelta(days=21, hours=2))
    day.saw(*day.people)
    host.follow("La page de l’atelier").press("Enregistrer", **PAGE)
    host.follow("La page de l’atelier").follow("Proposer à celles et ceux qui étaient là").press("Proposer la page")
    assert not visit(inspector).open("/pages-d-ateliers").says("Ouvrir un entretien")
    db.session.query(Job).update({"state": JobState.DONE})
    db.session.commit()
    moment.shift(timedelta(days=10))
    for who in (inspector, sylvie):
        assert visit(who).open("/pages-d-ateliers").follow("Ouvrir un entretien").says("Comment ouvrir un entretien ?")
    url = visit(inspector).open("/pages-d-ateliers").follow("Ouvrir un entretien").path
    assert visit(other).open(url).status == 404
    gone = visit().open(reader).follow("Lire la page").press("Retirer la page")
    assert gone.says("ses mots sont effacés")
    assert visit(inspector).open(url).status == 404
    assert not gone.says("Comment ouvrir un entretien")
    assert host.follow("La page de l’atelier").says("Cette page est retirée.")


def test_the_manager_names_the_host_and_an_address_that_is_none_is_told(day, sylvie, visit):
    page = visit(sylvie).open(f"/ateliers/{day.first.id}/animation")
    assert page.press("Enregistrer et envoyer le lien", host="Maëlle Aubry", address="maelle").status == 422
    sent = page.press("Enregistrer et envoyer le lien", host="Maëlle Aubry", address="maelle@academie.example")
    assert sent.says("Le lien part par courriel.")


def test_a_link_that_opens_nothing_says_so(visit):
    page = visit().open("/animation/inconnu")
    assert page.status == 410
    assert page.says("Une autre personne anime cet atelier")
