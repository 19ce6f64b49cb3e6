"""The collectives of a territory, a line each, and how many of their members have not accepted the charter yet."""

from datetime import timedelta

from sqlalchemy import update

from collectifs.collectives.models import CharterConsent
from collectifs.collectives.queries.lines import collectives_count, collectives_waiting, lines_on
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.paging import PAGE
from collectifs.people.models import Territory, User
from tests import factories

DAY = timedelta(days=1)


def test_who_has_not_accepted_is_counted_as_the_lines_name_them(place: Territory, helene: User, maud: User) -> None:
    now = clock.now()
    collective = factories.collective(place, pilot=helene, members=[maud])
    factories.membership(factories.user("Karim", "Ouadah"), collective, consents=False)
    factories.membership(factories.user("Partie", "Avant"), collective, consents=False, ends_at=now - DAY)
    factories.membership(factories.user("Attendu", "Demain"), collective, consents=False, starts_at=now + DAY)
    db.session.execute(
        update(CharterConsent).where(CharterConsent.user_id == maud.id).values(accepted_at=now - 4000 * DAY)
    )  # of a membership before this one
    factories.collective(place, name="Zénith")
    factories.collective(place, name="D’avant", season=2025)
    lines = lines_on([place.id], 2026, now)
    assert [each.waiting for each in lines] == [("Maud Le Bihan", "Karim Ouadah"), ()]
    assert collectives_waiting([place.id], 2026, now) == (2, 2)
    assert collectives_count([place.id], 2026) == 2
    assert collectives_waiting([], 2026, now) == (0, 0)


def test_a_page_holds_fifty_lines_and_every_collective_is_on_one(place: Territory) -> None:
    names = [f"Collectif {number:03}" for number in range(PAGE + 2)]
    for number, name in enumerate(names):
        factories.collective(place, name=name, code=f"C{number}")
    pages = [lines_on([place.id], 2026, clock.now(), page) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [PAGE, 2, 0]
    assert [each.facts.name for page in pages for each in page] == names
