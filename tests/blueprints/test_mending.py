"""The pages on which a manager mends and takes back, and the one where a person writes their own name."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from collectifs.collectives.models import CharterConsent
from collectifs.collectives.queries.collectives import get_collective, get_collective_facts
from collectifs.collectives.services.newcomers import propose_member
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from tests import factories


@pytest.fixture
def tilleuls(place, helene, maud):
    where = factories.collective(place, pilot=helene, members=[maud], name="Les Tilleuls")
    factories.membership(factories.user("Jo", "Dupontt"), where, consents=False)
    db.session.commit()
    return where


@pytest.fixture
def managing(visit, sylvie, tilleuls):
    return visit(sylvie).open(f"/collectifs/{tilleuls.id}/gestion")


def row(page, name):
    return next(" ".join(tag.get_text(" ").split()) for tag in page.soup.select("tbody tr") if name in tag.get_text())


def test_a_person_is_removed_in_two_presses_and_their_line_is_gone(managing, tilleuls):
    asked = managing.follow("Retirer du collectif Jo Dupontt")
    assert asked.says("Son lien vers ce collectif ne sert plus, tout de suite.")
    assert len(get_collective(tilleuls.id).member_ids) == 3
    after = asked.press("Retirer cette personne")
    assert after.says("Jo Dupontt n’est plus dans ce collectif.")
    assert len(get_collective(tilleuls.id).member_ids) == 2


def test_the_pilot_s_line_offers_no_removal_and_its_page_says_what_comes_first(visit, sylvie, managing, tilleuls):
    assert "Retirer" not in row(managing, "Hélène")
    pilot = next(each for each in get_collective(tilleuls.id).members if each.is_pilot)
    asked = visit(sylvie).open(f"/membres/{pilot.membership_id}/retirer")
    assert asked.says("nommez d’abord une autre personne")
    assert not asked.has_button("Retirer cette personne")


def test_a_name_is_corrected_by_the_manager_and_refused_next_to_its_field(managing):
    form = managing.follow("Corriger le nom de Jo Dupontt")
    wrong = form.press("Corriger le nom", family_name="Dupont 06 12 34 56 78")
    assert wrong.status == 422
    assert "sans chiffre" in wrong.soup.select_one("#family_name-erreur").get_text()
    after = form.press("Corriger le nom", family_name="Dupont")
    assert after.says("Le nom est corrigé.")
    assert row(after, "Jo Dupont")


def test_anybody_corrects_their_own_name(visit, maud):
    form = visit(maud).open("/mon-compte").follow("Corriger mon nom")
    wrong = form.press("Enregistrer mon nom", given_name="")
    assert "Écrivez le prénom." in wrong.errors
    after = form.press("Enregistrer mon nom", given_name="Maude", family_name="Le Bihan-Ngo")
    assert after.says("Votre nom est enregistré.")
    assert after.says("Maude Le Bihan-Ngo")


def test_a_collective_is_renamed(managing, place):
    factories.collective(place, name="Le Lavoir")
    db.session.commit()
    form = managing.follow("Renommer le collectif")
    taken = form.press("Renommer le collectif", name="LE LAVOIR")
    assert "Un collectif de ce nom existe déjà" in taken.soup.select_one("#name-erreur").get_text()
    assert form.press("Renommer le collectif", name="Les Grands Tilleuls").heading == "Les Grands Tilleuls"


def test_only_an_empty_collective_is_offered_for_deletion_and_deleted(visit, sylvie, managing, place):
    assert not managing.says("Supprimer le collectif")
    empty = factories.collective(place, name="Le Double")
    db.session.execute(delete(CharterConsent).where(CharterConsent.collective_id == empty.id))
    factories.membership(factories.user("Inès", "Petit"), empty, consents=False)
    db.session.commit()
    empty_id = empty.id
    asked = visit(sylvie).open(f"/collectifs/{empty_id}/gestion").follow("Supprimer le collectif")
    assert asked.says("Inès Petit")
    after = asked.press("Supprimer ce collectif")
    assert after.says("Le collectif Le Double est supprimé.")
    assert get_collective_facts(empty_id) is None


def test_a_proposal_is_taken_back(visit, sylvie, tilleuls, moment):
    factories.meeting(tilleuls, starts_at=clock.now() - timedelta(days=7))
    propose_member(
        get_collective_facts(tilleuls.id),
        "Luc NEY <luc.ney@a.example>",
        has_met=True,
        now=clock.now(),
        by=factories.person(sylvie),
    )
    db.session.commit()
    page = visit(sylvie).open(f"/collectifs/{tilleuls.id}/gestion")
    after = page.press("Annuler la proposition de Luc Ney")
    assert after.says("La proposition est annulée")
    assert not after.says("Luc Ney")
