"""The vivier a page at a time, and who pilots beside it: read off the day where each collective lives."""

from datetime import date, timedelta

from collectifs.collectives.models import Pilotship
from collectifs.collectives.queries.pilots import piloting_on, vivier
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.paging import PAGE
from collectifs.people.domain.person import Role
from collectifs.people.models import Territory, User
from collectifs.people.queries.roles import roles_count
from tests import factories
from tests.conftest import NOW


def test_a_collective_is_piloted_from_the_day_that_begins_where_it_lives(helene: User, moment: object) -> None:
    moment.move_to(NOW.replace(hour=20))  # type: ignore[attr-defined]  already tomorrow in Nouméa
    for zone in ("Europe/Paris", "Pacific/Noumea"):
        place = factories.territory(timezone=zone)
        row = factories.collective(place, pilot=helene, name=f"Collectif {zone}")
        ship = db.session.query(Pilotship).filter_by(collective_id=row.id).one()
        ship.starts_on = clock.now().date() + timedelta(days=1)
        db.session.commit()
        found = piloting_on([place.id], 2026, clock.now())
        is_led = zone == "Pacific/Noumea"
        assert [each.name for each in found.without] == ([] if is_led else [row.name])
        assert found.outside == ({"Hélène Marchadier": [row.name]} if is_led else {})
    assert piloting_on([], 2026, clock.now()).without == ()


def test_whoever_is_in_the_vivier_or_stands_in_for_one_meeting_is_not_beside_it(place: Territory, helene: User) -> None:
    factories.grant(helene, Role.PILOT, place)
    row = factories.collective(place, pilot=helene)
    deputy = {"meeting_id": factories.meeting(row).id, "starts_on": date(2026, 9, 1), "appointed_by_id": helene.id}
    factories.add(Pilotship(user_id=factories.user("Karim").id, collective_id=row.id, **deputy))
    found = piloting_on([place.id], 2026, clock.now())
    assert (found.without, found.outside) == ((), {})


def test_each_pilot_of_the_vivier_is_on_one_page(place: Territory) -> None:
    for number in range(PAGE + 2):
        factories.grant(factories.user("Camille", f"Nom {number:03}"), Role.PILOT, place)
    today = clock.now().date()
    pages = [vivier([place.id], today, page) for page in (1, 2)]
    assert [len(page) for page in pages] == [PAGE, 2]
    assert [each.role.id for page in pages for each in page] == [each.role.id for each in vivier([place.id], today)]
    assert roles_count([place.id], Role.PILOT, today) == PAGE + 2
