"""Who would travel out of their communes: the venue of a meeting, and those who are expected there."""

from datetime import timedelta
from uuid import uuid4

from collectifs.collectives.models import Collective, Pilotship
from collectifs.kernel import clock
from collectifs.meetings.domain.communes import Commune
from collectifs.meetings.queries.travel import Traveller, get_venue, travellers_of
from collectifs.people.models import User
from tests import factories


def test_a_venue_says_where_when_and_who_may_decide(collective: Collective, pilot: User, maud: User, moment) -> None:
    row = factories.meeting(collective, number=2, place="École du Pont", commune="Ornans")
    found = get_venue(row.id)
    assert (found.number, found.place, found.commune) == (2, "École du Pont", Commune("Ornans"))
    assert (found.starts_at, found.ends_at, found.zone.key) == (row.starts_at, row.ends_at, "Europe/Paris")
    assert (found.meeting_id, found.collective_id, found.collective_name) == (row.id, collective.id, "Les Tilleuls")
    assert found.territory_id == collective.territory_id
    assert found.pilot_ids == {pilot.id}
    factories.deputy(row, maud)
    assert get_venue(row.id).pilot_ids == {pilot.id, maud.id}
    assert get_venue(factories.meeting(collective, number=3).id).pilot_ids == {pilot.id}


def test_a_pilot_who_has_not_accepted_the_charter_decides_nothing(place, maud: User, moment) -> None:
    alone = factories.user("Basile")
    where = factories.collective(place, pilot=maud)
    today = clock.now().date()
    factories.add(Pilotship(user_id=alone.id, collective_id=where.id, starts_on=today, appointed_by_id=maud.id))
    factories.membership(alone, where, consents=False)
    assert get_venue(factories.meeting(where, number=2).id).pilot_ids == {maud.id}


def test_a_meeting_that_is_cancelled_or_unknown_has_no_venue(collective: Collective, moment) -> None:
    assert get_venue(uuid4()) is None
    assert get_venue(factories.meeting(collective, cancelled_at=clock.now()).id) is None


def test_those_who_are_expected_are_named_in_order_with_the_communes_of_their_last_membership(
    collective: Collective, moment
) -> None:
    now, karim, gone = clock.now(), factories.user("Karim", "Abadie"), factories.user("Rose", "Zola")
    factories.membership(karim, collective, work_commune="Ornans", home_commune="Besançon")
    factories.membership(gone, collective, ends_at=now - timedelta(days=1), work_commune="Dole")
    venue = get_venue(factories.meeting(collective).id)
    assert travellers_of(venue) == [
        Traveller("Karim Abadie", Commune("Ornans"), Commune("Besançon")),
        Traveller("Maud Le Bihan", Commune(""), Commune("")),
        Traveller("Hélène Marchadier", Commune(""), Commune("")),
    ]
