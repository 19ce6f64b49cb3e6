"""What a campaign is not made for, as its people read it on their page, beside its field where there is one."""

from typing import Any

import pytest
from flask import Flask

from collectifs.campaign.domain.candidacy import CandidacyState, WishKind, WouldPilot
from collectifs.campaign.queries.candidacies import retained, wishes_of
from collectifs.campaign.services.candidacies import mint_candidacy_link, withdraw_candidacy
from collectifs.collectives.models import Collective
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.people.domain.person import Degree
from tests import factories
from tests.campaigning import Campaign


def draft_read(campaign: Campaign, visit: Any, end: str = "", **asked: Any) -> Any:
    draft = campaign.composed(**asked)
    return visit(campaign.manager).open(f"/composition/brouillons/{draft.facts.id}{end}")


def own(campaign: Campaign, who: Any) -> str:
    link = f"/candidature/{mint_candidacy_link(who, now=clock.now())}"
    db.session.commit()
    return link


def test_nobody_volunteers_to_pilot_and_it_is_the_first_thing_read(app: Flask, visit: Any):
    campaign = Campaign(would_pilot=WouldPilot.NO)
    page = draft_read(campaign, visit)
    assert page.says("Personne ne s’est proposé pour piloter : aucun collectif ne peut être publié.")
    page = page.visitor.open(f"{page.path}/publier")
    assert page.says("Aucune de ces personnes ne peut piloter ce collectif.")
    assert page.soup.select("button[name=when]") == []


def test_a_commune_that_does_not_exist_is_told_beside_its_field_and_the_others_are_kept(app: Flask, visit: Any):
    campaign = Campaign(1, state=CandidacyState.CONFIRMED)
    page = visit().open(own(campaign, campaign.people[0]))
    page = page.press("Envoyer ma candidature", work_insee="Zzzville", home_insee="Agen")
    [field] = page.soup.select("[data-answer=work_insee] .error")
    assert "Aucune commune de ce nom" in field.text
    assert page.soup.select("[data-answer=home_insee] .error") == []


@pytest.mark.parametrize("degree", list(Degree))
def test_one_degree_only_is_composed_and_what_is_missing_is_said(app: Flask, visit: Any, degree: Degree):
    campaign = Campaign(16, degree=degree)
    page = draft_read(campaign, visit)
    assert page.says("Deux collectifs pour seize personnes")
    assert page.says("le mélange manque")
    assert page.visitor.open(f"{page.path}/publier").says("Publier dans 24 heures")


def test_fifteen_hundred_of_one_city_are_read_and_can_be_published(app: Flask, visit: Any):
    campaign = Campaign(1_500, work_insee="33063")
    page = draft_read(campaign, visit)
    assert page.says("188 collectifs pour 1500 personnes ; aucune n’est laissée de côté")
    assert page.soup.select(".stopped") == []


def test_an_island_is_on_the_map_and_its_long_journeys_are_named(app: Flask, visit: Any):
    campaign = Campaign(16)
    far = campaign.people[3]
    far.work_insee = "85113"  # L’Île-d’Yeu
    page = draft_read(campaign, visit)
    assert page.says("L’Île-d’Yeu")
    assert page.says(f"{far.given_name} {far.family_name} : ")


def test_wishes_that_contradict_one_another_are_told_beside_their_field(app: Flask, visit: Any):
    campaign = Campaign(2)
    one, other = campaign.people
    page = visit().open(f"{own(campaign, one)}/souhaits")
    page = page.press("Garder", together=other.address, apart=other.address.upper())
    assert page.status == 422
    assert any(f"{other.address} est aussi dans" in each for each in page.errors)


def test_one_wishes_what_the_other_does_not_and_nobody_reads_why(app: Flask, visit: Any):
    """A with B, B apart from C, C with A: no hard rule is broken, and what fails names the pair that asked for it."""
    campaign = Campaign(16)
    one, two, three = campaign.people[:3]
    for who, whom, kind in (
        *((one, two, WishKind.TOGETHER), (two, one, WishKind.TOGETHER)),
        *((one, three, WishKind.TOGETHER), (three, one, WishKind.TOGETHER), (two, three, WishKind.APART)),
    ):
        factories.wish(who, whom.address, kind)
    page = draft_read(campaign, visit)
    assert page.says("ont demandé à être ensemble, et ne le sont pas.")
    apart = f"{two.given_name} {two.family_name} et {three.given_name} {three.family_name}"
    assert not page.says(apart)
    assert len(wishes_of(campaign.call.id, retained(campaign.call.id)).apart) == 1


def test_somebody_of_two_departments_is_told_to_both_managers_and_invited_once(app: Flask, visit: Any):
    campaign = Campaign(8, would_pilot=WouldPilot.YES)
    elsewhere = factories.call(factories.territory("Dordogne"))
    twice = campaign.people[2]
    factories.candidacy(elsewhere, twice.given_name, family_name=twice.family_name, address=twice.address)
    db.session.commit()
    page = visit(campaign.manager).open(f"/appels/{campaign.call.id}?etat=retained")
    assert page.says("A candidaté aussi : Dordogne. Lui demander où.")
    page = draft_read(campaign, visit, "/publier")
    assert page.text.count(f"{twice.given_name} {twice.family_name}") >= 1


def test_whoever_withdraws_between_two_looks_is_in_no_collective_of_the_page(app: Flask, visit: Any):
    campaign = Campaign()
    row = campaign.run(campaign.asked(), jobs=2)
    gone = campaign.people[5]
    name = f"{gone.given_name} {gone.family_name}"
    withdraw_candidacy(gone, now=clock.now())
    db.session.commit()
    campaign.run(row)
    page = visit(campaign.manager).open(f"/composition/brouillons/{row.id}")
    assert page.says("23 personnes")
    assert not page.says(name)


def test_a_manager_who_publishes_twice_makes_the_collectives_once(app: Flask, visit: Any):
    campaign = Campaign()
    page = draft_read(campaign, visit, "/publier")
    for _ in range(2):
        assert page.press("Publier tout de suite").status == 200
    assert db.session.query(Collective).count() == 0  # the worker makes them, once: tests/campaign/services
