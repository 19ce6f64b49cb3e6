"""What waits on a sheet is told once, to whoever can do something about it, and to nobody else."""

from datetime import timedelta
from typing import Any

import pytest

from collectifs.across.mails.waiting import tell_what_waits
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from collectifs.people.mails import letters
from collectifs.sheets.domain.work import MailPresenterAwaited, MailSheetWaits
from collectifs.sheets.services.consent import answer_as_presenter
from tests import factories
from tests.asked import asked, told
from tests.circle import DAY, HOUR, Circle


def look() -> None:
    """Time passes by twice: none leaves twice."""
    for _ in range(2):
        tell_what_waits(now=clock.now())
        db.session.flush()


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The messages that would leave."""
    found: list[Any] = []
    monkeypatch.setattr(letters, "deliver", found.append)
    return found


@pytest.fixture
def circle(app) -> Circle:
    circle = Circle()
    circle.presented_by(circle.maud)
    circle.write_and_propose()
    return circle


def say_yes(circle: Circle) -> None:
    answer_as_presenter(circle.access, agreed=True, now=clock.now(), by=circle.person(circle.maud))


def test_while_the_delay_runs_nothing_is_told(circle, moment):
    moment.shift(HOUR)
    look()
    assert asked(MailSheetWaits) == asked(MailPresenterAwaited) == []


def test_whoever_presented_is_reminded_once_and_the_job_names_nobody(circle, moment, sent):
    moment.shift(6 * DAY)
    look()
    assert asked(MailPresenterAwaited) == [MailPresenterAwaited(circle.access.sheet.id)]
    assert asked(MailSheetWaits) == []
    do(asked(MailPresenterAwaited)[0])
    assert [circle.maud.address in str(message["To"]) for message in sent] == [True]


def test_whoever_has_answered_is_not_reminded(circle, moment, sent):
    moment.shift(6 * DAY)
    look()
    say_yes(circle)
    do(asked(MailPresenterAwaited)[0])
    assert sent == []


def test_the_pilot_is_told_once_that_nothing_but_a_click_is_missing(circle, moment, sent):
    say_yes(circle)
    moment.shift(6 * DAY)
    look()
    assert asked(MailSheetWaits) == [MailSheetWaits(circle.pilot.id, circle.access.sheet.id)]
    do(asked(MailSheetWaits)[0])
    assert [circle.pilot.address in str(message["To"]) for message in sent] == [True]
    sent.clear()
    circle.submit()
    do(asked(MailSheetWaits)[0])
    assert sent == []


def test_the_pilot_is_told_of_an_objection_once_it_may_be_seen_and_not_before(circle, moment):
    circle.object(circle.karim, sentence="Trop reconnaissable.")
    look()
    assert asked(MailSheetWaits) == []
    moment.shift(DAY)
    look()
    assert asked(MailSheetWaits) == [MailSheetWaits(circle.pilot.id, circle.access.sheet.id)]


def test_a_sheet_of_last_month_is_left_to_the_pages(circle, moment):
    moment.shift(timedelta(days=31))
    look()
    assert asked(MailSheetWaits) == asked(MailPresenterAwaited) == []


def test_whoever_stands_in_for_the_pilot_is_told_in_their_place(circle, moment):
    factories.deputy(circle.meeting, circle.karim)
    say_yes(circle)
    moment.shift(6 * DAY)
    look()
    assert told(MailSheetWaits) == {circle.karim.id}
