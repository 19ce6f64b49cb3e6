"""Mails about meetings as they arrive, and the date that each carries for calendar programs."""

import dataclasses
import email
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import policy

import pytest
from aiosmtpd.controller import Controller
from icalendar import Calendar

from collectifs.collectives.queries.collectives import get_collective
from collectifs.kernel import clock
from collectifs.kernel.audit import ask
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.running import run_job
from collectifs.kernel.models import Job, SealedText
from collectifs.kernel.work import Work
from collectifs.meetings.domain.planning import Slot
from collectifs.meetings.domain.work import (
    MailMeetingCancelled,
    MailMeetingMoved,
    MailMeetingPlanned,
    MailMeetingReminder,
    MailOfMeeting,
)
from collectifs.meetings.models import MeetingEvent
from collectifs.meetings.queries.meetings import get_meeting
from collectifs.meetings.services.planning import cancel_meeting, move_meeting, plan_meeting
from collectifs.people.models import Territory
from tests import factories
from tests.databases import free_port
from tests.letters import check_letter
from tests.pages import plain

CALENDAR = ("text/calendar",)
WEEK, HOURS = timedelta(days=7), timedelta(hours=2)
WHEN = "mercredi 27 janvier 2027, de 16 h à 18 h"
TODAY, TOMORROW, LATER = (datetime(2027, 1, day, 15, 0, tzinfo=UTC) for day in (13, 14, 27))


class Letterbox:
    """A mail server that keeps what it was handed, to the byte."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  aiosmtpd's name
        self.letters.append(envelope.content)
        return "250 OK"

    @property
    def messages(self):
        return [email.message_from_bytes(letter, policy=policy.default) for letter in self.letters]


@pytest.fixture
def letterbox(app, monkeypatch) -> Iterator[Letterbox]:
    box, port = Letterbox(), free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings = dataclasses.replace(app.extensions["settings"], smtp_url=f"smtp://127.0.0.1:{port}")
    monkeypatch.setitem(app.extensions, "settings", settings)
    yield box
    server.stop()


@pytest.fixture
def maud(app):
    return factories.user("Maud", "Le Bihan", address="maud@academie.example")


@pytest.fixture
def tilleuls(maud):
    helene = factories.user("Hélène", "Marchadier", address="helene@academie.example")
    return factories.collective(factories.territory(), pilot=helene, members=[maud], name="Les Tilleuls")


def send(work: Work) -> None:
    ask(work)
    carry()


def carry() -> None:
    db.session.commit()
    ids = [job.id for job in db.session.query(Job).filter_by(state="waiting").order_by(Job.created_at, Job.id)]
    db.session.rollback()
    assert all(run_job(job_id) for job_id in ids)


def cancel(meeting) -> None:
    found = get_meeting(meeting.id)
    pilot = db.session.get_one(factories.User, found.collective.created_by_id)
    cancel_meeting(found, now=clock.now(), by=factories.person(pilot))
    db.session.query(Job).delete()


def date_in(message) -> tuple[Calendar, object]:
    (part,) = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    assert part.get_param("method") == str(calendar["method"])
    assert part.get_content_charset() == "utf-8"
    (event,) = calendar.walk("VEVENT")
    return calendar, event


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        (MailMeetingPlanned, "Les Tilleuls : regroupement 2, "),
        (MailMeetingMoved, "Les Tilleuls : autre accès, regroupement 2, "),
        (MailMeetingReminder, "Rappel, Les Tilleuls : regroupement 2, "),
    ],
)
def test_a_meeting_is_told_with_its_day_hours_and_place(letterbox, maud, tilleuls, kind, what):
    meeting = factories.meeting(tilleuls, number=2, starts_at=LATER, commune="Quimper")
    send(kind(maud.id, meeting.id))
    (message,) = letterbox.messages
    assert plain(message["Subject"]) == f"{what}mercredi 27 janvier à 16 h"
    check_letter(
        message,
        about=[
            "2e regroupement (4 ou 5 prévus) du collectif Les Tilleuls",
            "mercredi 27 janvier 2027, de 16 h à 18 h",
            "École des Tilleuls, salle des maîtres, Quimper",
            "Portail vert.",
            f"http://localhost/regroupements/{meeting.id}",
        ],
        parts=CALENDAR,
    )


@pytest.mark.parametrize(
    ("change", "what", "former"),
    [
        ({"starts_at": LATER + WEEK, "ends_at": LATER + WEEK + HOURS}, "autre date", f"{WHEN}, École des Tilleuls"),
        ({"ends_at": LATER + HOURS + HOURS}, "autres heures", f"{WHEN}, École des Tilleuls"),
        ({"place": "Mairie"}, "autre lieu", f"{WHEN}, École des Tilleuls"),
        ({"access_note": "Par la cour."}, "autre accès", ""),
    ],
)
def test_what_changed_is_told_beside_what_was_valid_before(letterbox, maud, tilleuls, change, what, former):
    helene = factories.person(db.session.get_one(factories.User, tilleuls.created_by_id))
    slot = Slot(LATER, LATER + HOURS, "École des Tilleuls")
    meeting = plan_meeting(get_collective(tilleuls.id), slot=slot, now=clock.now(), by=helene)
    later = clock.now() + timedelta(hours=1)
    move_meeting(get_meeting(meeting.id), slot=dataclasses.replace(slot, **change), now=later, by=helene)
    db.session.query(Job).delete()
    send(MailMeetingMoved(user_id=maud.id, meeting_id=meeting.id))
    (message,) = letterbox.messages
    assert plain(message["Subject"]).startswith(f"Les Tilleuls : {what}, regroupement 1, mercredi")
    check_letter(message, about=[former] if former else ["garde sa date et son lieu"], parts=CALENDAR)
    assert ("Au lieu de" in message.get_body(("plain",)).get_content()) is bool(former)


def test_an_answer_goes_to_whoever_pilots_once_the_charter_shows_their_address(letterbox, maud, tilleuls):
    where = db.session.get_one(Territory, tilleuls.territory_id)
    where.contact_name, where.contact_address = "Service des tuteurs", "tuteurs@val-de-brume.example"
    newcomer = factories.user("Odile", "Roy")
    factories.membership(newcomer, tilleuls, consents=False)
    meeting = factories.meeting(tilleuls, starts_at=LATER)
    answers = {}
    for person in (maud, newcomer, db.session.get_one(factories.User, tilleuls.created_by_id)):
        send(MailMeetingPlanned(user_id=person.id, meeting_id=meeting.id))
        answers[person.given_name] = letterbox.messages[-1]
    text = answers["Maud"].get_body(("plain",)).get_content()
    assert str(answers["Maud"]["Reply-To"]) == "Hélène Marchadier <helene@academie.example>"
    assert "Hélène Marchadier, qui pilote ce collectif, vous lira (helene@academie.example)" in plain(text)
    assert f"Quitter ce collectif : http://localhost/collectifs/{tilleuls.id}/quitter" in plain(text)
    for name in ("Odile", "Hélène"):
        assert str(answers[name]["Reply-To"]) == "Service des tuteurs <tuteurs@val-de-brume.example>"
        text = plain(answers[name].get_body(("plain",)).get_content())
        assert "Service des tuteurs, pour le service de formation de Val-de-Brume, vous lira" in text
    assert "helene@academie.example" not in answers["Odile"].as_string()


def test_without_any_contact_a_mail_leads_to_the_page_that_says_whom_to_write_to(letterbox, maud, tilleuls):
    meeting = factories.meeting(tilleuls, starts_at=LATER)
    send(MailMeetingPlanned(user_id=tilleuls.created_by_id, meeting_id=meeting.id))
    (message,) = letterbox.messages
    assert message["Reply-To"] is None
    assert "À qui écrire : http://localhost/" in plain(message.get_body(("plain",)).get_content())


def test_a_mail_keeps_the_date_in_a_calendar(letterbox, maud, tilleuls):
    meeting = factories.meeting(tilleuls, number=2, starts_at=LATER, calendar_sequence=3)
    send(MailMeetingMoved(user_id=maud.id, meeting_id=meeting.id))
    calendar, event = date_in(letterbox.messages[0])
    assert str(calendar["method"]) == "REQUEST"
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Paris"]
    assert (str(event["uid"]), event["sequence"]) == (f"{meeting.id}@localhost", 3)
    assert event.start == meeting.starts_at
    assert event.end == meeting.ends_at
    assert event["dtstart"].params["TZID"] == "Europe/Paris"
    assert plain(event["summary"]) == "Les Tilleuls, 2e regroupement (4 ou 5 prévus)"
    assert "Portail vert." in event["description"]
    assert f"/regroupements/{meeting.id}" in event["description"]
    assert [alarm["trigger"].dt for alarm in event.walk("VALARM")] == [timedelta(days=-1), timedelta(hours=-1)]
    assert str(event["organizer"]) == "MAILTO:collectifs@academie.example"
    assert str(event["attendee"]) == "MAILTO:maud@academie.example"
    text = calendar.to_ical().decode()
    assert "helene@academie.example" not in text
    assert "Marchadier" not in text


@pytest.mark.parametrize(
    ("starts_at", "first"),
    [(TODAY, "ANNULÉ AUJOURD’HUI : "), (TOMORROW, "ANNULÉ DEMAIN : "), (LATER, "ANNULÉ : ")],
)
def test_a_cancelled_meeting_leaves_calendars_and_says_so_first(letterbox, maud, tilleuls, starts_at, first):
    meeting = factories.meeting(tilleuls, number=2, starts_at=starts_at)
    cancel(meeting)
    send(MailMeetingCancelled(user_id=maud.id, meeting_id=meeting.id))
    (message,) = letterbox.messages
    when = " à 16 h" if starts_at != LATER else ", mercredi 27 janvier à 16 h"
    assert plain(message["Subject"]) == f"{first}Les Tilleuls, regroupement 2{when}"
    check_letter(message, about=["est annulé", "Une autre date vous sera envoyée"], parts=CALENDAR)
    calendar, event = date_in(message)
    assert (str(calendar["method"]), str(event["status"]), event["sequence"]) == ("CANCEL", "CANCELLED", 1)
    assert str(event["uid"]) == f"{meeting.id}@localhost"
    assert event.walk("VALARM") == []


def test_a_cancelled_meeting_names_the_next_one(letterbox, maud, tilleuls):
    meeting = factories.meeting(tilleuls, number=2, starts_at=TOMORROW)
    factories.meeting(tilleuls, number=3, starts_at=LATER, place="Mairie")
    cancel(meeting)
    send(MailMeetingCancelled(user_id=maud.id, meeting_id=meeting.id))
    check_letter(
        letterbox.messages[0],
        about=["ne venez pas demain", "Le prochain : mercredi 27 janvier 2027, de 16 h à 18 h, Mairie."],
        parts=CALENDAR,
    )


@pytest.mark.parametrize(("starts_at", "first"), [(TODAY, "Aujourd’hui"), (TOMORROW, "Demain"), (LATER, "Rappel")])
def test_a_reminder_says_how_soon(letterbox, maud, tilleuls, starts_at, first):
    meeting = factories.meeting(tilleuls, starts_at=starts_at)
    send(MailMeetingReminder(user_id=maud.id, meeting_id=meeting.id))
    assert letterbox.messages[0]["Subject"].startswith(f"{first}, Les Tilleuls")


def test_the_day_before_only_the_pilot_is_told_to_prepare_a_device(letterbox, maud):
    pilot = factories.user("Hélène", address="helene@academie.example")
    where = factories.collective(pilot=pilot, members=[maud])
    told = "Si le réseau manque là-bas : ouvrez la séance dès aujourd’hui, et touchez « Préparer cet appareil »."
    for starts_at in (TOMORROW, LATER):
        meeting = factories.meeting(where, number=1 + (starts_at == LATER), starts_at=starts_at)
        for person in (pilot, maud):
            send(MailMeetingReminder(user_id=person.id, meeting_id=meeting.id))
    check_letter(letterbox.messages[0], about=[told], parts=CALENDAR)
    for letter in letterbox.messages[1:]:
        assert "Préparer cet appareil" not in letter.get_body(("plain",)).get_content()


def test_the_hours_are_those_of_the_clocks_where_the_collective_lives(letterbox, maud):
    reunion = factories.territory("La Réunion", timezone="Indian/Reunion")
    meeting = factories.meeting(factories.collective(reunion, members=[maud]))
    send(MailMeetingPlanned(user_id=maud.id, meeting_id=meeting.id))
    check_letter(letterbox.messages[0], about=["de 17 h à 19 h"], parts=CALENDAR)
    _, event = date_in(letterbox.messages[0])
    assert event["dtstart"].to_ical() == b"20270113T170000"
    assert event["dtstart"].params["TZID"] == "Indian/Reunion"


@pytest.mark.parametrize("kind", MailOfMeeting.__subclasses__())
def test_a_mail_about_what_is_no_longer_so_does_not_leave(letterbox, maud, tilleuls, kind):
    stranger, meeting = factories.user(), factories.meeting(tilleuls, starts_at=LATER)
    send(kind(stranger.id, meeting.id))
    if kind is not MailMeetingCancelled:
        cancel(meeting)
    send(kind(maud.id, meeting.id))
    over = factories.meeting(tilleuls, number=2, starts_at=clock.now() - timedelta(hours=3))
    if kind is MailMeetingCancelled:
        cancel(over)
    send(kind(maud.id, over.id))
    assert letterbox.letters == []


def test_no_reminder_once_it_has_begun(letterbox, maud, tilleuls):
    meeting = factories.meeting(tilleuls, starts_at=clock.now() - timedelta(minutes=5))
    factories.add(
        MeetingEvent(
            meeting_id=meeting.id,
            sequence=1,
            kind="meeting_started",
            hand=1,
            happened_at=clock.now(),
            body=SealedText(b""),
        )
    )
    send(MailMeetingReminder(user_id=maud.id, meeting_id=meeting.id))
    assert letterbox.letters == []


def test_the_date_arrives_to_the_byte(letterbox, maud, tilleuls):
    meeting = factories.meeting(tilleuls, place="École, salle 2 ; " + "très " * 20 + "loin", starts_at=LATER)
    send(MailMeetingPlanned(user_id=maud.id, meeting_id=meeting.id))
    (part,) = [part for part in letterbox.messages[0].walk() if part.get_content_type() == "text/calendar"]
    text = part.get_payload(decode=True)
    assert text.count(b"\r\n") == text.count(b"\n")
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
