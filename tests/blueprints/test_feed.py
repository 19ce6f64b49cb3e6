"""« Mon agenda »: an address made, read by a program that signs in nowhere, closed."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.polls import Reply
from collectifs.meetings.models import DateOption
from collectifs.meetings.queries.polls import get_poll
from collectifs.meetings.services.polls import choose_date
from collectifs.people.models import CalendarFeed, User
from tests import factories

SOON = datetime(2027, 2, 3, 13, 0, tzinfo=UTC)


@pytest.fixture
def collective(maud):
    return factories.collective(members=[maud], name="Les Tilleuls")


def make(visit, who):
    """The page that shows a new address, and the path of that address."""
    page = visit(who).open("/mon-compte").follow("Mon agenda").press("Faire une")
    found = re.search(r"http://localhost(/agenda/[\w-]+\.ics)", page.text)
    return page, found[1]


def test_an_address_is_shown_once_and_read_without_signing_in(visit, maud, collective):
    meeting = factories.meeting(collective, starts_at=SOON)
    page, path = make(visit, maud)
    assert page.status == 200
    assert page.soup.select_one("a[href^='webcal://localhost/agenda/']")
    assert page.soup.select_one("[data-copy='#agenda-adresse']")
    assert not visit(maud).open("/mon-compte/agenda").says("/agenda/")
    answer = visit().raw(path)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in answer.headers
    assert "CLASS" not in answer.get_data(as_text=True)
    calendar = Calendar.from_ical(answer.data)
    assert "method" not in calendar
    (event,) = calendar.walk("VEVENT")
    assert str(event["uid"]) == f"{meeting.id}@localhost"
    assert event.start == SOON
    assert "Portail vert." in event["description"]
    assert "attendee" not in event
    assert "@academie.example" not in answer.get_data(as_text=True)


def test_a_cancelled_meeting_is_shown_as_such(visit, maud, collective):
    factories.meeting(collective, starts_at=SOON, cancelled_at=clock.now(), calendar_sequence=2)
    _, path = make(visit, maud)
    (event,) = Calendar.from_ical(visit().raw(path).data).walk("VEVENT")
    assert (str(event["status"]), event["sequence"]) == ("CANCELLED", 2)
    assert str(event["summary"]).startswith("Annulé")
    assert event.walk("VALARM") == []


def test_closed_it_answers_as_one_that_nobody_made(visit, maud, collective):
    _, path = make(visit, maud)
    page = visit(maud).open("/mon-compte/agenda").press("Fermer")
    assert page.says("L’adresse est fermée")
    assert page.says("Vous n’en avez pas.")
    closed, never = visit().open(path), visit().open("/agenda/" + "x" * 43 + ".ics")
    assert closed.status == never.status == 410
    assert closed.text == never.text
    assert closed.heading == "Cette adresse d’agenda ne répond pas"
    assert closed.response.headers["Cache-Control"] == "no-store"


def test_one_address_is_closed_and_the_other_lives_on(visit, maud, collective):
    _, first = make(visit, maud)
    _, second = make(visit, maud)
    assert db.session.query(CalendarFeed).count() == 2
    visit(maud).open("/mon-compte/agenda").press("Fermer")
    assert sorted(visit().raw(path).status_code for path in (first, second)) == [200, 410]


def test_a_sixth_address_is_refused_in_words(visit, maud):
    for _ in range(5):
        make(visit, maud)
    page = visit(maud).open("/mon-compte/agenda").press("Faire une autre adresse")
    assert page.status == 422
    assert any("fermez-en une" in error for error in page.errors)


def test_reading_it_writes_nothing(visit, maud):
    from tests import world

    _, path = make(visit, maud)
    visitor, before = visit(), world.rows_as_held()
    visitor.raw(path)
    visitor.raw("/agenda/" + "x" * 43 + ".ics")
    assert world.tables_that_differ(before, world.rows_as_held()) == set()


def test_nobody_closes_the_address_of_somebody_else(visit, maud):
    make(visit, maud)
    feed_id = db.session.query(CalendarFeed).one().id
    stranger = visit(factories.user())
    answer = stranger.raw(f"/agendas/{feed_id}/fermer", "POST", headers={"X-CSRFToken": stranger.token()})
    assert answer.status_code == 404
    assert db.session.query(CalendarFeed).one().revoked_at is None


def test_a_program_that_has_the_last_words_is_answered_304_until_a_date_changes(visit, maud, collective):
    meeting = factories.meeting(collective, starts_at=SOON)
    _, path = make(visit, maud)
    first = visit().raw(path)
    known = {"If-None-Match": first.headers["ETag"]}
    again = visit().raw(path, headers=known)
    assert (again.status_code, again.data) == (304, b"")
    assert "Set-Cookie" not in again.headers
    meeting.place, meeting.calendar_sequence = "École du Lavoir", 1
    db.session.commit()
    changed = visit().raw(path, headers=known)
    assert (changed.status_code, "Lavoir" in changed.get_data(as_text=True)) == (200, True)
    assert changed.headers["ETag"] != first.headers["ETag"]


def test_a_feed_without_a_date_is_a_calendar_all_the_same(visit, maud):
    _, path = make(visit, maud)
    calendar = Calendar.from_ical(visit().raw(path).data)
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE"]


def test_dates_at_the_choice_are_tentative_until_one_is_chosen(visit, maud, collective):
    starts = [SOON + timedelta(days=days) for days in (14, 21, 28)]
    poll = factories.poll(collective, db.session.query(User).filter_by(given_name="Hélène").one(), *starts)
    options = db.session.query(DateOption).order_by(DateOption.starts_at).all()
    factories.reply(options[0], maud, Reply.IF_NEEDED)
    factories.reply(options[1], maud, Reply.NO)
    _, path = make(visit, maud)
    shown = Calendar.from_ical(visit().raw(path).data).walk("VEVENT")
    assert {str(each["uid"]) for each in shown} == {f"{each.id}@localhost" for each in (options[0], options[2])}
    assert {str(each["status"]) for each in shown} == {"TENTATIVE"}
    assert all(each.walk("VALARM") == [] for each in shown)
    meeting = choose_date(get_poll(poll.id), options[2].id, now=clock.now(), by=pilot_of(collective))
    (event,) = Calendar.from_ical(visit().raw(path).data).walk("VEVENT")
    assert (str(event["uid"]), str(event["status"])) == (f"{meeting.id}@localhost", "CONFIRMED")


def pilot_of(collective):
    """Whoever pilots, as a service receives them."""
    return factories.person(db.session.get(User, collective.created_by_id))
