"""« Avec ou sans notes ? » is a real choice at the first meeting; the series remembers it, one meeting may differ."""

from datetime import timedelta

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.planning import Slot
from collectifs.meetings.queries.meetings import get_meeting
from collectifs.meetings.services.planning import plan_meeting
from tests import factories


def test_with_or_without_notes_is_asked_once_and_remembered_for_the_series(visit, collective, pilot, maud):
    first = factories.meeting(collective)
    second = factories.meeting(collective, number=2, starts_at=clock.now() + timedelta(days=14))
    url = f"/regroupements/{first.id}"
    assert not visit(maud).open(url).says("Avec ou sans notes")
    page = visit(pilot).open(url)
    assert page.says("Avec ou sans notes ?")
    page = page.press("Sans notes")
    assert page.soup.select_one("#notes").text == "Sans notes"
    assert not page.says("Avec ou sans notes ?")
    db.session.expire_all()
    assert (first.keeps_notes, second.keeps_notes) == (False, False)
    starts = clock.now() + timedelta(days=28)
    slot = Slot(starts, starts + timedelta(hours=2), "École")
    access = get_meeting(first.id).access
    assert not plan_meeting(access, slot=slot, now=clock.now(), by=factories.person(pilot)).keeps_notes


def test_the_choice_is_changed_where_it_was_made_and_not_once_it_has_started(visit, collective, pilot):
    first = factories.meeting(collective)
    url = f"/regroupements/{first.id}"
    page = visit(pilot).open(url).press("Sans notes")
    page = page.press("Avec notes")
    assert page.soup.select_one("#notes").text == "Avec notes"
    factories.event(first, "meeting_started", sequence=1)
    db.session.commit()
    assert not visit(pilot).open(url).soup.select_one("#notes")
    assert "commencé" in page.press("Sans notes").text
    db.session.expire_all()
    assert first.keeps_notes
