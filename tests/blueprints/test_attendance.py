"""The attendance of a meeting, its papers, one's own meetings, the manager's lists: read and used as people do."""

import csv
import io
from datetime import timedelta

import pypdfium2
import pytest

from collectifs.collectives.models import Meeting, Membership
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.meetings.models import Attendance
from collectifs.people.domain.person import Role
from collectifs.people.models import Territory
from tests import factories
from tests.papers import text_of, words


@pytest.fixture
def here(app):
    return factories.territory("Val-de-Brume", contact_name="Jeanne Roux")


@pytest.fixture
def manager(here):
    who = factories.user("Sylvie", "Montagnac")
    factories.grant(who, Role.MANAGER, here)
    return who


@pytest.fixture
def collective(here, pilot, maud):
    return factories.collective(here, pilot=pilot, members=[maud], name="Les Tilleuls")


@pytest.fixture
def held(collective):
    return factories.meeting(collective, starts_at=clock.now() - timedelta(days=7))


def mark(row: Meeting, who, state: str = "present") -> None:
    factories.add(Attendance(meeting_id=row.id, user_id=who.id, state=state, marked_at=row.starts_at))


def field(page, name: str) -> str:
    """The radio buttons of somebody, by their name."""
    legend = next(tag for tag in page.soup.select("fieldset legend") if name in tag.get_text())
    return legend.find_parent("fieldset").select_one("input")["name"]


def ticked(page, name: str) -> str:
    return page.soup.select_one(f"input[name={field(page, name)}][checked]")["value"]


def give(who, collective, **values) -> None:
    row = db.session.query(Membership).filter_by(user_id=who.id, collective_id=collective.id).one()
    for name, value in values.items():
        setattr(row, name, value)


def table(response) -> list[list[str]]:
    assert response.status_code == 200
    text = response.get_data().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def list_of(visit, who, row):
    return visit(who).open(f"/regroupements/{row.id}").follow("L’émargement")


def test_the_pilot_ticks_the_list_then_corrects_it_and_the_history_says_so(visit, pilot, held):
    page = list_of(visit, pilot, held)
    assert page.heading == "Émargement"
    page = page.press("Enregistrer la liste", **{field(page, "Maud"): "absent"})
    assert page.says("La liste est enregistrée.")
    assert (ticked(page, "Maud"), ticked(page, "Hélène")) == ("absent", "unmarked")
    page = page.press("Enregistrer la liste", **{field(page, "Maud"): "late"})
    assert page.says("Maud Le Bihan Pas là En retard")
    assert page.says("mercredi 13 janvier 2027 à 13 h 50, Hélène Marchadier")


def test_one_press_marks_everybody_else_as_present(visit, pilot, held):
    page = list_of(visit, pilot, held)
    page = page.press("Tout le monde était là", **{field(page, "Maud"): "excused"})
    assert (ticked(page, "Maud"), ticked(page, "Hélène")) == ("excused", "present")
    assert not page.has_button("étaient là")


def test_what_was_marked_in_the_room_is_shown_and_nothing_changes_by_saving_it_again(visit, pilot, maud, held):
    mark(held, maud, "late")
    page = list_of(visit, pilot, held)
    assert ticked(page, "Maud") == "late"
    assert page.press("Enregistrer la liste").says("Rien n’a changé dans la liste.")


def test_a_refused_guest_is_told_beside_the_field_and_nothing_typed_is_lost(visit, pilot, held, manager):
    page = list_of(visit, pilot, held)
    page = page.press(
        "Enregistrer la liste",
        **{field(page, "Maud"): "late", "guest_name": "MONTAGNAC Sylvie", "guest_establishment": "DSDEN"},
    )
    assert page.status == 422
    assert any("appartient à la hiérarchie de ce territoire" in error for error in page.errors)
    assert "montagnac" in page.soup.select_one("#guest_name")["value"].lower()
    assert page.soup.select_one("#guest_name")["aria-invalid"] == "true"
    assert page.soup.select_one("#guest_establishment")["value"] == "DSDEN"
    assert ticked(page, "Maud") == "late"
    assert db.session.query(Attendance).count() == 0
    page = page.press("Enregistrer la liste", guest_name="Solène Rocher")
    assert (ticked(page, "Maud"), ticked(page, "Solène")) == ("late", "unmarked")


def test_a_guest_is_ticked_and_taken_off_the_list(visit, pilot, held):
    page = list_of(visit, pilot, held).press("Enregistrer la liste", guest_name="Solène Rocher")
    page = page.press("Enregistrer la liste", **{field(page, "Solène"): "present"})
    assert ticked(page, "Solène") == "present"
    page = page.press("Enregistrer la liste", **{field(page, "Solène"): "remove"})
    assert not page.says("Solène")


def test_a_name_too_long_and_an_establishment_without_a_name_are_refused_in_words(visit, pilot, held):
    page = list_of(visit, pilot, held)
    assert any("80 caractères" in each for each in page.press("Enregistrer la liste", guest_name="x" * 81).errors)
    refused = page.press("Enregistrer la liste", guest_establishment="INSPÉ")
    assert any("Écrivez le prénom et le nom" in each for each in refused.errors)


def test_a_forged_state_changes_nothing(visit, pilot, held):
    page = list_of(visit, pilot, held)
    assert page.press("Enregistrer la liste", **{field(page, "Maud"): "roi"}).says("Rien n’a changé")


def test_the_pilot_can_call_who_is_late_and_nobody_else_reads_the_number(visit, pilot, maud, collective, manager):
    give(maud, collective, phone="06 12 34 56 78")
    row = factories.meeting(collective, starts_at=clock.now() - timedelta(minutes=10))
    deputy = factories.user("Jeanne")
    factories.membership(deputy, collective)
    factories.deputy(row, deputy)
    call = visit(pilot).open(f"/regroupements/{row.id}/emargement").soup.select_one("a[href^=tel]")
    assert call["href"] == "tel:0612345678"
    assert call.get_text().replace("\u00a0", " ") == "Appeler Maud Le Bihan : 06 12 34 56 78"
    assert not visit(deputy).open(f"/regroupements/{row.id}/emargement").soup.select("a[href^=tel]")
    assert not visit(manager).open(f"/collectifs/{collective.id}/gestion").says("06 12 34 56 78")


def test_once_the_meeting_is_over_there_is_nobody_to_call(visit, pilot, maud, collective, held):
    give(maud, collective, phone="06 12 34 56 78")
    assert not visit(pilot).open(f"/regroupements/{held.id}/emargement").soup.select("a[href^=tel]")


def test_before_the_day_the_list_is_printed_and_not_ticked(visit, pilot, collective):
    row = factories.meeting(collective, starts_at=clock.now() + timedelta(days=3))
    page = visit(pilot).open(f"/regroupements/{row.id}/emargement")
    assert page.says("Qui est attendu")
    assert not page.soup.select("fieldset")
    page = page.press("Enregistrer la liste", guest_name="Solène Rocher")
    printed = text_of(visit(pilot).raw(f"/regroupements/{row.id}/feuille-d-emargement.pdf").get_data())
    assert words("Solène Rocher") in printed
    assert words("Le Bihan Maud") in printed
    assert words("Marchadier Hélène, pilote") in printed


def test_the_sheet_prints_the_school_of_each_member_alone_and_its_name_says_nothing(
    visit, pilot, maud, collective, held
):
    give(maud, collective, school="Collège de la Brume", setting="lycée professionnel")
    give(pilot, collective, school="", setting="maternelle")
    answer = visit(pilot).raw(f"/regroupements/{held.id}/feuille-d-emargement.pdf")
    assert answer.headers["Content-Disposition"] == 'inline; filename="emargement-regroupement-1.pdf"'
    printed = text_of(answer.get_data())
    assert words("Collège de la Brume") in printed
    assert words("lycée professionnel") not in printed  # the column is for the school: no school, nothing
    assert words("maternelle") not in printed


def test_one_s_own_meetings_say_hours_sheets_and_what_is_next(visit, maud, collective, held):
    mark(held, maud, "late")
    factories.meeting(collective, number=2, starts_at=clock.now() + timedelta(days=7), place="Collège de la Brume")
    page = visit(maud).open("/").follow("Mes regroupements")
    assert page.says("mercredi 6 janvier 2027")
    assert page.says("En retard 2 heures")
    assert page.says("Mercredi 20 janvier 2027")
    assert page.says("Collège de la Brume")
    page = page.follow("Mon attestation")
    assert page.says(
        "D’après l’émargement du collectif Les Tilleuls, Maud Le Bihan a pris part, en présentiel, à un regroupement."
    )
    assert page.says("Soit 2 heures en tout.")


def test_one_s_certificate_has_the_dates_and_a_line_for_the_service(visit, maud, held):
    mark(held, maud)
    answer = visit(maud).raw("/mes-regroupements/attestation.pdf")
    printed = text_of(answer.get_data())
    for text in (
        "Maud Le Bihan",
        "6 janvier 2027",
        "2 heures",
        "Val-de-Brume",
        "Jeanne Roux",
        "Fait le 13 janvier 2027",
    ):
        assert words(text) in printed
    assert len(pypdfium2.PdfDocument(answer.get_data())) == 1


def test_without_presence_there_is_no_certificate_but_a_page_that_says_why(visit, maud, held):
    mark(held, maud, "excused")
    page = visit(maud).open("/mes-regroupements/attestation.pdf")
    assert page.path == "/mes-regroupements/attestation"
    assert page.says("Votre attestation sera ici après votre premier regroupement.")


def test_whoever_left_keeps_hours_and_certificate_and_loses_the_dates_to_come(visit, collective, held):
    gone = factories.user("Zoé", "Partie")
    factories.membership(gone, collective, ends_at=held.ends_at + timedelta(days=1))
    mark(held, gone)
    factories.meeting(collective, number=2, starts_at=clock.now() + timedelta(days=7), place="Collège CACHÉ")
    page = visit(gone).open("/").follow("Mes regroupements")
    assert page.says("2 heures")
    assert not page.says("CACHÉ")
    assert words("Zoé Partie") in text_of(visit(gone).raw("/mes-regroupements/attestation.pdf").get_data())


def test_somebody_without_a_collective_reads_what_will_be_there(visit):
    assert visit(factories.user()).open("/mes-regroupements").says("quand un collectif vous accueillera")


def test_the_pilot_prints_a_certificate_for_whoever_came_and_nobody_else(visit, pilot, maud, held):
    mark(held, pilot)
    page = list_of(visit, pilot, held)
    assert not page.soup.find("a", string=lambda text: text and "Maud" in text)
    mark(held, maud)
    page = list_of(visit, pilot, held)
    link = page.soup.find("a", string=lambda text: text and "Maud Le Bihan" in text)
    printed = text_of(visit(pilot).raw(link["href"]).get_data())
    assert words("Hélène Marchadier, pilote du collectif, signature") in printed
    assert visit(maud).raw(link["href"]).status_code == 404


def test_who_is_out_of_communes_is_said_and_where_they_live_is_not(visit, pilot, maud, collective, held):
    held.commune = "Saint-Aubin"
    give(maud, collective, work_commune="Pontelis", home_commune="Castelune")
    page = list_of(visit, pilot, held).follow("Qui est hors communes")
    assert page.says("Une personne hors communes")
    assert page.says("Maud Le Bihan hors communes")
    assert page.says("communes limitrophes desservies par les transports publics comptent pour une")
    assert page.says("résidence administrative (commune d’affectation) et hors de la résidence familiale")
    assert page.says("Avec un ordre de mission, les frais peuvent ouvrir droit à remboursement")
    assert not page.says("dus")
    assert not page.says("Castelune")  # where she lives is compared, not shown


def test_no_other_commune_can_be_tried_so_that_nobody_guesses_where_people_live(
    visit, manager, pilot, maud, collective, held
):
    held.commune = "Saint-Aubin"
    give(maud, collective, work_commune="Pontelis", home_commune="Ploumoguer")
    for who in (manager, pilot):
        page = visit(who).open(f"/regroupements/{held.id}/hors-communes")
        assert not page.soup.select("main input")
        for guess in ("Quimper", "Ploumoguer", "Pontelis"):
            tried = visit(who).open(f"/regroupements/{held.id}/hors-communes?commune={guess}")
            assert tried.soup.main == page.soup.main


@pytest.mark.parametrize(("work", "home"), [("Saint-Aubin", "Ploumoguer"), ("Pontelis", "Saint-Aubin")])
def test_a_venue_in_one_of_both_communes_does_not_say_which(visit, manager, maud, collective, held, work, home):
    held.commune = "Saint-Aubin"
    give(maud, collective, work_commune=work, home_commune=home)
    page = visit(manager).open(f"/regroupements/{held.id}/hors-communes")
    assert page.says("Maud Le Bihan non établi")


def test_a_manager_sees_who_travels_from_the_page_of_the_collective(visit, manager, collective, held):
    page = visit(manager).open(f"/collectifs/{collective.id}/gestion").follow("Qui est hors communes")
    assert page.says("Dans quelle commune ?")


def test_the_season_of_a_manager_counts_and_leaves_as_files(visit, manager, pilot, maud, collective, held):
    mark(held, maud, "late")
    mark(held, pilot)
    page = visit(manager).open("/collectifs").follow("Regroupements et heures")
    assert page.says("Un regroupement tenu, 2 heures, deux présences.")
    assert page.says("Le Bihan Maud Les Tilleuls 1 2 heures")
    meetings = table(visit(manager).raw("/saison/regroupements.csv"))
    assert meetings[1][1:2] + meetings[1][4:8] == ["Les Tilleuls", "06/01/2027", "13:50", "15:50", "2"]
    hours = table(visit(manager).raw("/saison/heures.csv"))
    assert [row[:3] + row[-1:] for row in hours[1:]] == [
        ["Le Bihan", "Maud", "membre", "2"],
        ["Marchadier", "Hélène", "pilote", "2"],
    ]
    for name in ("regroupements", "heures"):
        assert visit(manager).raw(f"/saison/{name}.ods").get_data().startswith(b"PK")
    printed = text_of(visit(manager).raw("/saison/regroupements.pdf").get_data())
    assert words("Un regroupement tenu") in printed
    assert words("Les Tilleuls") in printed
    assert f"({collective.code})" not in printed  # names and code are not printed side by side


def test_a_manager_of_nothing_yet_reads_what_will_be_there(visit, manager):
    assert visit(manager).open("/saison").says("Les regroupements de la saison seront ici")
    assert len(table(visit(manager).raw("/saison/regroupements.csv"))) == 1


def test_the_convocation_file_holds_a_line_for_each_member_and_meeting_to_come(visit, manager, maud, collective, held):
    factories.meeting(collective, number=2, starts_at=clock.now() + timedelta(days=7), place="=SOMME(A1)")
    give(maud, collective, uai="0750655E", home_commune="Castelune")
    page = visit(manager).open(f"/collectifs/{collective.id}/gestion").follow("données de convocation")
    assert page.says("Deux lignes")
    assert page.says("Sans UAI : Marchadier.")
    rows = table(visit(manager).raw(f"/collectifs/{collective.id}/convocation.csv"))
    assert rows[0][:4] == ["Nom", "Prénom", "Courriel", "UAI"]
    assert rows[1][0] == "Le Bihan"
    assert "0750655E" in rows[1]
    assert "'=SOMME(A1)" in rows[1]
    assert "Castelune" not in str(rows)


def test_a_manager_reorders_renames_drops_and_adds_columns(visit, manager, here, collective):
    factories.meeting(collective, starts_at=clock.now() + timedelta(days=7))
    page = visit(manager).open(f"/collectifs/{collective.id}/convocation").follow("Choisir les colonnes")
    wanted = {f"contenu_{row}": "" for row in range(2, 14)} | {
        "place_0": "2",
        "place_1": "1",
        "titre_0": "NOM_AGENT",
        "contenu_14": "code",
        "titre_14": "",
    }
    page = page.press("Enregistrer les colonnes", **wanted)
    assert page.says("Les colonnes sont enregistrées.")
    rows = table(visit(manager).raw(f"/collectifs/{collective.id}/convocation.csv"))
    assert rows[0] == ["Prénom", "NOM_AGENT", "Code du collectif"]
    assert rows[1] == ["Maud", "Le Bihan", collective.code]
    page = visit(manager).open(page.path).press("Revenir aux colonnes habituelles")
    assert db.session.get(Territory, here.id).convocation_columns == []


def test_columns_that_no_import_could_tell_apart_are_refused_and_nothing_is_lost(visit, manager, here):
    page = visit(manager).open(f"/territoires/{here.id}/colonnes-de-convocation")
    page = page.press("Enregistrer les colonnes", titre_0="Agent", titre_1="agent")
    assert page.status == 422
    assert any("Deux colonnes s’appellent" in each for each in page.errors)
    assert page.soup.select_one("#titre_0")["value"] == "Agent"
    both = page.press("Enregistrer les colonnes", titre_1="", contenu_14="code")
    assert both.status == 422
    said = both.soup.select_one("#contenu_14-erreur").get_text()
    assert "ne vont pas dans le même fichier" in said
    wrong = page.press("Enregistrer les colonnes", place_0="premier")
    assert any("place de la colonne en chiffres" in each for each in wrong.errors)
