"""A meeting's page, and its preparation."""

from datetime import UTC, date, datetime, timedelta

import pytest

from collectifs.collectives.models import Meeting
from collectifs.kernel.extensions import db
from collectifs.meetings.models import MeetingEvent, ResourceAmendment
from collectifs.meetings.queries.meetings import agenda_of
from collectifs.meetings.services.situations import choose_situation
from tests import factories

TODAY = datetime(2027, 1, 13, 13, 0, tzinfo=UTC)
CANARY = "Zzyzx"


@pytest.fixture
def pilot(app):
    return factories.user("Hélène", "Marchadier", address="helene@academie.example")


@pytest.fixture
def collective(pilot, maud):
    return factories.collective(pilot=pilot, members=[maud, factories.user("Odile", "Ferrand")], name="Les Tilleuls")


@pytest.fixture
def meeting(collective):
    return factories.meeting(collective, number=3, starts_at=TODAY)


def start(meeting: Meeting, kind: str = "meeting_started", sequence: int = 1) -> None:
    factories.add(
        MeetingEvent(
            meeting_id=meeting.id, sequence=sequence, kind=kind, hand=1, happened_at=meeting.starts_at, body=b""
        )
    )
    db.session.commit()


def fresh(model, row_id):
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(model, row_id)


# ---------- the page of a meeting ----------


def test_a_member_reads_when_where_how_and_whom_to_ask(visit, meeting, maud):
    page = visit(maud).open(f"/regroupements/{meeting.id}")
    for words in (
        "mercredi 13 janvier 2027",
        "de 14 h à 16 h",
        "École des Tilleuls, salle des maîtres",
        "Portail vert.",
        "Hélène Marchadier",
        "helene@academie.example",
        "votre collectif (trois personnes)",
        "Onze étapes, deux heures",
    ):
        assert page.says(words), words
    assert page.soup.select_one('a[href="mailto:helene@academie.example"]')
    assert not page.says("Préparer")
    assert not page.says("Ouvrir la séance")
    assert page.follow("Proposer une situation").heading == "Proposer une situation"


def test_the_agenda_is_read_with_its_hours(visit, meeting, maud):
    rows = visit(maud).open(f"/regroupements/{meeting.id}").soup.select(".agenda tbody tr")
    assert len(rows) == 11
    assert rows[0].select("td")[-1].get_text(strip=True).replace("\u00a0", " ") == "14 h 05"
    assert rows[-1].select("td")[-1].get_text(strip=True).replace("\u00a0", " ") == "16 h"


def test_on_the_day_the_pilot_opens_the_meeting_from_here(visit, meeting, pilot):
    page = visit(pilot).open(f"/regroupements/{meeting.id}")
    primary = page.soup.select(".btn.primary")
    assert [link["href"] for link in primary] == [f"/seance/{meeting.id}"]


def test_before_the_day_the_pilot_prepares(visit, collective, pilot):
    later = factories.meeting(collective, starts_at=TODAY + timedelta(days=7))
    primary = visit(pilot).open(f"/regroupements/{later.id}").soup.select(".btn.primary")
    assert [link["href"] for link in primary] == [f"/regroupements/{later.id}/preparer"]


def test_a_started_meeting_is_taken_up_again_and_no_longer_moved(visit, meeting, pilot):
    start(meeting)
    page = visit(pilot).open(f"/regroupements/{meeting.id}")
    assert page.says("Reprendre la séance")
    assert not page.says("Changer la date ou le lieu")


def test_once_its_notes_have_perished_the_live_screen_is_no_more_offered(visit, meeting, pilot, moment):
    start(meeting)
    moment.shift(timedelta(days=31))
    assert not visit(pilot).open(f"/regroupements/{meeting.id}").soup.select(f'a[href="/seance/{meeting.id}"]')


def test_the_sheet_is_reached_once_it_is_shared(visit, meeting, maud):
    page = visit(maud).open(f"/regroupements/{meeting.id}")
    assert not page.soup.select('a[href^="/fiches/"]')


def test_hours_are_read_where_the_collective_lives(visit, pilot):
    island = factories.territory("La Réunion", timezone="Indian/Reunion")
    meeting = factories.meeting(factories.collective(island, pilot=pilot), starts_at=TODAY)
    assert visit(pilot).open(f"/regroupements/{meeting.id}").says("de 17 h à 19 h")


# ---------- preparing ----------


def test_the_pilot_changes_durations_and_the_hours_follow(visit, meeting, pilot):
    page = visit(pilot).open(f"/regroupements/{meeting.id}/preparer")
    assert page.says("Le déroulé finit à l’heure prévue.")
    saved = page.press("Enregistrer", questionnement="30", cloture="3")
    assert saved.says("Enregistré à 13 h 50")
    assert saved.says("Le déroulé finit 8 min après l’heure prévue.")
    assert saved.says("2 h 08")
    assert saved.says("16 h 08")
    steps = {step.id: step.minutes for step in agenda_of(fresh(Meeting, meeting.id))}
    assert (steps["questionnement"], steps["cloture"], steps["ouverture"]) == (30, 3, 5)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"questionnement": "9"}, "« Questionnement » dure au moins 10 min."),
        ({"questionnement": "900"}, "« Questionnement » dure au plus 240 min."),
        ({"questionnement": "9" * 30}, "« Questionnement » dure au plus 240 min."),
        ({"questionnement": "vingt"}, "Écrivez un nombre de minutes."),
        ({"questionnement": ""}, "Écrivez un nombre de minutes."),
        ({"questionnement": "-5"}, "« Questionnement » dure au moins 10 min."),
    ],
)
def test_never_under_the_least_of_a_step_and_nothing_typed_is_lost(visit, meeting, pilot, typed, said):
    page = visit(pilot).open(f"/regroupements/{meeting.id}/preparer").press("Enregistrer", cloture="4", **typed)
    assert page.status == 422
    field = page.soup.select_one("#questionnement")
    assert field["value"] == typed["questionnement"]
    assert field["aria-invalid"] == "true"
    assert said in page.soup.select_one("#questionnement-erreur").get_text(" ", strip=True).replace("\u00a0", " ")
    assert page.soup.select_one("#cloture")["value"] == "4"
    assert agenda_of(fresh(Meeting, meeting.id))[4].minutes == 20


def test_two_wrong_durations_are_both_said(visit, meeting, pilot):
    page = visit(pilot).open(f"/regroupements/{meeting.id}/preparer").press("Enregistrer", ouverture="1", cloture="1")
    assert len(page.soup.select("ol.steps .error")) == 2


def test_one_button_saves_the_whole_page_and_what_holds_in_the_room_comes_before_the_steps(visit, meeting, pilot):
    page = visit(pilot).open(f"/regroupements/{meeting.id}/preparer")
    (primary,) = page.soup.select(".btn.primary")
    assert primary.get_text() == "Enregistrer"
    room = page.soup.select_one(".room")
    assert room.select_one("#room_closes")
    assert room.select_one("#without_notes")
    assert room.find_next("ol", class_="steps") is not None
    assert page.says("Rien ne se note pendant l’échange")


def test_the_spare_situation_is_chosen_and_can_be_read_with_its_questions(visit, meeting, pilot):
    page = visit(pilot).open(f"/regroupements/{meeting.id}/preparer")
    saved = page.press("Enregistrer", spare_id="le-cahier-rouge")
    assert saved.says("Que fait-elle des pages le soir ?")
    assert fresh(Meeting, meeting.id).spare_id == "le-cahier-rouge"
    refused = page.press("Enregistrer", spare_id="inventée")
    assert refused.status == 422
    assert any("pas dans la liste" in error for error in refused.errors)
    assert fresh(Meeting, meeting.id).spare_id == "le-cahier-rouge"
    page.press("Enregistrer", spare_id="")
    assert fresh(Meeting, meeting.id).spare_id == ""


def test_a_video_is_an_address_that_one_can_open_and_what_was_typed_stays(visit, meeting, pilot):
    page = visit(pilot).open(f"/regroupements/{meeting.id}/preparer")
    refused = page.press("Enregistrer", spare_link="video.example/1", cloture="4")
    assert refused.status == 422
    assert "commence par" in refused.soup.select_one("#spare_link-erreur").get_text()
    assert refused.soup.select_one("#spare_link")["value"] == "video.example/1"
    assert refused.soup.select_one("#cloture")["value"] == "4"
    saved = refused.press("Enregistrer", spare_link="https://video.example/1")
    assert saved.soup.select_one("#spare_link")["value"] == "https://video.example/1"


def test_the_library_of_spare_situations_is_read_by_anybody_signed_in(visit, meeting, maud, pilot):
    page = visit(maud).open("/canevas").follow("situations de secours")
    assert page.heading == "Situations de secours"
    assert page.says("Dix situations")
    assert page.says("Aviez-vous convenu d’un signe ?")
    preparing = visit(pilot).open(f"/regroupements/{meeting.id}/preparer")
    assert preparing.follow("Lire toutes les situations de secours").heading == page.heading


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ({}, "http://neo.ens-lyon.fr/neo (autre site, lien non vérifié)"),
        ({"address": "https://neo.example/1", "checked_on": date(2026, 12, 1)}, "lien vérifié le 1er décembre 2026"),
        ({"is_hidden": True}, ""),
    ],
)
def test_the_videos_to_begin_with_are_those_of_the_resources_as_the_administration_keeps_them(
    visit, collective, pilot, kept, said
):
    first = factories.meeting(collective)
    if kept:
        usual = {"address": "http://neo.ens-lyon.fr/neo"}
        factories.add(ResourceAmendment(resource_id="debuter-comme-formateur", **usual | kept))
    for path in ("/situations-de-secours", f"/regroupements/{first.id}/preparer"):
        page = visit(pilot).open(path)
        assert page.says("Débuter comme formateur") is bool(said)
        assert page.says(said)


def test_the_pilot_reads_the_situations_that_wait_and_nobody_else_does(visit, collective, meeting, pilot, maud):
    earlier = factories.meeting(collective, number=2, starts_at=TODAY - timedelta(days=30))
    chosen = factories.situation(collective, maud, "Déjà travaillée")
    factories.situation(collective, maud, CANARY, sentence="Une phrase.", question="Une question ?")
    choose_situation(earlier, chosen.id)
    page = visit(pilot).open(f"/regroupements/{meeting.id}/preparer")
    assert page.says(CANARY)
    assert page.says("Une phrase.")
    assert page.says("Une question ?")
    assert not page.says("Déjà travaillée")
    odile = factories.user("Odile")
    factories.membership(odile, collective)
    for url in (f"/regroupements/{meeting.id}", f"/collectifs/{collective.id}/proposer-une-situation"):
        assert not visit(odile).open(url).says(CANARY)


def test_without_a_situation_the_page_says_what_to_expect(visit, meeting, pilot):
    assert visit(pilot).open(f"/regroupements/{meeting.id}/preparer").says("Elles arrivent souvent la veille")


def test_a_started_agenda_cannot_change_even_from_an_old_page(visit, meeting, pilot):
    old = visit(pilot).open(f"/regroupements/{meeting.id}/preparer")
    start(meeting)
    page = old.press("Enregistrer", cloture="30")
    assert page.status == 422
    assert page.says("La séance a commencé")
    assert not page.has_button("Enregistrer")
    assert agenda_of(fresh(Meeting, meeting.id))[-1].minutes == 5


def test_only_the_pilot_prepares(visit, meeting, maud):
    visitor = visit(maud)
    assert visitor.open(f"/regroupements/{meeting.id}/preparer").status == 404
    assert visitor.open(f"/regroupements/{meeting.id}").status == 200
