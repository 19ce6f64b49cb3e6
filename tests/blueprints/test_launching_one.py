"""A collective is launched from one that works: what is taken over, what is not, what remains to be said."""

from datetime import timedelta

import pytest

from collectifs.collectives.models import Collective, Meeting, Membership, Pilotship
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import Job
from tests import factories

ADDRESS = "/collectifs/reprendre"


@pytest.fixture
def source(place) -> Collective:
    """A collective that met once; two meetings are ahead. It adapted its steps."""
    pilot = factories.user("Hélène", "Canaripilote")
    row = factories.collective(place, pilot=pilot, members=[factories.user("Canari", "Membre")], name="Les Tilleuls")
    row.canvas_id, row.steps = "entre-eleves", [{"id": "accueil", "title": "CanariMot", "minutes": 9}]
    for number, days in ((1, -14), (2, 14), (3, 42)):
        factories.meeting(row, number=number, starts_at=clock.now() + timedelta(days=days), place="CanariLieu")
    return row


def launched(visitor, source, name="Les Aulnes"):
    return visitor.open(ADDRESS).press("Tout reprendre", source=str(source.id), name=name)


def made() -> Collective:
    return db.session.query(Collective).filter_by(name="Les Aulnes").one()


def test_one_act_takes_over_the_canvas_and_the_dates_ahead_and_says_what_remains(source, sylvie, visit):
    page = launched(visit(sylvie), source)
    for words in ("Il reste trois choses à dire", "Nommer qui pilote", "Inviter des membres", "Le formulaire propose"):
        assert page.says(words), words
    row = made()
    assert (row.canvas_id, row.degree, row.season) == (source.canvas_id, source.degree, source.season)
    assert len(row.proposed_days) == 2


def test_no_person_no_word_no_place_is_taken_over_and_nobody_is_told(source, sylvie, visit):
    before = [db.session.query(each).count() for each in (Membership, Meeting, Job)]
    page = launched(visit(sylvie), source)
    assert [db.session.query(each).count() for each in (Membership, Meeting, Job)] == before
    assert not page.says("Canari")
    assert made().steps is None
    assert "Canari" not in str(made().proposed_days)


def test_who_pilots_is_proposed_the_days_of_the_former_series_and_fixes_them(source, sylvie, maud, visit):
    launched(visit(sylvie), source)
    row = made()
    factories.membership(maud, row)
    factories.add(
        Pilotship(user_id=maud.id, collective_id=row.id, starts_on=clock.now().date(), appointed_by_id=sylvie.id)
    )
    page = visit(maud).open(f"/collectifs/{row.id}/nouveau-regroupement")
    assert page.says("Ce jour est celui du collectif d’origine")
    first = (clock.now() + timedelta(days=14)).date().isoformat()
    assert page.soup.select_one("[name=day]")["value"] == first
    assert not page.soup.select_one("[name=place]").get("value")
    assert visit(sylvie).open(f"/collectifs/{row.id}/gestion").says("Il reste deux choses à dire")


def test_a_name_that_is_taken_is_refused_beside_it_and_what_was_typed_stays(source, sylvie, visit):
    page = launched(visit(sylvie), source, "Les Tilleuls")
    assert page.status == 422
    assert page.soup.select_one("[name=name]")["value"] == "Les Tilleuls"
    assert page.soup.select_one("[name=source] option[selected]")["value"] == str(source.id)
    assert db.session.query(Collective).count() == 1


def test_neither_another_territory_nor_a_collective_that_never_met_is_offered(source, place, sylvie, visit):
    elsewhere = factories.collective(factories.territory("Landiers"), pilot=factories.user(), name="Les Ormes")
    factories.meeting(elsewhere, starts_at=clock.now() - timedelta(days=9))
    never = factories.collective(place, pilot=factories.user(), name="Les Saules")
    offered = [each["value"] for each in visit(sylvie).open(ADDRESS).soup.select("[name=source] option")]
    assert str(source.id) in offered
    assert str(elsewhere.id) not in offered
    assert str(never.id) not in offered


def test_who_pilots_is_named_from_the_list_of_what_remains_and_an_empty_one_is_deleted(source, sylvie, visit):
    page = launched(visit(sylvie), source)
    assert page.says("Les membres seront ici")
    named = page.follow("Nommer qui pilote")
    assert named.says("Cette personne est invitée, et devient membre du collectif")
    named.press("Nommer une personne", who="Ada Duval <ada.duval@academie.example>")
    page = visit(sylvie).open(f"/collectifs/{made().id}/gestion")
    assert page.says("Il reste deux choses à dire")
    assert page.says("Ada Duval")
    other = launched(visit(sylvie), source, "Les Frênes")
    other.follow("Supprimer le collectif").press("Supprimer")
    assert db.session.query(Collective).filter_by(name="Les Frênes").count() == 0
