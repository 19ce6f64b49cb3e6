"""Cancelling a meeting, what its page becomes, its history, and the next date agreed in the room."""

from datetime import UTC, datetime, timedelta

import pytest

from collectifs.collectives.models import Meeting
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.work import MailMeetingCancelled, MailMeetingPlanned
from collectifs.meetings.models import MeetingEvent
from collectifs.people.domain.person import Role
from tests import factories
from tests.asked import asked

SOON = datetime(2027, 2, 3, 13, 0, tzinfo=UTC)
NEXT = {"day": "2027-03-10", "starts": "14:00", "ends": "", "place": "Mairie"}


@pytest.fixture
def meeting(collective):
    return factories.meeting(collective, starts_at=SOON)


def cancelled(meeting) -> bool:
    db.session.rollback()
    return db.session.get_one(Meeting, meeting.id).cancelled_at is not None


def start(meeting: Meeting) -> None:
    factories.add(
        MeetingEvent(
            meeting_id=meeting.id, sequence=1, kind="meeting_started", hand=1, happened_at=clock.now(), body=b""
        )
    )
    db.session.commit()


def test_the_pilot_cancels_from_the_page_of_the_meeting(visit, pilot, collective, meeting):
    factories.meeting(collective, number=2, starts_at=SOON + timedelta(days=21))
    page = visit(pilot).open(f"/regroupements/{meeting.id}").follow("Annuler")
    assert page.says("Le suivant, 24 février, devient le regroupement 1.")
    assert page.says("Chaque membre reçoit un courriel")
    done = page.press("Annuler ce regroupement")
    assert done.path == f"/collectifs/{collective.id}"
    assert done.says("Le regroupement est annulé. Chaque membre reçoit un courriel.")
    assert cancelled(meeting)
    assert len(asked(MailMeetingCancelled)) == 2


def test_looking_at_the_page_cancels_nothing(visit, pilot, meeting):
    visit(pilot).open(f"/regroupements/{meeting.id}/annuler").follow("Le garder")
    assert not cancelled(meeting)


def test_on_the_day_it_says_to_speak_and_offers_another_date_at_once(visit, pilot, collective):
    today = factories.meeting(collective)
    page = visit(pilot).open(f"/regroupements/{today.id}/annuler")
    assert page.says("prévenez aussi de vive voix")
    done = page.press("Annuler ce regroupement")
    assert done.path == f"/collectifs/{collective.id}/nouveau-regroupement"
    assert done.heading == "Fixer la date du regroupement 1"
    assert done.says("Vous pouvez fixer tout de suite une autre date.")


def test_to_put_off_is_to_move(visit, pilot, meeting):
    page = visit(pilot).open(f"/regroupements/{meeting.id}/annuler").follow("Reporter à une autre date")
    page.press("Changer et prévenir le collectif", day="2027-03-10")
    assert not cancelled(meeting)


def test_past_its_hour_nobody_is_disturbed(visit, pilot, maud, collective):
    past = factories.meeting(collective, starts_at=clock.now() - timedelta(days=2))
    page = visit(pilot).open(f"/regroupements/{past.id}/annuler")
    assert page.says("personne ne reçoit de courriel")
    assert page.press("Annuler ce regroupement").says("aucun courriel n’est envoyé")


def test_pressed_twice_it_is_cancelled_once(visit, pilot, meeting):
    page = visit(pilot).open(f"/regroupements/{meeting.id}/annuler")
    page.press("Annuler ce regroupement")
    assert page.press("Annuler ce regroupement").status == 200
    assert len(asked(MailMeetingCancelled)) == 2
    assert visit(pilot).open(f"/regroupements/{meeting.id}/annuler").says("Il est déjà annulé")


def test_a_started_meeting_is_not_cancelled_even_from_an_old_page(visit, pilot, meeting):
    old = visit(pilot).open(f"/regroupements/{meeting.id}/annuler")
    start(meeting)
    page = old.press("Annuler ce regroupement")
    assert page.status == 422
    assert any("La séance a commencé" in error for error in page.errors)
    assert not page.has_button("Annuler ce regroupement")
    assert not cancelled(meeting)


def test_the_page_of_a_cancelled_meeting_says_so_and_names_the_next(visit, pilot, maud, collective, meeting):
    coming = factories.meeting(collective, number=2, starts_at=SOON + timedelta(days=21), place="Mairie")
    visit(pilot).open(f"/regroupements/{meeting.id}/annuler").press("Annuler ce regroupement")
    page = visit(maud).open(f"/regroupements/{meeting.id}")
    assert page.heading == "Regroupement annulé"
    assert page.says("Le prochain : mercredi 24 février 2027, de 14 h à 16 h, Mairie.")
    assert page.follow("Voir le prochain regroupement").path == f"/regroupements/{coming.id}"
    assert not page.says("Le déroulé")
    mine = visit(pilot).open(f"/regroupements/{meeting.id}")
    assert mine.follow("Fixer une autre date").path == f"/collectifs/{collective.id}/nouveau-regroupement"


@pytest.mark.parametrize("page", ["preparer", "feuille-de-route.pdf"])
def test_nothing_is_prepared_for_a_cancelled_meeting(visit, pilot, meeting, page):
    meeting.cancelled_at = clock.now()
    assert visit(pilot).open(f"/regroupements/{meeting.id}/{page}").status == 404
    assert visit(pilot).open(f"/seance/{meeting.id}").status == 404


def test_a_cancelled_meeting_does_not_move_and_says_where_to_go(visit, pilot, meeting):
    old = visit(pilot).open(f"/regroupements/{meeting.id}/date-et-lieu")
    meeting.cancelled_at = clock.now()
    page = old.press("Changer et prévenir", place="Mairie")
    assert page.status == 422
    assert any("est annulé" in error for error in page.errors)
    assert page.follow("Fixer une autre date").status == 200


def test_the_collective_sees_what_was_cancelled(visit, pilot, maud, collective, meeting):
    visit(pilot).open(f"/regroupements/{meeting.id}/annuler").press("Annuler ce regroupement")
    page = visit(maud).open(f"/collectifs/{collective.id}")
    assert page.says("Annulé : mercredi 3 février")
    assert page.follow("mercredi 3 février").heading == "Regroupement annulé"


def test_the_history_of_a_date_is_on_its_page(visit, pilot, maud, collective):
    form = visit(pilot).open(f"/collectifs/{collective.id}/nouveau-regroupement")
    form.press("Fixer cette date", **NEXT)
    meeting = db.session.query(Meeting).one()
    visit(pilot).open(f"/regroupements/{meeting.id}/date-et-lieu").press("Changer et prévenir", place="Salle B 12")
    page = visit(maud).open(f"/regroupements/{meeting.id}")
    assert page.heading == "1er regroupement (4 ou 5 prévus)"
    when = "mercredi 13 janvier 2027 à 13 h 50, par Hélène Marchadier : mercredi 10 mars 2027, de 14 h à 16 h"
    assert page.says(f"Fixé le {when}, Mairie.")
    assert page.says(f"Changé le {when}, Salle B 12.")


@pytest.fixture
def room(visit, pilot, meeting):
    """Sends what the live screen sends at its closing step."""
    start(meeting)
    visitor = visit(pilot)

    def send(**typed):
        url, headers = f"/regroupements/{meeting.id}/prochaine-date", {"X-CSRFToken": visitor.token()}
        answer = visitor.raw(url, "POST", json={"keep": "", **NEXT, **typed}, headers=headers)
        return answer.status_code, answer.get_json()

    return send


def test_the_next_date_agreed_in_the_room_is_fixed_and_told(room, meeting):
    status, said = room()
    assert status == 200
    assert said["title"] == "2e regroupement (4\u00a0ou\u00a05\u00a0prévus)"
    assert said["when"].replace("\xa0", " ") == "mercredi 10 mars 2027, de 14 h à 16 h, Mairie"
    db.session.rollback()
    second = db.session.query(Meeting).filter_by(number=2).one()
    assert second.access_note == "Portail vert."
    assert said["url"] == f"/regroupements/{second.id}/date-et-lieu"
    assert len(asked(MailMeetingPlanned)) == 2


def test_elsewhere_the_way_in_of_last_time_is_not_repeated(room):
    room(access_note="", commune="")
    assert db.session.query(Meeting).filter_by(number=2).one().access_note == ""


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"day": ""}, "day", "Choisissez un jour."),
        ({"day": "2027-01-06"}, "day", "Choisissez une date à venir."),
        ({"day": "2027-02-03"}, "day", "Le regroupement 1 est déjà prévu ce jour-là"),
        ({"place": ""}, "place", "Indiquez le lieu"),
        ({"ends": "13:00"}, "ends", "Donnez une heure de fin après 14"),
    ],
)
def test_what_is_wrong_is_said_by_field(room, typed, field, said):
    status, answer = room(**typed)
    assert status == 422
    assert said in answer["errors"][field].replace("\xa0", " ")
    assert db.session.query(Meeting).count() == 1


def test_an_unusual_day_asks_and_passes_when_kept(room):
    status, answer = room(day="2027-02-17")
    assert (status, answer["keep"]) == (422, "2027-02-17")
    assert "vacances d’hiver de la zone A" in answer["warnings"][0]
    assert room(day="2027-02-17", keep="2027-02-17")[0] == 200


def test_the_same_works_as_a_page(visit, pilot, meeting):
    page = visit(pilot).open(f"/regroupements/{meeting.id}/prochaine-date")
    done = page.press("Fixer cette date", **NEXT)
    assert done.path == f"/regroupements/{meeting.id}"
    assert done.says("La date est fixée.")


def test_the_live_screen_holds_the_form_or_the_date_already_fixed(visit, pilot, collective):
    today = factories.meeting(collective)
    live = f"/seance/{today.id}"
    assert f"/regroupements/{today.id}/prochaine-date" in visit(pilot).raw(live).get_data(as_text=True)
    factories.meeting(collective, number=2, starts_at=SOON, place="Mairie")
    text = visit(pilot).raw(live).get_data(as_text=True)
    assert "3\u00a0février 2027" in text


def test_whoever_stands_in_for_a_meeting_fixes_the_next_date_but_moves_none(visit, maud, collective, meeting):
    factories.add(
        factories.Pilotship(
            user_id=maud.id,
            collective_id=collective.id,
            starts_on=clock.now().date(),
            appointed_by_id=maud.id,
            meeting_id=meeting.id,
        )
    )
    visitor = visit(maud)
    url, headers = f"/regroupements/{meeting.id}/prochaine-date", {"X-CSRFToken": visitor.token()}
    answer = visitor.raw(url, "POST", json={**NEXT, "keep": ""}, headers=headers)
    assert (answer.status_code, answer.get_json()["url"]) == (200, "")
    assert not visitor.open(f"/regroupements/{meeting.id}/preparer").says("Changer la date")
    for page in ("date-et-lieu", "annuler"):
        assert visitor.open(f"/regroupements/{meeting.id}/{page}").status == 404


def test_the_manager_reads_that_it_is_cancelled_and_nothing_more(visit, pilot, collective, meeting):
    manager, where = factories.user(), db.session.get_one(factories.Territory, collective.territory_id)
    factories.grant(manager, Role.MANAGER, where)
    visit(pilot).open(f"/regroupements/{meeting.id}/annuler").press("Annuler ce regroupement")
    page = visit(manager).open(f"/collectifs/{collective.id}/gestion")
    assert page.says("Annulé : mercredi 3 février 2027, de 14 h à 16 h")
    assert visit(manager).open(f"/regroupements/{meeting.id}").status == 404
