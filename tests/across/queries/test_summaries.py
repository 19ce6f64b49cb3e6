"""The collectives of a manager, one line each: who pilots, who has not accepted yet, what was held, what is to come."""

from datetime import timedelta

from collectifs.across.queries.summaries import summaries_on
from collectifs.kernel import clock
from collectifs.meetings.queries.meetings import Counted
from collectifs.people.models import Territory, User
from tests import factories

DAY = timedelta(days=1)


def test_a_line_counts_what_was_held_and_what_is_to_come_and_names_who_waits(place: Territory, pilot: User) -> None:
    now = clock.now()
    row = factories.collective(place, pilot=pilot, name="Les Tilleuls")
    factories.membership(factories.user("Maud", "Le Bihan"), row, consents=False)
    factories.membership(factories.user("Karim", "Ouadah"), row)
    for number, days in ((1, -20), (2, -9), (3, 5)):
        factories.meeting(row, number=number, starts_at=now + days * DAY)
    factories.collective(place, name="Zénith")
    factories.collective(place, name="D’avant", season=2025)
    factories.collective(factories.territory("Ailleurs"))
    first, other = summaries_on([place.id], 2026, now)
    assert (first.line.facts.name, first.line.members, first.line.degree) == ("Les Tilleuls", 3, row.degree)
    assert first.meetings == Counted(held=2, planned=1)
    assert first.line.pilots == ("Hélène Marchadier",)
    assert first.line.waiting == ("Maud Le Bihan",)
    assert (other.line.facts.name, other.meetings) == ("Zénith", Counted(held=0, planned=0))
    assert summaries_on([], 2026, now) == []


def test_a_meeting_that_was_closed_before_its_hour_is_held_unless_it_was_reopened(
    place: Territory, pilot: User
) -> None:
    now = clock.now()
    row = factories.collective(place, pilot=pilot)
    closed, reopened = (factories.meeting(row, number=number, starts_at=now - DAY / 24) for number in (1, 2))
    for meeting in (closed, reopened):
        factories.event(meeting, "meeting_closed", happened_at=now - DAY / 48)
    factories.event(reopened, "meeting_reopened", sequence=2, happened_at=now - DAY / 96)
    factories.meeting(row, number=3, starts_at=now - DAY / 24)
    factories.meeting(row, number=4, starts_at=now - 3 * DAY, cancelled_at=now)
    [only] = summaries_on([place.id], 2026, now)
    assert only.meetings == Counted(held=1, planned=2)
