"""Somebody in two départements: both services know it, and so does the person; neither reads the other’s answers."""

import pytest

from collectifs.campaign.domain.candidacy import CandidacyState
from collectifs.campaign.models.calls import Call
from collectifs.campaign.services.candidacies import mint_candidacy_link, withdraw_candidacy
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.people.domain.person import Role
from tests import factories

WHO = {"family_name": "Tissot", "address": "jeanne@academie.example"}


@pytest.fixture
def florence(app):
    return factories.user("Florence", "Achard")


@pytest.fixture
def there(florence) -> Call:
    territory = factories.territory("Hautes-Sources")
    factories.grant(florence, Role.MANAGER, territory)
    return factories.call(territory)


@pytest.fixture
def here(place) -> Call:
    return factories.call(place)


def pages_of(visit, sylvie, florence, mine, other):
    """The list and the page of each manager."""
    for who, row in ((sylvie, mine), (florence, other)):
        yield visit(who).open(f"/appels/{row.call_id}")
        yield visit(who).open(f"/candidatures/{row.id}")


def test_both_services_read_where_else_and_no_answer_of_the_other(here, there, sylvie, florence, visit):
    mine = factories.candidacy(here, **WHO, school="École du Lavoir")
    other = factories.candidacy(there, **WHO, school="Collège des Embruns")
    first, one, second, another = pages_of(visit, sylvie, florence, mine, other)
    assert first.says("A candidaté aussi : Hautes-Sources.")
    assert second.says("A candidaté aussi : Val-de-Brume.")
    assert one.says("envoyé une candidature ailleurs : Hautes-Sources")
    assert another.says("envoyé une candidature ailleurs : Val-de-Brume")
    assert not one.says("Embruns")
    assert not another.says("Lavoir")
    assert visit(sylvie).raw(f"/candidatures/{other.id}").status_code == 404


def test_the_person_reads_it_on_their_own_page(here, there, visit):
    mine = factories.candidacy(here, **WHO)
    factories.candidacy(there, **WHO)
    token = mint_candidacy_link(mine, now=clock.now())
    page = visit().open(f"/candidature/{token}")
    assert page.says("Vous avez aussi candidaté ailleurs")
    assert page.says("votre nom et votre adresse : Hautes-Sources")


@pytest.mark.parametrize("why", ["another name", "begun", "withdrawn", "another season"])
def test_nothing_is_said_of_what_is_not_the_same_person_sent_this_season(here, there, sylvie, visit, why):
    mine, other = factories.candidacy(here, **WHO), factories.candidacy(there, "Jeanne", **WHO)
    if why == "another name":
        other.given_name = "Paul"  # two people may share an address
    elif why == "begun":
        other.state = CandidacyState.CONFIRMED
    elif why == "withdrawn":
        withdraw_candidacy(other, now=clock.now())
    else:
        there.season = 2025
    db.session.commit()
    assert not visit(sylvie).open(f"/appels/{here.id}").says("A candidaté aussi")
    assert not visit(sylvie).open(f"/candidatures/{mine.id}").says("ailleurs")
