"""Where tutoring is open, which programmes live, who tutors in them, their numbers."""

from datetime import date, timedelta

import pytest

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.people.models import Territory, User
from collectifs.tutoring.queries import programmes as found
from tests import factories, notebooks

DAY = timedelta(days=1)


def test_tutoring_is_open_by_an_act_of_the_territory_or_of_the_academie_above(place: Territory) -> None:
    academie = factories.territory("Académie")
    place.parent_id = academie.id
    assert found.opening_of(place) is None
    above = notebooks.opening(academie)
    notebooks.opening(factories.territory())
    assert found.opening_of(place) is above
    assert found.opening_of(academie) is above
    own = notebooks.opening(place)
    own.opened_at -= DAY
    db.session.flush()
    assert found.opening_of(place) is own  # the first that was made
    assert found.opening_of(academie) is above
    assert found.openings_on([place.id, academie.id]) == {place.id: own, academie.id: above}
    assert found.openings_on([place.id]) == {place.id: own}
    own.closed_at = above.closed_at = clock.now()
    db.session.flush()
    assert found.opening_of(place) is None
    assert found.openings_on([place.id, academie.id]) == {}


@pytest.mark.parametrize(("season", "lives"), [(2025, False), (2026, True), (2027, True)])
def test_a_programme_lives_until_the_end_of_its_season(
    place: Territory, helene: User, season: int, lives: bool
) -> None:
    row = notebooks.programme(place, helene, season=season)
    access = found.get_programme(row.id)
    assert (access is not None) is lives
    assert (found.get_staffed_programme(row.id) is not None) is lives
    if access:
        assert (access.id, access.head_id, access.territory_id) == (row.id, helene.id, place.id)
        assert (access.ends_on, access.zone.key) == (date(season + 1, 8, 31), "Europe/Paris")
    assert found.get_programme(place.id) is None
    assert found.get_staffed_programme(place.id) is None


def test_a_programme_is_written_in_while_tutoring_is_open(place: Territory) -> None:
    row = notebooks.programme(place)
    assert found.get_programme(row.id).is_open is False
    notebooks.opening(place)
    assert found.get_programme(row.id).is_open is True


def test_its_head_reads_who_tutors_and_who_left_by_name(place: Territory, helene: User, maud: User) -> None:
    row, other = notebooks.programme(place, helene), notebooks.programme(place)
    anne = factories.user("Anne", "Aubry")
    kept = notebooks.notebook(row, maud)
    gone = notebooks.notebook(row, anne, left_at=clock.now())
    notebooks.notebook(other, helene)
    assert found.tutors_of(row.id) == [
        found.TutorOf(gone.id, anne.id, "Anne Aubry", has_left=True),
        found.TutorOf(kept.id, maud.id, "Maud Le Bihan", has_left=False),
    ]
    staffed = found.get_staffed_programme(row.id)
    assert (staffed.tutor_ids, staffed.head_id) == ({maud.id}, helene.id)
    place_of = found.get_tutor(kept.id)
    assert (place_of.notebook, place_of.name, place_of.head_id) == (kept, "Maud Le Bihan", helene.id)
    assert found.get_tutor(row.id) is None
    row.season = 2025
    db.session.flush()
    assert found.get_tutor(kept.id) is None


def test_a_manager_reads_programmes_by_name_with_how_many_tutor_in_each(place: Territory, helene, maud) -> None:
    second, first = notebooks.programme(place, helene, name="B"), notebooks.programme(place, name="A")
    notebooks.notebook(second, maud)
    notebooks.notebook(second, helene)
    notebooks.notebook(second, factories.user(), left_at=clock.now())
    notebooks.programme(place, season=2025)
    notebooks.programme(factories.territory())
    assert [(each.id, each.head, each.tutors) for each in found.programmes_on(place.id, 2026)] == [
        (first.id, "", 0),
        (second.id, "Hélène Marchadier", 2),
    ]


def test_people_and_interviews_are_counted_by_programme(place: Territory, maud: User, helene: User) -> None:
    row = notebooks.programme(place)
    mine, theirs = notebooks.notebook(row, maud), notebooks.notebook(row, helene)
    told, silent = notebooks.code(mine, "A", date(2026, 10, 1)), notebooks.code(theirs, "A")
    elsewhere = notebooks.code(notebooks.notebook(notebooks.programme(place), maud), "A", date(2026, 10, 1))
    for code, day in (
        (told, date(2026, 11, 30)),
        (told, date(2026, 11, 1)),
        (silent, date(2026, 12, 1)),
        (elsewhere, date(2026, 12, 1)),
    ):
        notebooks.interview(code, day)
    assert found.people_counts(row.id) == (2, 1)
    assert found.interviews_by_month(row.id) == {date(2026, 11, 1): 2, date(2026, 12, 1): 1}


def test_what_somebody_heads_and_what_is_of_earlier_seasons(place: Territory, helene: User) -> None:
    former, present = notebooks.programme(place, helene, season=2025), notebooks.programme(place, helene)
    notebooks.programme(place)
    assert set(found.programmes_headed_by(helene.id)) == {former, present}
    assert found.programme_ids_before(2026) == [former.id]
    assert found.programme_ids_before(2025) == []
