"""Fixing a date as the pilot does, moving it, and the paper to run the meeting by."""

from datetime import UTC, datetime, timedelta

import pytest

from collectifs.collectives.models import Meeting
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.work import MailMeetingMoved, MailMeetingPlanned
from collectifs.meetings.models import MeetingEvent
from collectifs.people.domain.person import Role
from tests import factories
from tests.asked import asked

WEDNESDAY = {"day": "2027-02-03", "starts": "14:00", "ends": "16:00", "place": "Collège de la Brume, salle B 12"}


@pytest.fixture
def form(visit, collective, pilot):
    return visit(pilot).open(f"/collectifs/{collective.id}/nouveau-regroupement")


def meetings() -> list[Meeting]:
    db.session.rollback()
    return db.session.query(Meeting).order_by(Meeting.number).all()


def value(page, name: str) -> str:
    tag = page.soup.select_one(f'[name="{name}"]')
    return tag.get_text().strip() if tag.name == "textarea" else tag.get("value", "")


def test_the_pilot_fixes_the_first_date_and_prepares_at_once(form):
    page = form.press("Fixer cette date", **WEDNESDAY, access_note="Portail vert.")
    assert page.path.endswith("/preparer")
    assert page.says("Chaque membre reçoit un courriel")
    assert page.says("Le déroulé finit à l’heure prévue.")
    (meeting,) = meetings()
    assert meeting.starts_at == datetime(2027, 2, 3, 13, 0, tzinfo=UTC)
    assert (meeting.number, meeting.access_note, len(meeting.steps)) == (1, "Portail vert.", 10)
    assert len(asked(MailMeetingPlanned)) == 2


def test_no_field_is_for_a_video_link(form):
    names = {tag["name"] for tag in form.soup.select("main [name]")}
    assert names == {"csrf_token", "day", "starts", "ends", "place", "commune", "access_note"}
    page = form.press("Fixer cette date", **(WEDNESDAY | {"place": "https://visio.example/salle"}))
    assert page.status == 422
    assert any("jamais à distance" in error for error in page.errors)
    assert meetings() == []


def test_two_hours_when_no_end_is_given(form):
    form.press("Fixer cette date", **(WEDNESDAY | {"ends": "", "starts": "9:30"}))
    (meeting,) = meetings()
    assert meeting.ends_at - meeting.starts_at == timedelta(hours=2)


def test_another_length_keeps_the_canvas_and_says_the_difference(form):
    page = form.press("Fixer cette date", **(WEDNESDAY | {"ends": "15:30"}))
    assert page.says("Le déroulé finit 30 min après l’heure prévue.")
    assert page.says("10 étapes, 2 h")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"place": "  "}, "Indiquez le lieu"),
        ({"day": ""}, "Choisissez un jour."),
        ({"day": "mercredi"}, "Écrivez le jour ainsi"),
        ({"day": "0027-02-03"}, "Écrivez l’année en entier"),
        ({"day": "9999-12-31"}, "Écrivez l’année en entier"),
        ({"starts": ""}, "Donnez une heure de début."),
        ({"starts": "deux heures"}, "Écrivez l’heure ainsi"),
        ({"ends": "13:00"}, "Donnez une heure de fin après 14 h."),
        ({"day": "2027-01-06"}, "Choisissez une date à venir."),
        ({"day": "2027-01-13", "starts": "13:50", "ends": "15:50"}, "Choisissez une date à venir."),
        ({"day": "2029-02-07"}, "la saison finit ce jour-là"),
        ({"place": "é" * 201}, "dépasse 200 caractères"),
    ],
)
def test_a_refusal_stands_by_its_field_and_nothing_typed_is_lost(form, change, said):
    typed = WEDNESDAY | {"access_note": "Portail vert, rue du Lavoir."} | change
    page = form.press("Fixer cette date", **typed)
    assert page.status == 422
    assert any(said in error for error in page.errors)
    assert {name: value(page, name) for name in typed} == {name: text.strip() for name, text in typed.items()}
    assert meetings() == []


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2027-02-06", "tombe un samedi"),
        ("2027-05-12", "entre novembre et avril"),
        ("2027-02-17", "pendant les vacances d’hiver de la zone A"),
        ("2027-03-29", "Ce jour est férié : c’est le lundi de Pâques."),
    ],
)
def test_an_unusual_date_asks_and_lets_pass(form, day, said):
    typed = WEDNESDAY | {"day": day, "access_note": "Portail vert.", "commune": "Quimper"}
    asked = form.press("Fixer cette date", **typed)
    assert asked.status == 422
    assert asked.says(said)
    assert meetings() == []
    assert {name: value(asked, name) for name in typed} == typed
    page = asked.press("Garder cette date")
    assert page.status == 200
    assert len(meetings()) == 1


def test_keeping_one_unusual_date_does_not_keep_another(form):
    asked = form.press("Fixer cette date", **(WEDNESDAY | {"day": "2027-02-06"}))
    again = asked.press("Garder cette date", day="2027-05-12")
    assert again.says("entre novembre et avril")
    assert not again.says("samedi")
    assert meetings() == []
    assert again.press("Garder cette date", day="2027-02-03").status == 200


def test_a_sixth_meeting_asks(visit, collective, pilot):
    for number in range(1, 6):
        factories.meeting(collective, number=number, starts_at=datetime(2027, 1, 13 + number, 13, 0, tzinfo=UTC))
    form = visit(pilot).open(f"/collectifs/{collective.id}/nouveau-regroupement")
    asked = form.press("Fixer cette date", **WEDNESDAY)
    assert asked.says("Ce sera le regroupement 6 : la série en compte quatre ou cinq.")
    asked.press("Garder cette date")
    assert [meeting.number for meeting in meetings()] == [1, 2, 3, 4, 5, 6]


def test_the_next_one_begins_with_the_hours_and_place_of_the_last(visit, collective, pilot):
    starts = datetime(2027, 1, 13, 12, 30, tzinfo=UTC) + timedelta(days=1)
    factories.meeting(collective, starts_at=starts, commune="Quimper")
    form = visit(pilot).open(f"/collectifs/{collective.id}/nouveau-regroupement")
    assert form.heading == "Fixer la date du regroupement 2"
    assert [value(form, name) for name in ("day", "starts", "ends")] == ["", "13:30", ""]
    assert value(form, "place") == "École des Tilleuls, salle des maîtres"
    assert value(form, "commune") == "Quimper"
    assert form.says("Regroupement 1, jeudi 14 janvier 2027")


def test_pressed_twice_the_second_time_says_that_it_is_done(form):
    form.press("Fixer cette date", **WEDNESDAY)
    again = form.press("Fixer cette date", **WEDNESDAY)
    assert any("Le regroupement 1 est déjà prévu ce jour-là, de 14 h à 16 h." in error for error in again.errors)
    assert len(meetings()) == 1


def test_hours_are_those_of_the_territory(visit, pilot):
    island = factories.territory("La Réunion", timezone="Indian/Reunion")
    collective = factories.collective(island, pilot=pilot)
    form = visit(pilot).open(f"/collectifs/{collective.id}/nouveau-regroupement")
    page = form.press("Fixer cette date", **WEDNESDAY)
    assert meetings()[0].starts_at == datetime(2027, 2, 3, 10, 0, tzinfo=UTC)
    assert page.says("de 14 h à 16 h")


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ({"name": "La Réunion", "timezone": "Indian/Reunion"}, True),
        ({"name": "Haute-Corse", "code": "2B"}, True),
        ({"name": "Finistère", "code": "29"}, False),
    ],
)
def test_a_calendar_that_is_not_known_here_is_said_and_asks_nothing(visit, pilot, where, said):
    collective = factories.collective(factories.territory(**where), pilot=pilot)
    form = visit(pilot).open(f"/collectifs/{collective.id}/nouveau-regroupement")
    assert form.says("calendrier propre à l’académie, non vérifié ici") is said
    page = form.press("Fixer cette date", **(WEDNESDAY | {"day": "2027-02-17"}))
    assert (page.status == 200) is said


def test_moving_a_meeting_tells_everybody(visit, collective, pilot):
    meeting = factories.meeting(collective, starts_at=datetime(2027, 2, 3, 13, 0, tzinfo=UTC))
    form = visit(pilot).open(f"/regroupements/{meeting.id}/date-et-lieu")
    assert [value(form, name) for name in ("day", "starts", "ends")] == ["2027-02-03", "14:00", "16:00"]
    page = form.press("Changer et prévenir le collectif", day="2027-02-10", place="Mairie")
    assert page.path == f"/regroupements/{meeting.id}"
    assert page.says("Chaque membre reçoit un courriel.")
    assert page.says("mercredi 10 février 2027")
    assert page.says("Mairie")
    assert len(asked(MailMeetingMoved)) == 2


def test_the_same_date_again_disturbs_nobody(visit, collective, pilot):
    meeting = factories.meeting(collective, starts_at=datetime(2027, 2, 6, 13, 0, tzinfo=UTC))
    form = visit(pilot).open(f"/regroupements/{meeting.id}/date-et-lieu")
    assert form.press("Changer et prévenir").says("Rien n’a changé : aucun courriel n’est envoyé.")
    assert form.press("Changer et prévenir", place="Mairie").says("C’est changé.")
    assert len(asked(MailMeetingMoved)) == 2


def test_a_new_day_between_the_others_or_a_question(visit, collective, pilot):
    first = factories.meeting(collective, number=1, starts_at=datetime(2027, 1, 20, 13, 0, tzinfo=UTC))
    factories.meeting(collective, number=2, starts_at=datetime(2027, 2, 3, 13, 0, tzinfo=UTC))
    asked = visit(pilot).open(f"/regroupements/{first.id}/date-et-lieu").press("Changer et prévenir", day="2027-02-10")
    assert asked.says("Cette date vient après celle du regroupement 2.")
    assert asked.press("Garder cette date").status == 200
    assert meetings()[0].starts_at == datetime(2027, 2, 10, 13, 0, tzinfo=UTC)


def test_a_started_meeting_does_not_move_even_from_an_old_page(visit, collective, pilot):
    meeting = factories.meeting(collective)
    old = visit(pilot).open(f"/regroupements/{meeting.id}/date-et-lieu")
    start(meeting)
    page = old.press("Changer et prévenir", place="Mairie")
    assert page.status == 422
    assert page.says("La séance a commencé : sa date et son lieu ne changent plus.")
    assert not page.has_button("Changer et prévenir")
    assert meetings()[0].place == "École des Tilleuls, salle des maîtres"


def start(meeting: Meeting) -> None:
    factories.add(
        MeetingEvent(
            meeting_id=meeting.id, sequence=1, kind="meeting_started", hand=1, happened_at=meeting.starts_at, body=b""
        )
    )
    db.session.commit()


def test_the_step_sheet_is_a_page_to_read_or_print(visit, collective, pilot):
    meeting = factories.meeting(collective, number=3, place="Salle des Marronniers")
    answer = visit(pilot).raw(f"/regroupements/{meeting.id}/feuille-de-route.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"] == 'inline; filename="feuille-de-route-regroupement-3.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_step_sheet_follows_the_prepared_agenda_at_local_hours(visit, pilot):
    import pypdfium2

    island = factories.territory("La Réunion", timezone="Indian/Reunion")
    collective = factories.collective(island, pilot=pilot, name="Les Filaos")
    meeting = factories.meeting(collective, starts_at=datetime(2027, 2, 3, 10, 0, tzinfo=UTC))
    meeting.steps = [dict(step, minutes=20) if step["id"] == "ouverture" else step for step in meeting.steps]
    answer = visit(pilot).raw(f"/regroupements/{meeting.id}/feuille-de-route.pdf")
    pdf = pypdfium2.PdfDocument(answer.data)
    text = " ".join(pdf[0].get_textpage().get_text_range().split())
    assert len(pdf) == 1
    assert "de 14 h à 16 h 05" in text
    assert "Les Filaos · 1er regroupement (4 ou 5 prévus) · " in text
    assert "14 h 20" in text
    assert "Les Filaos" not in pdf.get_metadata_dict()["Title"]


@pytest.mark.parametrize("page", ["nouveau-regroupement", "date-et-lieu", "feuille-de-route.pdf"])
@pytest.mark.parametrize("who", ["member", "newcomer_pilot", "other_pilot", "manager", "inspector", "administrator"])
def test_only_the_pilot_plans(visit, collective, maud, page, who):
    meeting = factories.meeting(collective)
    where = db.session.get_one(type(collective), collective.id).territory_id
    place = db.session.query(factories.Territory).filter_by(id=where).one()
    person = maud if who == "member" else factories.user()
    if who == "other_pilot":
        factories.collective(pilot=person)
    if who == "newcomer_pilot":
        factories.membership(person, collective, consents=False)
        factories.add(
            factories.Pilotship(
                user_id=person.id,
                collective_id=collective.id,
                starts_on=factories.NOVEMBER.date(),
                appointed_by_id=person.id,
            )
        )
    if who in ("manager", "inspector"):
        factories.grant(person, Role(who), place)
    if who == "administrator":
        factories.grant(person, Role.ADMINISTRATOR)
    url = f"/collectifs/{collective.id}/{page}" if page.startswith("nouveau") else f"/regroupements/{meeting.id}/{page}"
    assert visit(person).open(url).status == 404
