"""Members: what they tell of themselves, who comes late, who declines, who left and what stays theirs."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from collectifs.collectives.domain.work import MailInvitation, MailNewcomer
from collectifs.collectives.models import Membership, MembershipProposal
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.meetings.models import Attendance, Situation
from collectifs.people.domain.appointing import USUAL_STATUSES
from collectifs.people.domain.person import Degree, Role
from collectifs.people.models import AccompaniedStatus, GrantedRole
from tests import factories
from tests.asked import asked
from tests.blueprints.test_collectives import home, propose

LAST_WEEK = timedelta(days=7)
SAVE, YES = "Enregistrer mes réponses", "Oui, elle peut venir"


@pytest.fixture
def tilleuls(place, helene, maud):
    return factories.collective(place, pilot=helene, members=[maud], name="Les Tilleuls", degree=None)


@pytest.fixture
def held(tilleuls):
    """A meeting of last week."""
    return factories.meeting(tilleuls, starts_at=clock.now() - LAST_WEEK)


@pytest.fixture
def latecomer(tilleuls, held):
    who = factories.user("Jo", "Dupont")
    factories.membership(who, tilleuls, starts_at=clock.now() - timedelta(days=1))
    return who


def membership_of(who) -> Membership:
    return db.session.scalars(select(Membership).where(Membership.user_id == who.id)).one()


# --- My answers


def test_everything_may_stay_empty_and_is_asked_once(visit, tilleuls, maud):
    page = visit(maud).open(home(tilleuls)).follow("Mes réponses")
    assert page.says("Rien n’est obligatoire. Ce que vous laissez vide ne vous sera plus demandé.")
    assert page.says("un déplacement peut ouvrir droit à remboursement")
    assert page.says("Lisible par : votre pilote et le service de formation")
    page = page.press(SAVE)
    assert page.path == home(tilleuls)
    assert not page.says("facultatif")
    assert membership_of(maud).tutoring_years is None


def test_answers_are_kept_and_shown_again(visit, tilleuls, maud, helene):
    db.session.add_all([AccompaniedStatus(label="Mi-temps", position=1), AccompaniedStatus(label="SOPA", position=2)])
    page = visit(maud).open(f"{home(tilleuls)}/me-concernant")
    box = page.soup.select("input[name=statuses]")[0]
    page.press(
        SAVE,
        degree="second",
        tutoring_years="4",
        setting="collège",
        school="Collège du Lavoir",
        uai="075 1234-j",
        work_commune="Brumeval",
        home_commune="Port-Estran",
        phone="06.12.34 56-78",
        statuses=box["value"],
    )
    row = membership_of(maud)
    assert (row.degree, row.tutoring_years, row.uai) == (Degree.SECOND, 4, "0751234J")
    assert (row.work_commune, row.home_commune, row.phone) == ("Brumeval", "Port-Estran", "06 12 34 56 78")
    again = visit(maud).open(f"{home(tilleuls)}/me-concernant")
    fields = again.soup.select("main input[type=text], main input[type=tel]")
    shown = {each["name"]: each.get("value", "") for each in fields}
    assert shown == {name: getattr(row, name) for name in shown} | {"tutoring_years": "4"}
    assert "Collège du Lavoir" in shown.values()
    assert len(again.soup.select("input[name=statuses][checked]")) == 1
    assert visit(helene).open(home(tilleuls)).says("Accompagnent : Mi-temps (1).")
    assert not visit(maud).open(home(tilleuls)).says("Accompagnent :")


def test_what_is_wrong_is_said_beside_each_field_and_nothing_is_lost(visit, tilleuls, maud):
    page = visit(maud).open(f"{home(tilleuls)}/me-concernant")
    page = page.press(SAVE, tutoring_years="deux", uai="0010856B", phone="12", school="École du Lavoir")
    assert page.status == 422
    assert "Écrivez un nombre d’années, de 0 à 45." in page.soup.select_one("#tutoring_years-erreur").get_text()
    assert "Un numéro de téléphone a dix chiffres" in page.soup.select_one("#phone-erreur").get_text()
    assert "La lettre de ce code ne va pas avec ses chiffres" in page.soup.select_one("#uai-erreur").get_text()
    typed = {name: page.soup.select_one(f"input[name={name}]")["value"] for name in ("tutoring_years", "uai", "school")}
    assert typed == {"tutoring_years": "deux", "uai": "0010856B", "school": "École du Lavoir"}
    assert membership_of(maud).school == ""


def test_a_status_that_is_not_offered_is_refused(visit, tilleuls, maud):
    db.session.add(AccompaniedStatus(label="Mi-temps", position=1))
    page = visit(maud).open(f"{home(tilleuls)}/me-concernant")
    token = page.soup.select_one("main input[name=csrf_token]")["value"]
    data = {"csrf_token": token, "statuses": "n-importe-quoi"}
    refused = page.visitor.open(page.path, method="POST", data=data)
    assert refused.status == 422
    assert "Ce choix n’est pas dans la liste." in refused.soup.select_one("#statuses-erreur").get_text()


def test_the_answers_follow_the_charter_and_may_be_skipped(visit, tilleuls):
    jo = factories.user("Jo")
    factories.membership(jo, tilleuls, consents=False)
    page = visit(jo).open(home(tilleuls)).press("J’accepte la charte")
    assert page.heading == "Mes réponses"
    assert page.says("Charte acceptée le mercredi 13 janvier 2027 à 13 h 50.")
    assert page.follow("Passer").path == home(tilleuls)


# --- The mix


def test_pilot_and_manager_read_the_mix_and_members_never(visit, tilleuls, maud, helene, sylvie):
    for who, degree, years in ((maud, Degree.SECOND, 2), (helene, Degree.SECOND, 11)):
        row = membership_of(who)
        row.degree, row.tutoring_years, row.work_commune = degree, years, "Brumeval"
    for who, path in ((helene, ""), (sylvie, "/gestion")):
        page = visit(who).open(home(tilleuls) + path)
        assert page.says("2 expérimentés · 2 du 2d degré · 1 commune")
        assert page.says("Personne ne débute dans le tutorat.")
        assert page.says("Personne ne vient du 1er degré.")
        assert page.says("Moins de cinq personnes")
    page = visit(maud).open(home(tilleuls))
    for words in ("expérimentés", "Personne ne débute", "Moins de cinq"):
        assert not page.says(words)


def test_two_years_of_tutoring_are_no_beginning(visit, tilleuls, maud, helene):
    for who, years in ((maud, 2), (helene, 0)):
        row = membership_of(who)
        row.degree, row.tutoring_years = Degree.FIRST, years
    page = visit(maud).open(home(tilleuls))
    cells = [tag.get_text(" ", strip=True) for tag in page.soup.select("table.mix tbody td")]
    assert cells == ["Hélène Marchadier pilote", "Maud Le Bihan depuis deux ans"]


# --- Declining


def test_whoever_was_invited_declines_from_the_charter_and_nobody_is_told(visit, tilleuls, sylvie):
    jo = factories.user("Jo", "Dupont")
    factories.membership(jo, tilleuls, consents=False)
    page = visit(jo).open(home(tilleuls)).follow("Je ne participe pas")
    assert page.says("sans que personne ne reçoive de message")
    assert not page.soup.select("main textarea")
    page = page.press("Je ne participe pas")
    assert page.says("Vous ne participez pas au collectif Les Tilleuls.")
    assert page.visitor.raw(home(tilleuls)).status_code == 404
    assert asked(MailNewcomer) == asked(MailInvitation) == []
    rows = visit(sylvie).open(f"{home(tilleuls)}/gestion").soup.select("tbody tr")
    [line] = [row.get_text(" ") for row in rows if "Jo Dupont" in row.get_text(" ")]
    assert "déclinée" in line
    assert "Changer" not in line


# --- Coming late


def test_a_latecomer_reads_the_accepted_sheet_and_nothing_around_it(visit, tilleuls, held, latecomer, maud):
    for who in (maud, factories.user("Odile")):
        factories.add(Attendance(meeting_id=held.id, user_id=who.id, state="present", marked_at=held.starts_at))
    sheet = propose(held, deadline=-timedelta(hours=1))
    page = visit(latecomer).open(home(tilleuls))
    assert page.says("Vous avez rejoint le collectif le 12 janvier")
    assert not page.says("Deux personnes.")
    page = page.follow("Fiche acceptée")
    assert page.says("Commencer par écouter.")
    assert not page.says("M’opposer")
    assert not page.says("Retirer la fiche")
    visitor = page.visitor
    for path in (f"/fiches/{sheet.id}/opposition", f"/fiches/{sheet.id}/retirer", f"/regroupements/{held.id}"):
        assert visitor.raw(path).status_code == 404, path
    assert visit(maud).raw(f"/regroupements/{held.id}").status_code == 200


def test_a_sheet_that_is_only_proposed_is_not_the_latecomers(visit, tilleuls, held, latecomer, maud, moment):
    sheet = propose(held)
    assert visit(latecomer).raw(f"/fiches/{sheet.id}").status_code == 404
    assert visit(maud).raw(f"/fiches/{sheet.id}").status_code == 200
    moment.shift(timedelta(days=3))
    assert visit(latecomer).raw(f"/fiches/{sheet.id}").status_code == 200


def test_a_latecomer_sees_the_meetings_to_come(visit, tilleuls, latecomer):
    coming = factories.meeting(tilleuls, number=2)
    assert visit(latecomer).open(f"/regroupements/{coming.id}").says("École des Tilleuls")


def test_a_latecomer_finds_no_trace_of_what_surrounded_a_sheet_that_left(kept):
    answer = kept.visitor("latecomer").open(f"/fiches/{kept.here.sheets['submitted'].id}")
    assert answer.says("CanariTransmise")
    assert not answer.says("CanariRemarque")
    assert not answer.says("L’inspection")


# --- Proposing somebody


def test_the_manager_proposes_the_pilot_answers_and_the_manager_reads_it(visit, tilleuls, held, sylvie, helene):
    page = visit(sylvie).open(f"{home(tilleuls)}/gestion").follow("Proposer une personne")
    page = page.press("Proposer cette personne", who="Jo DUPONT <jo@academie.example>")
    assert page.says("Le ou la pilote reçoit la question.")
    assert page.says("attend la réponse")
    page = visit(helene).open(home(tilleuls)).follow("Jo Dupont")
    assert page.says("son nom et son adresse s’effacent")
    page = page.press(YES)
    assert page.says("Jo Dupont")
    assert visit(sylvie).open(f"{home(tilleuls)}/gestion").says("accepté")


def test_a_no_leaves_the_manager_one_word(visit, tilleuls, held, sylvie, helene):
    page = visit(sylvie).open(f"{home(tilleuls)}/inviter").follow("Proposer une personne")
    page.press("Proposer cette personne", who="Jo DUPONT <jo@academie.example>")
    question = visit(helene).open(home(tilleuls)).follow("Jo Dupont")
    question.press("Non")
    page = visit(sylvie).open(f"{home(tilleuls)}/gestion")
    assert page.says("Une personne")
    assert page.says("refusé")
    assert not page.says("Jo Dupont")
    again = question.press(YES)
    assert again.status == 422
    assert "Cette proposition a déjà reçu sa réponse : non." in again.errors
    assert asked(MailInvitation) == []


def test_a_line_that_cannot_be_read_stays_in_its_field(visit, tilleuls, held, sylvie):
    page = visit(sylvie).open(f"{home(tilleuls)}/proposer-une-personne")
    page = page.press("Proposer cette personne", who="Jo DUPONT")
    assert page.status == 422
    assert page.soup.select_one("#who-erreur")
    assert page.soup.select_one("input[name=who]")["value"] == "Jo DUPONT"
    assert not db.session.scalars(select(MembershipProposal)).all()


def test_before_the_first_meeting_the_way_is_the_invitation(visit, tilleuls, sylvie):
    page = visit(sylvie).open(f"{home(tilleuls)}/proposer-une-personne")
    assert page.follow("Inviter").path.endswith("/inviter")


# --- Moving


def test_a_manager_moves_a_member_before_the_first_meeting(visit, place, tilleuls, sylvie, maud):
    lavoir = factories.collective(place, name="Le Lavoir")
    page = visit(sylvie).open(f"{home(tilleuls)}/gestion").follow("Déplacer")
    assert page.says("Ses présences restent là où elle était")
    wanted = page.press("Changer de collectif")
    assert wanted.status == 422
    assert "Choisissez un collectif." in wanted.errors
    page = wanted.press("Changer de collectif", collective=str(lavoir.id))
    assert page.says("l’invitation du nouveau collectif part à l’instant")
    assert not page.says("Maud Le Bihan")
    assert visit(maud).open(home(lavoir)).path.endswith("/charte")


def test_moving_into_a_collective_that_met_asks_its_pilot(visit, place, tilleuls, held, sylvie):
    odile = factories.user("Odile", "Ferrand")
    lavoir = factories.collective(place, name="Le Lavoir", members=[odile])
    page = visit(sylvie).open(f"{home(lavoir)}/gestion").follow("Déplacer")
    assert page.says("Les Tilleuls")
    assert page.says("a déjà commencé")
    page = page.press("Changer de collectif", collective=str(tilleuls.id))
    assert page.says("Jusqu’à son oui, rien ne change.")
    assert page.says("Odile Ferrand")


# --- What was left


def test_whoever_left_finds_what_is_theirs_and_takes_it_back(visit, tilleuls, held, maud):
    factories.add(Attendance(meeting_id=held.id, user_id=maud.id, state="present", marked_at=held.starts_at))
    propose(held, deadline=-timedelta(hours=1))
    factories.situation(tilleuls, maud, "Elle dit oui à tout")
    visitor = visit(maud)
    assert not visitor.open("/").says("Ce que j’ai laissé")
    visitor.open(f"{home(tilleuls)}/quitter").press("Quitter le collectif")
    page = visitor.open("/").follow("Ce que j’ai laissé")
    assert page.says("Elle dit oui à tout")
    assert page.says("La fiche du 6 janvier")
    page.follow("Retirer Elle dit oui à tout").press("Retirer et effacer")
    assert db.session.scalars(select(Situation)).one().withdrawn_at
    page = visitor.open("/mon-compte").follow("Ce que j’ai laissé")
    assert not page.says("Elle dit oui à tout")
    page = page.follow("Retirer… La fiche").press("Retirer la fiche")
    assert visitor.open("/mon-compte/ce-que-j-ai-laisse").says("retirée")


def test_a_sheet_of_a_meeting_where_one_was_not_is_not_listed(visit, tilleuls, held, maud):
    propose(held)
    membership_of(maud).ends_at = clock.now()
    assert visit(maud).open("/mon-compte/ce-que-j-ai-laisse").says("Vous n’y avez laissé ni situation ni fiche.")


def test_whoever_left_nothing_reads_what_would_be_there(visit, maud, tilleuls):
    assert visit(maud).open("/mon-compte/ce-que-j-ai-laisse").says("Si vous quittez un collectif")


# --- The list of statuses


@pytest.fixture
def admin(app):
    who = factories.user("Yves")
    factories.grant(who, Role.ADMINISTRATOR)
    return who


def test_the_administration_keeps_the_list(visit, admin):
    page = visit(admin).open("/administration").follow("Statuts des personnes accompagnées")
    page = page.press("Reprendre la liste usuelle")
    for status in USUAL_STATUSES:
        assert page.says(status)
    assert page.says("Liste usuelle 2026-2027 (devenirenseignant.gouv.fr")
    assert not page.says("n’a pas été relue")
    assert not page.has_button("Reprendre la liste usuelle")
    page = page.press("Ajouter ce statut", label="Contrat d’un an")
    page = page.follow("Renommer Contrat d’un an").press("Renommer ce statut", label="Contrat de deux ans")
    assert page.says("Contrat de deux ans")
    page = page.press("Retirer Contrat de deux ans")
    assert page.says("n’est plus proposé")
    assert page.press("Remettre").says("est de nouveau proposé")


def test_a_list_of_last_season_says_that_it_is_to_be_read_again(visit, admin, moment):
    db.session.query(GrantedRole).one().ends_on = date(2028, 8, 31)
    moment.move_to(datetime(2027, 9, 2, 8, 0, tzinfo=UTC))
    assert visit(admin).open("/administration/statuts").says("Elle n’a pas été relue pour cette saison : vérifiez-la.")


def test_the_usual_list_is_that_of_the_season():
    wanted = ("élève fonctionnaire", "mi-temps", "temps plein", "alternante (M1, M2 MEEF)", "(SOPA)", "(LPE)")
    wanted += ("préprofessionnalisation", "Contractuel ou contractuelle, première année")
    assert len(USUAL_STATUSES) == len(wanted)
    for words, label in zip(wanted, USUAL_STATUSES, strict=True):
        assert words.lower() in label.lower()


def test_a_double_is_refused_beside_the_field(visit, admin):
    db.session.add(AccompaniedStatus(label="Mi-temps", position=1))
    page = visit(admin).open("/administration/statuts").press("Ajouter ce statut", label="MI-TEMPS")
    assert page.status == 422
    assert "Ce statut est déjà dans la liste." in page.soup.select_one("#label-erreur").get_text()
    assert page.soup.select_one("input[name=label]")["value"] == "MI-TEMPS"
