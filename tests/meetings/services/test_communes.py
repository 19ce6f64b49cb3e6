"""Communes by their codes: found by themselves where one is meant, asked of a manager, or of the person themselves."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from collectifs.collectives.models import Meeting, Membership
from collectifs.composition.queries import communes as listed
from collectifs.composition.queries import finding
from collectifs.kernel.extensions import db
from collectifs.meetings.queries.communes import doubts_on
from collectifs.meetings.services.communes import match_communes, settle_communes
from collectifs.people.domain.person import Role
from tests import factories

LIST = """code;name;department;population;lat;lon;neighbours
47001;Agen;47;32000;44.2;0.6;47002
47002;Le Passage;47;9000;44.2;0.6;47001
38297;Le Passage;38;800;45.5;5.5;
93066;Saint-Denis;93;150000;48.9;2.3;
97411;Saint-Denis;974;150000;-20.9;55.4;
"""


def forget_the_list() -> None:
    listed.communes.cache_clear()
    finding._by_key.cache_clear()


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A list of five communes, in the place of the one of the machine."""
    (tmp_path / listed.COMMUNES).write_text(LIST, encoding="utf-8")
    monkeypatch.setattr(listed, "BUILT", tmp_path)
    forget_the_list()
    yield tmp_path
    forget_the_list()


@pytest.fixture
def place(app):
    return factories.territory("Lot-et-Garonne", code="47")


@pytest.fixture
def written(place, maud, pilot):
    collective = factories.collective(place, pilot=pilot, members=[maud], name="Les Tilleuls")
    row = db.session.query(Membership).filter_by(user_id=maud.id).one()
    row.work_commune, row.home_commune = "SAINT DENIS", "le passage"
    factories.meeting(collective, commune="Agen")
    db.session.flush()
    return row


def test_a_name_that_means_one_commune_finds_its_code_and_one_of_the_territory_comes_first(written, known):
    assert match_communes() == 2
    assert (written.work_insee, written.home_insee) == ("", "47002")
    assert db.session.query(Meeting).one().insee == "47001"
    assert match_communes() == 0


def test_without_the_list_nothing_is_found_and_nothing_fails(written, known):
    (known / listed.COMMUNES).unlink()
    forget_the_list()
    assert match_communes() == 0
    assert written.home_insee == ""


def test_a_doubt_is_asked_of_the_manager_and_settles_every_row_of_that_name(written, known, place, sylvie):
    (doubt,) = doubts_on(place.id)
    assert (doubt.name, doubt.rows) == ("SAINT DENIS", 1)
    assert doubt.choices == {"93066": "Saint-Denis (93)", "97411": "Saint-Denis (974)"}
    settle_communes(place, {"SAINT DENIS": "47001"}, by=factories.person(sylvie))
    assert written.work_insee == "", "a commune of another name is left aside"
    assert settle_communes(place, {"SAINT DENIS": "93066"}, by=factories.person(sylvie)) == 1
    assert (written.work_insee, doubts_on(place.id)) == ("93066", [])


def test_where_somebody_lives_is_never_asked_of_a_manager(written, known, place):
    written.work_commune, written.home_commune = "", "Saint-Denis"
    db.session.flush()
    assert doubts_on(place.id) == []


def test_the_manager_answers_on_a_page(written, known, place, sylvie, visit):
    page = visit(sylvie).open(f"/territoires/{place.id}/communes")
    assert page.says("SAINT DENIS : lequel ?")
    assert not page.says("Le Bihan")
    page = page.press("Enregistrer", name_1="93066")
    assert page.says("Rien à préciser")
    db.session.refresh(written)
    assert written.work_insee == "93066"


def test_a_member_is_asked_which_one_and_what_they_choose_is_kept_by_its_code(written, known, maud, visit):
    url = f"/collectifs/{written.collective_id}/me-concernant"
    page = visit(maud).open(url).press("Enregistrer", work_commune="Saint-Denis", home_commune="Le Passage")
    assert page.status == 422
    assert any("Saint-Denis (93)" in error for error in page.errors)
    page = page.press("Enregistrer", work_commune="Saint-Denis (93)", home_commune="Bruxelles")
    assert page.status == 200
    db.session.refresh(written)
    assert (written.work_commune, written.work_insee) == ("Saint-Denis", "93066")
    assert (written.home_commune, written.home_insee) == ("Bruxelles", ""), "one that is not in France is kept as it is"
    shown = visit(maud).open(url).soup.select_one("[name=work_commune]")["value"]
    assert shown == "Saint-Denis (93)"


def test_a_date_that_is_saved_again_tells_nobody_of_a_code(written, known, pilot, visit):
    meeting = db.session.query(Meeting).one()
    page = visit(pilot).open(f"/regroupements/{meeting.id}/date-et-lieu").press("Changer et prévenir")
    assert page.says("Rien n’a changé")
    db.session.refresh(meeting)
    assert meeting.insee == "47001"


def test_the_command_says_how_many_were_found(written, known, app):
    answer = app.test_cli_runner().invoke(args=["communes"])
    assert "Communes reconnues : 2" in answer.output


def test_a_manager_of_elsewhere_finds_no_such_page(place, known, visit):
    other = factories.user("Paul")
    factories.grant(other, Role.MANAGER, factories.territory("Ailleurs"))
    assert visit(other).open(f"/territoires/{place.id}/communes").status == 404
