"""How papers name the training: told by the manager of a territory, printed where it was told, and nowhere else."""

from datetime import timedelta

import pytest

from collectifs.collectives.domain.work import MailInvitation
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from collectifs.meetings.models import Attendance
from collectifs.people.domain.person import Role
from collectifs.people.mails import letters
from collectifs.people.models import Territory
from tests import factories
from tests.pages import plain
from tests.papers import text_of, words

TOLD = {"title": "Tuteurs en réseau", "organizer": "EAFC de Brume", "number": "26A0290123", "module": "78901"}
PRINTED = "EAFC de Brume, dispositif n° 26A0290123, module n° 78901"


@pytest.fixture
def above(app):
    return factories.territory("Académie du Nord-Ouest")


@pytest.fixture
def here(above):
    return factories.territory("Val-de-Brume", parent_id=above.id)


@pytest.fixture
def sylvie(here):
    who = factories.user("Sylvie")
    factories.grant(who, Role.MANAGER, here)
    return who


@pytest.fixture
def held(here, pilot, maud):
    collective = factories.collective(here, pilot=pilot, members=[maud], name="Les Tilleuls")
    return factories.meeting(collective, starts_at=clock.now() + timedelta(days=7))


def tell(territory: Territory, told: dict[str, str]) -> None:
    row = db.session.get_one(Territory, territory.id)
    row.scheme_title, row.organizer = told.get("title", ""), told.get("organizer", "")
    row.scheme_number, row.module_number = told.get("number", ""), told.get("module", "")
    db.session.commit()


def register(visit, pilot, held) -> str:
    return text_of(visit(pilot).raw(f"/regroupements/{held.id}/feuille-d-emargement.pdf").get_data())


def test_the_manager_says_it_and_the_page_says_where_it_is_printed(visit, sylvie, here, pilot, held):
    page = visit(sylvie).open("/collectifs").follow("ce que portent ses papiers")
    assert page.says("Sur la feuille d’émargement et l’attestation de présence, dans l’invitation")
    assert page.says("Dispositif rien ne s’imprime")
    page = page.press("Enregistrer", **TOLD)
    assert page.says("les prochains papiers le porteront")
    assert page.says("Intitulé Tuteurs en réseau Organisateur EAFC de Brume Dispositif 26A0290123 Module 78901")
    printed = register(visit, pilot, held)
    assert words("Tuteurs en réseau, 2 heures, en présentiel") in printed
    assert words(PRINTED) in printed


def test_what_nobody_told_is_not_printed(visit, pilot, held):
    printed = register(visit, pilot, held)
    assert words("Accompagner les tuteurs en réseau, 2 heures, en présentiel") in printed
    for word in ("dispositif", "module", "n° 2"):
        assert words(word) not in printed


def test_a_departement_takes_from_its_academie_what_it_leaves_empty(visit, pilot, held, above, here):
    tell(above, TOLD)
    tell(here, {"module": "55"})
    printed = register(visit, pilot, held)
    assert words("EAFC de Brume, dispositif n° 26A0290123, module n° 55") in printed
    assert words("Tuteurs en réseau, 2 heures") in printed


def test_certificate_invitation_and_convocation_bear_it(visit, sylvie, pilot, maud, held, here, monkeypatch):
    tell(here, TOLD)
    sent = []
    monkeypatch.setattr(letters, "deliver", sent.append)
    do(MailInvitation(maud.id, held.collective_id))
    assert f"Dans le plan de formation : {PRINTED}." in plain(sent[0].get_payload(0).get_payload(decode=True).decode())
    page = visit(sylvie).open(f"/territoires/{here.id}/colonnes-de-convocation")
    page.press("Enregistrer les colonnes", titre_0="Dispositif", contenu_0="scheme_number")
    rows = visit(sylvie).raw(f"/collectifs/{held.collective_id}/convocation.csv").get_data().decode("utf-8-sig")
    assert rows.startswith("Dispositif;")
    assert "\r\n26A0290123;" in rows
    held.starts_at, held.ends_at = (each - timedelta(days=14) for each in (held.starts_at, held.ends_at))
    attended = Attendance(meeting_id=held.id, user_id=maud.id, state="present", marked_at=held.starts_at)
    factories.add(attended)
    printed = text_of(visit(maud).raw("/mes-regroupements/attestation.pdf").get_data())
    assert words(PRINTED) in printed


@pytest.mark.parametrize("number", ["n° 26A", "26A;DROP", "=1+1", "26A\u00e9", "-26"])
def test_a_number_is_written_alone_and_nothing_typed_is_lost(visit, sylvie, here, number):
    page = visit(sylvie).open(f"/territoires/{here.id}/papiers").press("Enregistrer", **TOLD | {"number": number})
    assert page.status == 422
    assert any("Écrivez le numéro seul, sans « n° »" in each for each in page.errors)
    assert page.soup.select_one("#number")["value"] == number
    db.session.rollback()
    assert db.session.get_one(Territory, here.id).scheme_number == ""
