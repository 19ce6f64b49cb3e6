"""The collectives of a manager, one line each: who pilots, who has not accepted yet, what was held, what is to come."""

from datetime import timedelta

from collectifs.across.queries.summaries import summaries_on
from collectifs.kernel import clock
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
    assert (first.facts.name, first.held, first.planned, first.degree) == ("Les Tilleuls", 2, 1, row.degree)
    assert first.pilots == ["Hélène Marchadier"]
    assert first.waiting == ["Maud Le Bihan"]
    assert (other.facts.name, other.held, other.planned) == ("Zénith", 0, 0)
    assert summaries_on([], 2026, now) == []
