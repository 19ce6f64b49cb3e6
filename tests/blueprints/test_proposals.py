"""Titles that their authors show to the room, and the memory of who has presented."""

from datetime import UTC, datetime, timedelta

import pytest

from collectifs.collectives.models import Meeting
from collectifs.kernel.extensions import db
from collectifs.meetings.models import MeetingEvent
from collectifs.sheets.queries.sheets import sheet_of_meeting
from collectifs.sheets.services.sheets import set_presenter
from tests import factories

TODAY = datetime(2027, 1, 13, 13, 0, tzinfo=UTC)


@pytest.fixture
def collective(pilot, maud):
    return factories.collective(pilot=pilot, members=[maud, factories.user("Odile", "Ferrand")])


@pytest.fixture
def meeting(collective):
    return factories.meeting(collective, number=3, starts_at=TODAY)


def start(meeting: Meeting) -> None:
    started = {"kind": "meeting_started", "hand": 1, "happened_at": meeting.starts_at, "body": b""}
    factories.add(MeetingEvent(meeting_id=meeting.id, sequence=1, **started))
    db.session.commit()


def test_members_read_the_titles_that_their_authors_show_and_never_a_name(visit, collective, meeting, maud, pilot):
    author = factories.user("Solène", "Abgrall")
    factories.membership(author, collective)
    shown = factories.situation(collective, author, "Le titre montré", shows_title=True)
    factories.situation(collective, author, "Le titre gardé")
    factories.situation(collective, maud, "Mon propre titre")
    url = f"/regroupements/{meeting.id}"
    page = visit(maud).open(url)
    assert page.says("« Le titre montré »")
    assert page.says("« Mon propre titre » la vôtre, que vous ne montrez pas")
    assert not page.says("Le titre gardé")
    assert not page.soup.select(f'a[href="/situations/{shown.id}"]')
    assert "Abgrall" not in page.text
    form = visit(author).open(f"/situations/{shown.id}/modifier")
    form.press("Enregistrer", shows_title=None)
    assert not visit(maud).open(url).says("Le titre montré")


def test_titles_are_read_for_the_next_meeting_only(visit, collective, meeting, maud, pilot, moment):
    later = factories.meeting(collective, number=4, starts_at=TODAY + timedelta(days=30))
    factories.situation(collective, pilot, "Le titre montré", shows_title=True)
    assert not visit(maud).open(f"/regroupements/{later.id}").says("Le titre montré")
    start(meeting)
    assert not visit(maud).open(f"/regroupements/{meeting.id}").says("Le titre montré")


def test_who_never_presented_is_a_memory_for_the_pilot(visit, collective, meeting, maud, pilot):
    earlier = factories.meeting(collective, number=2, starts_at=TODAY - timedelta(days=30))
    url = f"/regroupements/{meeting.id}/preparer"
    assert not visit(pilot).open(url).says("pas encore exposé")
    set_presenter(sheet_of_meeting(earlier.id), maud.id)
    page = visit(pilot).open(url)
    assert page.says("N’ont pas encore exposé : Odile Ferrand et Hélène Marchadier. Rien n’y oblige.")
    assert not visit(maud).open(f"/regroupements/{meeting.id}").says("exposé :")


def test_the_memory_says_when_a_part_of_it_was_erased(visit, collective, meeting, maud, pilot):
    first = factories.meeting(collective, number=1, starts_at=TODAY - timedelta(days=60))
    second = factories.meeting(collective, number=2, starts_at=TODAY - timedelta(days=30))
    set_presenter(sheet_of_meeting(second.id), maud.id)
    sheet_of_meeting(first.id).presenter = b""
    assert visit(pilot).open(f"/regroupements/{meeting.id}/preparer").says("d’après ce qui n’est pas effacé")
