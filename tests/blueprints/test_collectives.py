"""A collective as its members live it: the charter first, then one thing to do; and the way out."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from collectifs.collectives.domain import charter
from collectifs.collectives.models import CharterConsent, Meeting, Membership, Pilotship
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.vault.texts import seal_text
from collectifs.meetings.models import Attendance, SynthesisSheet
from collectifs.people.domain.person import Degree, Role
from collectifs.sheets.models import SheetProposal, SheetVersion
from tests import factories

LAST_WEEK = datetime(2027, 1, 6, 13, 0, tzinfo=UTC)


@pytest.fixture
def tilleuls(place, helene, maud):
    return factories.collective(place, pilot=helene, members=[maud], name="Les Tilleuls")


@pytest.fixture
def newcomer(tilleuls):
    who = factories.user("Jeanne", "Tissot")
    factories.membership(who, tilleuls, consents=False)
    return who


def home(collective) -> str:
    return f"/collectifs/{collective.id}"


def event(meeting: Meeting, kind: str) -> None:
    meeting.sequence += 1
    factories.event(meeting, kind, sequence=meeting.sequence)


def propose(meeting: Meeting, *, deadline: timedelta = timedelta(days=2)) -> SynthesisSheet:
    """The sheet of a meeting, filled and put to the members; the presenter, nobody, has nothing to answer."""
    sheet = db.session.scalars(select(SynthesisSheet).where(SynthesisSheet.meeting_id == meeting.id)).one()
    content, now = factories.content(), clock.now()
    pilot_id = db.session.scalars(select(Pilotship.user_id)).first()
    version = SheetVersion(id=uuid4(), sheet_id=sheet.id, number=1, key_id=sheet.key_id, digest=content.digest())
    version.cut_at, version.cut_by_id = now, pilot_id
    seal_text(version, SheetVersion.body, content.to_json())
    factories.add(version)
    times = {"proposed_at": now - timedelta(hours=1), "deadline_at": now + deadline, "asks_transmission": True}
    factories.add(SheetProposal(sheet_id=sheet.id, version_id=version.id, **times))
    return sheet


def primary(page) -> list[str]:
    return [tag.get_text(" ", strip=True) for tag in page.soup.select("main .btn.primary")]


# --- The charter


def test_a_newcomer_meets_the_charter_first(visit, tilleuls, newcomer):
    page = visit(newcomer).open(home(tilleuls))
    assert page.path.endswith("/charte")
    assert page.heading == "Bienvenue aux Tilleuls, Jeanne"
    for principle in charter.PRINCIPLES:
        assert page.says(principle.title)
        assert page.says(principle.text)
    assert page.says(charter.LIMIT_TITLE)
    assert page.says("article 40")
    assert page.says("119")
    assert page.says("Hélène Marchadier")
    assert page.says("Lisible par : votre collectif (3 personnes)")
    assert page.says("Vous pourrez quitter le collectif à tout moment, sans dire pourquoi.")


def test_reading_the_charter_accepts_nothing(visit, tilleuls, newcomer):
    visit(newcomer).open(f"{home(tilleuls)}/charte")
    assert not db.session.scalars(select(CharterConsent).where(CharterConsent.user_id == newcomer.id)).all()


def test_accepting_opens_the_collective_and_says_when(visit, tilleuls, newcomer):
    factories.meeting(tilleuls)
    page = visit(newcomer).open(home(tilleuls)).press("J’accepte la charte")
    assert page.says("Charte acceptée le mercredi 13 janvier 2027 à 13 h 50.")
    page = page.follow("Passer")
    assert page.path == home(tilleuls)
    assert page.says("École des Tilleuls, salle des maîtres")
    assert primary(page) == ["Voir le regroupement"]


def test_the_charter_can_be_read_again(visit, tilleuls, maud):
    page = visit(maud).open(home(tilleuls)).follow("Relire la charte")
    assert page.says("Charte acceptée le mercredi 4 novembre 2026 à 14 h")
    assert page.says(charter.PRINCIPLES[0].text)
    assert not page.has_button("J’accepte la charte")


def test_accepting_twice_is_accepting_once(visit, tilleuls, newcomer):
    visitor = visit(newcomer)
    page = visitor.open(home(tilleuls))
    page.press("J’accepte la charte")
    page.press("J’accepte la charte")
    assert len(db.session.scalars(select(CharterConsent).where(CharterConsent.user_id == newcomer.id)).all()) == 1


def test_a_pilot_accepts_the_charter_too(visit, tilleuls, helene):
    db.session.delete(db.session.scalars(select(CharterConsent).where(CharterConsent.user_id == helene.id)).one())
    page = visit(helene).open(home(tilleuls))
    assert page.path.endswith("/charte")
    assert page.says("Vous pilotez ce collectif")


# --- The page of a member


def test_a_member_reads_the_next_date_and_whom_to_ask(visit, tilleuls, maud, helene):
    factories.meeting(tilleuls)
    page = visit(maud).open(home(tilleuls))
    assert page.heading == "Les Tilleuls"
    assert page.says("Lisible par : votre collectif (2 personnes)")
    assert page.says("les situations sont effacées le 31 août 2027")
    assert page.says("Le premier regroupement commence à 14 h")
    assert page.says("de 14 h à 16 h")
    assert page.says("Portail vert.")
    assert page.says(helene.address)
    assert page.says(f"Hélène {helene.family_name} anime.")
    assert primary(page) == ["Voir le regroupement"]


def test_a_member_is_not_shown_what_only_pilots_do(visit, tilleuls, maud):
    factories.meeting(tilleuls)
    page = visit(maud).open(home(tilleuls))
    for words in ("Ouvrir la séance", "Fixer cette date", "Copier toutes les adresses", "Fiche à finir"):
        assert not page.says(words)


def test_without_a_date_a_member_can_already_write(visit, tilleuls, maud):
    page = visit(maud).open(home(tilleuls))
    assert page.says("La date n’est pas encore fixée")
    assert primary(page) == ["Proposer une situation"]


def test_a_proposed_sheet_comes_first_while_its_delay_runs(visit, tilleuls, maud, moment):
    propose(factories.meeting(tilleuls, starts_at=LAST_WEEK))
    factories.meeting(tilleuls, number=2, starts_at=clock.now() + timedelta(days=21))
    page = visit(maud).open(home(tilleuls))
    assert page.says("La fiche du 6 janvier attend votre lecture")
    assert page.says("Jusqu’au vendredi 15 janvier 2027, 13 h 50")
    assert primary(page) == ["Lire la fiche"]
    assert page.says("Mercredi 3 février 2027")
    moment.shift(timedelta(days=3))
    page = visit(maud).open(home(tilleuls))
    assert not page.says("attend votre lecture")
    assert page.says("Fiche acceptée")


def test_a_draft_is_nobodys_but_the_pilots(visit, tilleuls, maud, helene):
    factories.meeting(tilleuls, starts_at=LAST_WEEK)
    assert "/fiches/" not in visit(maud).open(home(tilleuls)).response.text
    assert "/fiches/" in visit(helene).open(home(tilleuls)).response.text


def test_a_member_finds_their_own_situations_and_no_others(visit, tilleuls, maud, helene):
    odile = factories.user("Odile")
    factories.membership(odile, tilleuls)
    factories.situation(tilleuls, maud, "Elle dit oui à tout")
    factories.situation(tilleuls, odile, "Le silence au fond")
    page = visit(maud).open(home(tilleuls))
    assert page.says("Elle dit oui à tout")
    assert not page.says("Le silence au fond")


def test_the_series_shows_five_stops(visit, tilleuls, maud):
    first = factories.meeting(tilleuls, starts_at=LAST_WEEK)
    factories.meeting(tilleuls, number=2)
    for who, state in ((maud, "late"), (factories.user("Odile"), "absent"), (factories.user("Jo"), "present")):
        factories.add(Attendance(meeting_id=first.id, user_id=who.id, state=state, marked_at=LAST_WEEK))
    page = visit(maud).open(home(tilleuls))
    stops = [tag["class"][0] for tag in page.soup.select("ol.five > li")]
    assert stops == ["is-done", "is-now", "is-open", "is-open", "is-open"]
    assert page.says("6 janvier")
    assert page.says("Deux personnes.")
    assert page.says("13 janvier, 14 h")


def test_who_is_there_is_a_plain_list_until_everybody_is_known(visit, tilleuls, maud):
    page = visit(maud).open(home(tilleuls))
    assert page.says("Hélène Marchadier pilote")
    assert not page.soup.select("table.mix")


def test_who_is_there_becomes_a_table_of_degree_and_experience(visit, tilleuls, maud, helene):
    known = {maud.id: (Degree.SECOND, 0, "collège"), helene.id: (Degree.FIRST, 11, "élémentaire")}
    for row in db.session.scalars(select(Membership)):
        row.degree, row.tutoring_years, row.setting = known[row.user_id]
    page = visit(maud).open(home(tilleuls))
    assert page.says("Deux personnes, deux degrés")
    cells = [tag.get_text(" ", strip=True) for tag in page.soup.select("table.mix tbody td")]
    assert cells == ["–", "Hélène Marchadier pilote, élémentaire, depuis onze ans", "Maud Le Bihan collège", "–"]


# --- The page of the pilot: one thing to do


def test_a_pilot_fixes_the_first_date(visit, tilleuls, helene):
    page = visit(helene).open(home(tilleuls))
    assert page.says("Fixer la date du premier regroupement")
    assert primary(page) == ["Fixer la date"]


def test_a_pilot_prepares_the_next_meeting(visit, tilleuls, helene, maud):
    factories.meeting(tilleuls, starts_at=clock.now() + timedelta(days=7))
    factories.situation(tilleuls, maud)
    page = visit(helene).open(home(tilleuls))
    assert page.says("Préparer le premier regroupement")
    assert page.says("Une situation vous a été proposée.")
    assert primary(page) == ["Préparer la séance"]


def test_a_pilot_opens_the_room_ten_minutes_before(visit, tilleuls, helene):
    factories.meeting(tilleuls)
    page = visit(helene).open(home(tilleuls))
    assert page.says("dans 10 min")
    assert page.says("Le premier regroupement commence à 14 h")
    assert primary(page) == ["Ouvrir la séance"]


def test_the_room_stays_open_past_the_hour_until_it_is_closed(visit, tilleuls, helene, moment):
    meeting = factories.meeting(tilleuls)
    event(meeting, "meeting_started")
    moment.shift(timedelta(hours=3))
    page = visit(helene).open(home(tilleuls))
    assert page.says("Le premier regroupement est en cours")
    assert primary(page) == ["Reprendre la séance"]
    event(meeting, "meeting_closed")
    page = visit(helene).open(home(tilleuls))
    assert page.says("La fiche du 13 janvier est à finir")
    assert primary(page) == ["Finir la fiche"]


def test_a_pilot_finishes_the_sheet_before_preparing(visit, tilleuls, helene):
    factories.meeting(tilleuls, starts_at=LAST_WEEK)
    factories.meeting(tilleuls, number=2, starts_at=clock.now() + timedelta(days=21))
    assert primary(visit(helene).open(home(tilleuls))) == ["Finir la fiche"]


def test_a_pilot_sees_that_a_sheet_may_be_submitted(visit, tilleuls, helene):
    propose(factories.meeting(tilleuls, starts_at=LAST_WEEK), deadline=-timedelta(minutes=1))
    assert visit(helene).open(home(tilleuls)).says("Fiche acceptée : la transmettre ?")


def test_nothing_but_the_six_questions_is_asked_after_the_last_meeting(visit, tilleuls, helene):
    for number in range(1, 6):
        meeting = factories.meeting(tilleuls, number=number, starts_at=LAST_WEEK - timedelta(days=20 * (6 - number)))
        propose(meeting)
    page = visit(helene).open(home(tilleuls))
    assert page.says("Les regroupements prévus ont eu lieu")
    assert primary(page) == ["Répondre"]
    assert page.says("Six questions pour finir")


def test_a_member_of_a_series_that_is_over_waits_for_no_date_and_finds_their_hours(visit, tilleuls, maud):
    for number in range(1, 6):
        factories.meeting(tilleuls, number=number, starts_at=LAST_WEEK - timedelta(days=20 * (6 - number)))
    page = visit(maud).open(home(tilleuls))
    assert not page.says("La date n’est pas encore fixée")
    assert page.follow("Les regroupements prévus ont eu lieu").path == "/mes-regroupements"


# --- Leaving


def test_leaving_is_explained_then_done_without_a_word(visit, tilleuls, maud):
    factories.situation(tilleuls, maud, "Elle dit oui à tout")
    visitor = visit(maud)
    page = visitor.open(home(tilleuls)).follow("Quitter le collectif")
    for words in ("Sans dire pourquoi", "Vos présences", "Vous gardez le droit de les retirer", "31 août 2027"):
        assert page.says(words)
    assert page.has_button("Retirer")
    assert not page.soup.select("main textarea, main input:not([type=hidden])")
    page = page.press("Quitter le collectif")
    assert page.path == "/"
    assert page.says("Vous avez quitté le collectif Les Tilleuls.")
    assert visitor.raw(home(tilleuls)).status_code == 404
    assert visitor.raw(f"{home(tilleuls)}/charte").status_code == 404


def test_opening_the_way_out_is_not_leaving(visit, tilleuls, maud):
    visitor = visit(maud)
    visitor.open(f"{home(tilleuls)}/quitter")
    assert visitor.raw(home(tilleuls)).status_code == 200


def test_the_last_pilot_reads_whom_to_write_to(visit, place, tilleuls, helene):
    sylvie = factories.user("Sylvie", "Montagnac")
    factories.grant(sylvie, Role.MANAGER, place)
    visitor = visit(helene)
    page = visitor.open(f"{home(tilleuls)}/quitter")
    assert page.says(f"écrivez à Sylvie Montagnac ({sylvie.address}).")
    assert not page.has_button("Quitter le collectif")
    token = page.soup.select_one("meta[name=csrf-token]")["content"]
    refused = visitor.open(f"{home(tilleuls)}/quitter", method="POST", data={"csrf_token": token})
    assert refused.status == 422
    assert visitor.raw(home(tilleuls)).status_code == 200


# --- Nobody else


@pytest.mark.parametrize("path", ["", "/charte", "/quitter"])
@pytest.mark.parametrize("role", [None, Role.MANAGER, Role.INSPECTOR, Role.ADMINISTRATOR])
def test_nobody_from_outside_enters(visit, place, tilleuls, role, path):
    stranger = factories.user("Bruno")
    if role is not None:
        factories.grant(stranger, role, None if role is Role.ADMINISTRATOR else place)
    assert visit(stranger).raw(home(tilleuls) + path).status_code == 404


def test_a_title_never_carries_a_typed_word(visit, tilleuls, maud):
    for path in ("", "/charte", "/quitter"):
        page = visit(maud).open(home(tilleuls) + path)
        assert "Tilleuls" not in page.soup.title.get_text()


def test_a_name_that_looks_like_markup_is_only_a_name(visit, place, maud, helene):
    odd = factories.collective(place, pilot=helene, members=[maud], name="<b>Les Tilleuls</b>")
    page = visit(maud).open(home(odd))
    assert page.heading == "<b>Les Tilleuls</b>"
