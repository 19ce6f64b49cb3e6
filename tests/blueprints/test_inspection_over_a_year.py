"""An inspector over a year: who reads while they are away, and the pile of a season that is over."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask

from collectifs.kernel.extensions import db
from collectifs.meetings.domain.tags import Axis, Tags
from collectifs.people.domain.person import Role
from tests import factories
from tests.circle import DAY, Circle
from tests.pages import Visitor

Visit = Callable[..., Visitor]
AWAY = "/fiches-transmises/absence"


@pytest.fixture
def circle(app: Flask, moment: Any) -> Circle:
    circle = Circle()
    circle.write_and_propose()
    moment.shift(6 * DAY)
    circle.submit()
    db.session.commit()
    return circle


def test_whoever_is_away_names_a_colleague_of_the_same_territory_and_is_back_sooner(visit: Visit, circle: Circle):
    colleague, next_door = factories.user("Laurent", "Vauquelin"), factories.user("Bruno", "Castaing")
    factories.grant(colleague, Role.INSPECTOR, circle.territory)
    factories.grant(next_door, Role.INSPECTOR, factories.territory("Hautes-Sources"))
    here, who = str(circle.territory.id), str(colleague.id)
    page = visit(circle.inspector).open(AWAY)
    assert [each.get_text() for each in page.soup.select("select[name=who] option")] == ["Laurent Vauquelin"]
    page = page.press("Nommer cette personne", who=who, territory=here, until="2027-02-15")
    assert page.says("C’est noté, et un courriel le lui dit.")
    assert page.says("Laurent Vauquelin Val-de-Brume, jusqu’au lundi 15 février")
    again = page.press("Nommer cette personne", who=who, territory=here, until="2027-02-15")
    assert any("lit déjà à votre place" in error for error in again.errors)
    assert visit(circle.inspector).open(AWAY).press("Terminer").says("Cette personne lit toujours ici.")
    assert visit(colleague).open("/fiches-transmises").heading == "Fiches transmises"


def test_alone_on_a_territory_one_is_told_whom_to_ask(visit: Visit, circle: Circle):
    assert visit(circle.inspector).open(AWAY).says("Personne d’autre n’inspecte votre territoire")


def test_a_pile_says_until_when_by_its_latest_sheet_that_of_a_past_season_too(
    visit: Visit, circle: Circle, moment: Any
):
    moment.shift(250 * DAY)
    later = factories.user("Bruno")
    factories.grant(later, Role.INSPECTOR, circle.territory).ends_on = date(2028, 8, 31)
    assert visit(later).open("/fiches-transmises?saison=2026").says("au plus tard janvier 2032")
    assert not visit(later).open("/fiches-transmises").says("au plus tard")


def test_the_collective_sees_an_exchange_through_to_its_end(visit: Visit, circle: Circle, moment: Any):
    url = f"/fiches-transmises/{circle.copy.id}"
    theirs, ours = visit(circle.inspector), visit(circle.pilot)
    theirs.open(url).press("Envoyer la remarque", text="Et ensuite ?")
    assert not ours.open(circle.url()).says("a clos cet échange")
    theirs.open(url).press("Clore l’échange")
    for who in (ours, visit(circle.maud)):
        assert who.open(circle.url()).says("L’inspection a clos cet échange le 19 janvier. Une réponse le rouvre.")
    moment.shift(DAY)
    assert not ours.open(circle.url()).press("Envoyer la réponse", text="Nous avons repris.").says("a clos cet échange")
    assert theirs.open(url).has_button("Clore l’échange")


def test_who_pilots_finds_the_numbers_in_which_a_filed_sheet_counts(visit: Visit, app: Flask, moment: Any):
    circle = Circle()
    factories.grant(circle.pilot, Role.PILOT, circle.territory)
    concern = next(iter(Axis.CONCERN.choices))
    circle.write(replace(factories.content(), tags=Tags.chosen({Axis.CONCERN: [concern]})))
    circle.propose()
    moment.shift(6 * DAY)
    circle.submit()
    db.session.commit()
    page = visit(circle.pilot).open(circle.url())
    assert page.says("Ses repères comptent, sans la désigner, dans ce que le territoire travaille")
    assert page.follow("voir les nombres").heading == "Ce que le territoire travaille"
    assert not visit(circle.maud).open(circle.url()).says("Ses repères comptent"), "a page for who pilots there"
