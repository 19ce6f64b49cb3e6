"""Lists: copied, pasted from anywhere, taken to a spreadsheet; addresses that mail does not reach."""

import csv
import io
from datetime import timedelta

import pytest

from collectifs.collectives.domain.work import MailInvitation
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import Job, JobState
from collectifs.people.domain.person import Role
from collectifs.people.models import PersonalLink, User
from collectifs.people.services.addresses import clear_refusal, note_delays, note_returns
from tests import factories
from tests.asked import asked

CHECK = "Relire la liste"


@pytest.fixture
def maud(app):
    return factories.user("Maud", "Le Bihan", address="maud@a.example")


@pytest.fixture
def jo(app):
    """Invited; never came in."""
    return factories.user("Jo", "=HYPERLINK(1)", address="jo@a.exemple")


@pytest.fixture
def tilleuls(place, maud, jo):
    helene = factories.user("Hélène", "Marchadier", address="helene@a.example")
    row = factories.collective(place, pilot=helene, members=[maud], name="Les Tilleuls", code="B7")
    factories.membership(jo, row, consents=False)
    return row


@pytest.fixture
def helene(tilleuls):
    return db.session.get_one(User, tilleuls.created_by_id)


def refuse(*addresses, code="550"):
    note_returns([(address, code) for address in addresses], now=clock.now())


def read(response):
    return list(csv.reader(io.StringIO(response.get_data().decode("utf-8-sig"), newline=""), delimiter=";"))


# --- Copying


def test_manager_and_pilot_copy_the_present_members_ready_for_outlook(visit, sylvie, helene, tilleuls):
    factories.membership(factories.user(address="parti@a.example"), tilleuls, ends_at=clock.now())
    for who, path in ((sylvie, f"/collectifs/{tilleuls.id}/gestion"), (helene, f"/collectifs/{tilleuls.id}")):
        page = visit(who).open(path)
        addresses = page.soup.select_one("#adresses").get_text()
        assert sorted(addresses.split("; ")) == ["helene@a.example", "jo@a.exemple", "maud@a.example"]
        assert page.soup.select_one("button[data-copy='#adresses']")


def test_a_member_does_not_find_the_addresses(visit, maud, tilleuls):
    assert not visit(maud).open(f"/collectifs/{tilleuls.id}").says("Copier toutes les adresses")


def test_who_cannot_be_written_to_is_named_and_left_out(visit, sylvie, helene, tilleuls):
    refuse("maud@a.example", code="5.1.1")
    for who, path in ((sylvie, f"/collectifs/{tilleuls.id}/gestion"), (helene, f"/collectifs/{tilleuls.id}")):
        page = visit(who).open(path)
        assert page.says("À Maud Le Bihan, le courriel n’arrive pas (5.1.1)")
        assert page.says("Prévenez cette personne de vive voix")
        assert page.says("Sans Maud Le Bihan : le courriel n’y arrive pas.")
        assert "maud@" not in page.soup.select_one("#adresses").get_text()


# --- Addresses that were mistyped


@pytest.mark.parametrize(
    ("code", "said", "not_said"),
    [
        ("550 5.1.1", "Le serveur de messagerie ne connaît pas jo@a.exemple. Une faute de frappe", "boîte"),
        ("5.1.2", "Le serveur de messagerie ne connaît pas jo@a.exemple. Une faute de frappe", "boîte"),
        ("5.2.1", "Le serveur de messagerie dit que la boîte jo@a.exemple est fermée", "ne connaît pas"),
        ("550", "Le serveur de messagerie refuse jo@a.exemple. Si cette adresse", "ne connaît pas"),
        ("5.2.2", "Le serveur de messagerie refuse jo@a.exemple. Si cette adresse", "ne connaît pas"),
    ],
)
def test_what_is_said_of_an_address_is_what_its_code_says(visit, sylvie, jo, tilleuls, code, said, not_said):
    refuse("jo@a.exemple", code=code)
    page = visit(sylvie).open(f"/collectifs/{tilleuls.id}/gestion")
    assert page.says(said)
    assert not page.says(not_said)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("MailRefused 552 5.2.2", "boîte pleine (552 5.2.2) nouvel essai 13 janvier à 14 h 50"),
        ("MailRefused 450 4.2.1", "le serveur demande d’attendre (450 4.2.1) nouvel essai 13 janvier à 14 h 50"),
        ("MailRefused 550 5.7.26", "refusé par une règle du serveur, sans rapport avec l’adresse (550 5.7.26)"),
    ],
)
def test_what_passes_is_said_on_the_line_of_the_person_with_the_next_try(visit, sylvie, jo, tilleuls, error, said):
    held_back(jo, tilleuls, error, JobState.WAITING)
    page = visit(sylvie).open(f"/collectifs/{tilleuls.id}/gestion")
    assert page.says(said)
    assert not page.says("le courriel n’arrive pas")


def test_what_was_given_up_says_that_the_address_is_not_to_blame(visit, sylvie, jo, tilleuls):
    held_back(jo, tilleuls, "MailRefused 552 5.2.2", JobState.FAILED)
    page = visit(sylvie).open(f"/collectifs/{tilleuls.id}/gestion")
    assert page.says("boîte pleine (552 5.2.2) ce courriel n’est pas arrivé, l’adresse n’est pas en cause")


def test_a_later_mail_that_left_says_it_no_more(visit, sylvie, jo, tilleuls):
    held_back(jo, tilleuls, "MailRefused 552 5.2.2", JobState.WAITING)
    held_back(jo, tilleuls, "", JobState.DONE)
    assert not visit(sylvie).open(f"/collectifs/{tilleuls.id}/gestion").says("boîte pleine")


def test_what_came_back_is_said_for_two_weeks_and_opening_a_link_ends_it(visit, sylvie, jo, tilleuls, moment):
    note_delays([(jo.address, "5.2.2")], now=clock.now())
    db.session.commit()
    page = f"/collectifs/{tilleuls.id}/gestion"
    assert visit(sylvie).open(page).says("boîte pleine (5.2.2)")
    assert jo.address_refused_at is None
    moment.shift(timedelta(days=15))
    assert not visit(sylvie).open(page).says("boîte pleine")
    note_delays([(jo.address, "5.2.2")], now=clock.now())
    clear_refusal(db.session.get_one(User, jo.id))
    assert not visit(sylvie).open(page).says("boîte pleine")


def held_back(who, collective, error: str, state: JobState) -> None:
    """The latest invitation of somebody, and what the server answered."""
    work = MailInvitation(who.id, collective.id)
    later = clock.now() + timedelta(hours=1)
    number = db.session.query(Job).count()
    made_at = clock.now() + timedelta(seconds=number)
    factories.add(
        Job(kind=work.kind(), args=work.args(), state=state, error=error, run_after=later, created_at=made_at)
    )
    db.session.commit()


def test_the_manager_mends_an_address_that_never_reached_anybody(visit, sylvie, jo, tilleuls):
    from collectifs.people.domain.sign_in import LinkPurpose
    from collectifs.people.services.sign_in import mint_link

    refuse("jo@a.exemple")
    mint_link(jo, purpose=LinkPurpose.PERSONAL, now=clock.now())
    page = visit(sylvie).open(f"/collectifs/{tilleuls.id}/gestion")
    assert page.says("À Jo =HYPERLINK(1), le courriel n’arrive pas (550)")
    page = page.press("Corriger et inviter", address=" JO@a.example ")
    assert page.says("L’adresse est corrigée, l’invitation part à l’instant.")
    assert not page.says("n’arrive pas")
    db.session.rollback()
    assert (db.session.get_one(User, jo.id).address, len(asked(MailInvitation))) == ("jo@a.example", 1)
    assert db.session.query(PersonalLink).one().revoked_at == clock.now()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Écrivez une adresse électronique."),
        ("jo@", "Cette adresse est incomplète : il manque peut-être l’arobase ou la fin."),
        ("jo(1)@a.example", "Cette adresse est mal écrite."),
        ("maud@a.example", "Cette adresse est déjà celle d’une personne d’ici."),
    ],
)
def test_a_wrong_correction_is_said_beside_the_address_and_kept(visit, sylvie, jo, tilleuls, typed, sentence):
    refuse("jo@a.exemple")
    page = visit(sylvie).open(f"/collectifs/{tilleuls.id}/gestion").press("Corriger et inviter", address=typed)
    assert page.status == 422
    assert sentence in page.errors
    assert page.soup.select_one("input[name=address]")["value"] == typed
    assert asked(MailInvitation) == []


def test_nobody_takes_the_account_of_somebody_who_came_in(visit, sylvie, maud, jo, tilleuls):
    visitor = visit(sylvie)
    path = f"/collectifs/{tilleuls.id}/corriger-une-adresse"

    def correct(who):
        data = {"user": str(who.id), "address": "a-moi@a.example", "csrf_token": visitor.token()}
        return visitor.open(path, "POST", data)

    refuse("maud@a.example")
    assert any("déjà entrée" in error for error in correct(maud).errors)
    assert any("Les courriels arrivent" in error for error in correct(jo).errors)
    elsewhere = factories.user("Ailleurs", address="x@a.example")
    refuse("x@a.example")
    assert any("n’est plus, dans ce collectif" in error for error in correct(elsewhere).errors)
    assert correct(elsewhere).status == 422


def test_after_the_first_meeting_another_address_needs_the_pilot_s_yes(visit, sylvie, jo, tilleuls):
    factories.meeting(tilleuls, starts_at=clock.now() - timedelta(days=7))
    refuse("jo@a.exemple")
    page = visit(sylvie).open(f"/collectifs/{tilleuls.id}/gestion")
    assert page.says("À Jo =HYPERLINK(1), le courriel n’arrive pas (550)")
    assert not page.has_button("Corriger et inviter")
    data = {"user": str(jo.id), "address": "a-moi@a.example", "csrf_token": page.visitor.token()}
    refused = page.visitor.open(f"/collectifs/{tilleuls.id}/corriger-une-adresse", "POST", data)
    assert any("proposez la bonne adresse au ou à la pilote" in error for error in refused.errors)
    assert asked(MailInvitation) == []


# --- Pasting


def paste(visit, sylvie, text):
    page = visit(sylvie).open("/collectifs/nouveau")
    return page.press(CHECK, name="Les Saules", pilot_line="Ève AUBRY <eve@a.example>", people=text)


def test_a_table_with_broken_accents_is_mended_in_the_open(visit, sylvie, place):
    table = "Nom\tPrénom\tCourriel\nMAR√âCHAL\tH√©l√®ne\th@b.example\nNathana√´l\u200b\tZoé\tz@b.example"
    page = paste(visit, sylvie, table)
    assert page.status == 200
    assert page.says("Hélène Maréchal h@b.example à vérifier Accents réparés.")
    assert page.says("Zoé Nathanaël")
    assert page.says("Signes retirés.")


def test_latin_1_accents_survive_the_form(visit, sylvie, place):
    broken = "Élise À <e@b.example>".encode().decode("latin-1")
    page = paste(visit, sylvie, broken)
    assert page.says("Élise À e@b.example à vérifier")
    assert page.says("vérifiez-les. Accents réparés.")


@pytest.mark.timeout(20)
def test_ten_thousand_lines_are_refused_in_one_sentence_with_nothing_lost_and_at_once(visit, sylvie, place):
    text = "\n".join(f"Prénom{n} NOM-DE-FAMILLE <prenom{n}.nom@ac-brume.example>" for n in range(10_000))
    page = visit(sylvie).open("/collectifs/nouveau")
    page = page.press(CHECK, name="Les Saules", pilot_line="Ève AUBRY <eve@a.example>", people=text)
    assert page.status == 422
    assert set(page.errors) == {"Cette liste dépasse 60 lignes : un collectif réunit une dizaine de personnes."}
    assert page.soup.select_one("textarea[name=people]").get_text().split() == text.split()


def test_a_name_of_eighty_letters_is_shown_whole(visit, sylvie, place):
    assert paste(visit, sylvie, f"Maud {'W' * 80} <m@b.example>").says("W" + "w" * 79)


# --- To a spreadsheet


def test_the_members_leave_as_csv_with_their_accents_and_without_a_formula(visit, sylvie, helene, tilleuls):
    refuse("maud@a.example")
    for who in (sylvie, helene):
        response = visit(who).raw(f"/collectifs/{tilleuls.id}/membres.csv")
        assert response.headers["Content-Disposition"] == 'attachment; filename="membres-B7.csv"'
        assert response.get_data().startswith("\ufeffNom;Prénom;Courriel;".encode())
        rows = {row[1]: row for row in read(response)}
        assert rows["Jo"][0] == "'=HYPERLINK(1)"
        assert rows["Jo"][5] == "en attente"
        assert rows["Maud"][6] == "n’arrive pas (550)"
        assert rows["Hélène"][3] == "pilote"


def test_the_collectives_leave_as_csv_and_ods(visit, sylvie, tilleuls):
    header, row = read(visit(sylvie).raw("/collectifs.csv"))
    assert dict(zip(header, row, strict=True)) == {
        "Territoire": "Val-de-Brume",
        "Collectif": "Les Tilleuls",
        "Code": "B7",
        "Saison": "2026-2027",
        "Degré": "1er degré",
        "Pilote": "Hélène Marchadier",
        "Membres": "3",
        "Regroupements tenus": "0",
        "Regroupements prévus": "0",
        "Charte en attente": "1",
    }
    for path in ("/collectifs.ods", f"/collectifs/{tilleuls.id}/membres.ods"):
        response = visit(sylvie).raw(path)
        assert response.mimetype == "application/vnd.oasis.opendocument.spreadsheet"
        assert response.get_data()[:2] == b"PK"


def test_the_lists_are_reached_from_the_pages_where_they_serve(visit, sylvie, helene, tilleuls):
    assert visit(sylvie).open("/collectifs").soup.select_one("a[href='/collectifs.ods']")
    for who, path in ((sylvie, f"/collectifs/{tilleuls.id}/gestion"), (helene, f"/collectifs/{tilleuls.id}")):
        assert visit(who).open(path).soup.select_one(f"a[href='/collectifs/{tilleuls.id}/membres.csv']")


def test_a_manager_of_sixty_collectives_reads_them_fifty_at_a_time(visit, sylvie, helene, place):
    for number in range(59):  # with that of Hélène, sixty
        row = factories.collective(place, name=f"Collectif {number:02}", code=f"C{number}", pilot=helene)
        factories.meeting(row)
    for _ in range(55):
        factories.grant(factories.user(), Role.PILOT, place)
    first, last = "Collectif 00", "Collectif 58"
    page = visit(sylvie).open("/collectifs")
    assert (page.says(first), page.says(last)) == (True, False)
    following = page.follow("Les 50 suivants")
    assert (following.says(first), following.says(last)) == (False, True)
    assert following.says("Page 2 sur 2")
    assert following.follow("Les 50 d’avant").says(first)
    assert visit(sylvie).open("/collectifs").says("60 collectifs")
    pilots = visit(sylvie).open("/pilotes")
    assert pilots.says("55 personnes")
    assert [
        len(page.soup.select("#vivier ~ table tbody tr")) for page in (pilots, pilots.follow("Les 50 suivantes"))
    ] == [50, 5]


def test_the_season_of_sixty_collectives_is_read_ten_at_a_time_and_one_is_found_by_its_name(
    visit, sylvie, helene, place
):
    for number in range(60):
        factories.meeting(factories.collective(place, name=f"Collège {number:02}", code=f"C{number}", pilot=helene))
    page = visit(sylvie).open("/saison")
    assert [page.says(f"Collège {number}") for number in ("00", "09", "10", "59")] == [True, True, False, False]
    last = page
    for _ in range(5):
        last = last.follow("Les 10 suivants")
    assert (last.says("Collège 50"), last.says("Collège 59"), last.says("Page 6 sur 6")) == (True, True, True)
    found = page.press("Chercher", mots="college 47")
    assert (found.says("Collège 47"), found.says("Collège 46")) == (True, False)
    assert page.press("Chercher", mots="lycée").says("Aucun collectif de ce nom")
    assert len(page.press("Chercher", mots="COLLEGE").soup.select("section table caption")) == 10
    assert "mots=" in page.press("Chercher", mots="COLLEGE").soup.find("a", string="Les 10 suivants")["href"]
