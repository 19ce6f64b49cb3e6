"""A programme is launched from one that works: what is taken over, what is not, what remains to be said."""

from datetime import date, timedelta

import pytest

from collectifs.campaign.models.calls import Call
from collectifs.collectives.models import Collective, Membership
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.network.models import Launch, Programme, Relay
from collectifs.people.domain.person import Role
from tests import factories
from tests.pages import Page

WHO = {"given_name": "Noé", "family_name": "Petitjean", "address": "noe@landiers.example"}


@pytest.fixture
def source(place) -> Call:
    """A call that was published, on a territory whose papers are headed and whose collectives met."""
    place.scheme_title, place.scheme_number = "Tuteurs en réseau", "26A0290123"
    place.convocation_columns = [{"title": "NOM", "holds": "family_name"}]
    place.contact_name, place.contact_address = "Sylvie Montagnac", "sylvie@val.example"
    for name in ("Les Tilleuls", "Les Aulnes", "Les Charmes"):
        here = factories.collective(place, pilot=factories.user(), members=[factories.user("Canari", name)], name=name)
        for number in (1, 2, 3):
            at = clock.now() + timedelta(days=28 * number)
            factories.meeting(here, number=number, starts_at=at, place="CanariLieu")
    words = {"title": "Accompagner, à plusieurs", "incitation": "Venez.", "process": "On lit tout."}
    return factories.call(place, slug="val-de-brume", published_at=clock.now(), **words)


@pytest.fixture
def landiers(app):
    return factories.territory("Landiers")


@pytest.fixture
def noe(landiers):
    who = factories.user("Noé", "Petitjean")
    factories.grant(who, Role.MANAGER, landiers)
    return who


def begun(visitor, landiers, source) -> Page:
    page = visitor.open(f"/territoires/{landiers.id}/lancement")
    return page.press("Tout reprendre", source=str(source.id), name="Collectifs des Landiers")


def rows(model: type) -> int:
    return db.session.query(model).count()


def test_one_click_takes_over_the_call_the_series_the_canvases_and_the_papers(source, noe, landiers, visit):
    page = begun(visit(noe), landiers, source)
    for words in (
        "Il reste cinq choses à dire",
        "Accompagner, à plusieurs",
        "trois regroupements de 2 h",
        "Le canevas",
    ):
        assert page.says(words), words
    db.session.expire_all()
    assert landiers.scheme_title == "Tuteurs en réseau"
    assert landiers.convocation_columns == [{"title": "NOM", "holds": "family_name"}]
    assert db.session.query(Launch).one().process == "On lit tout."


def test_no_person_no_collective_and_no_date_is_taken_over(source, noe, landiers, visit):
    before = {model: rows(model) for model in (Collective, Membership, Relay, Call)}
    page = begun(visit(noe), landiers, source)
    assert {model: rows(model) for model in before} == before
    for words in ("Canari", "Tilleuls", "Sylvie", "26A0290123"):
        assert not page.says(words), words
    db.session.expire_all()
    assert landiers.contact_address == landiers.scheme_number == ""
    page = page.follow("Ouvrir cette étape : Les dates de l’appel")
    proposed = [date.fromisoformat(each["value"]) for each in page.soup.select("[type=date]") if each.get("value")]
    assert proposed
    assert all(each > clock.now().date() for each in proposed)


def test_it_is_launched_step_by_step_and_nobody_reads_the_call_before_the_last_click(source, noe, landiers, visit):
    page = begun(visit(noe), landiers, source)
    page = page.press("Enregistrer et continuer", name="École académique", address="tutorat@landiers.example")
    page = page.press("Enregistrer et continuer")
    call = db.session.query(Call).filter_by(territory_id=landiers.id).one()
    assert call.title == "Accompagner, à plusieurs"
    assert call.published_at is None
    page = page.press("Enregistrer et continuer", number="27A0310001")
    page = page.press("Enregistrer et continuer", **WHO)
    assert visit().raw(f"/appel/{call.slug}").status_code == 302, "it does not exist for anybody yet"
    page = page.press("Ouvrir l’appel")
    assert page.says("le programme est lancé")
    assert visit().open(f"/appel/{call.slug}").says("Accompagner, à plusieurs")


def test_a_step_refused_says_why_and_keeps_what_was_typed(source, noe, landiers, visit):
    page = begun(visit(noe), landiers, source).follow("Ouvrir cette étape : Les dates de l’appel")
    page = page.press("Enregistrer et continuer", closes_on="2020-01-01")
    assert page.status == 422
    assert page.says("L’appel se ferme après son ouverture.")
    assert page.soup.select_one("[name=closes_on]")["value"] == "2020-01-01"
    assert db.session.query(Call).filter_by(territory_id=landiers.id).count() == 0
    page = page.follow("Ouvrir cette étape : Relire l’appel, puis l’ouvrir").press("Ouvrir l’appel")
    assert page.says("Avant d’ouvrir l’appel, dites encore")


def test_a_launch_is_dropped_whole_while_nobody_has_read_its_call(source, noe, landiers, visit):
    page = begun(visit(noe), landiers, source).follow("Ouvrir cette étape : Les dates de l’appel")
    page = page.press("Enregistrer et continuer")
    page.follow("Tout effacer et repartir d’une page blanche").press("Tout effacer")
    assert rows(Launch) == rows(Programme) == 0
    assert db.session.query(Call).filter_by(territory_id=landiers.id).count() == 0


def test_a_newcomer_reads_what_it_takes_without_account_or_cookie(source, visit):
    assert "Set-Cookie" not in visit().raw("/lancer").headers
    page = visit().open("/lancer")
    for words in ("Les étapes, dans l’ordre", "On peut partir de Val-de-Brume", "Aucune personne, aucune adresse"):
        assert page.says(words), words
