"""What former members said yes to: where they were last, who said what, whom the clock reminds."""

from datetime import timedelta

import pytest
from flask import Flask

from collectifs.kernel import clock
from collectifs.network.domain.after import AfterWish
from collectifs.network.models import FormerYes
from collectifs.network.queries import after as found
from collectifs.people.models import Territory, User
from tests import factories

DAY = timedelta(days=1)


def a_yes(who: User, where: Territory, season: int = 2026, *wishes: str, **values: object) -> FormerYes:
    usual = {"wishes": list(wishes), "said_at": clock.now()}
    return factories.add(FormerYes(user_id=who.id, territory_id=where.id, season=season, **(usual | values)))


def test_somebody_was_last_a_member_in_the_latest_of_their_seasons(place: Territory, maud: User) -> None:
    there = factories.territory("Ailleurs")
    factories.collective(place, members=[maud], season=2024)
    factories.collective(there, members=[maud], season=2025)
    factories.collective(place, season=2026)
    assert found.last_belonging(maud.id) == found.LastBelonging(2025, there)
    assert found.last_belonging(there.id) is None


def test_a_yes_is_of_one_person_and_one_season(place: Territory, maud: User, helene: User) -> None:
    row, other = a_yes(maud, place), a_yes(helene, place)
    former = a_yes(maud, place, 2025)
    assert found.yes_of(maud.id, 2026) is row
    assert found.yes_of(maud.id, 2025) is former
    assert found.yes_of(maud.id, 2024) is None
    assert found.get_yes(other.id) is other
    assert found.get_yes(maud.id) is None


def test_its_words_come_in_the_order_of_the_list(place: Territory, maud: User) -> None:
    assert found.wishes_of(a_yes(maud, place, 2026, "lead", "remind", "gone")) == (AfterWish.REMIND, AfterWish.LEAD)


def test_managers_read_who_said_yes_for_a_season_or_after_it_by_name(place: Territory, maud: User) -> None:
    anne = factories.user("Anne", "Aubry")
    gone = factories.user("Denis", erased_at=clock.now())
    a_yes(maud, place, 2026, "lead")
    a_yes(anne, place, 2027, "testify")
    a_yes(anne, place, 2025, "lead")
    a_yes(gone, place, 2026, "lead")
    a_yes(factories.user(), factories.territory(), 2026, "lead")
    assert found.yeses_on(place.id, 2026) == [
        found.FormerFacts(anne, (AfterWish.TESTIFY,)),
        found.FormerFacts(maud, (AfterWish.LEAD,)),
    ]


@pytest.mark.parametrize(
    ("wish", "season", "is_reminded", "waits"),
    [
        ("remind", 2026, False, True),
        ("lead", 2026, False, False),
        ("remind", 2025, False, False),
        ("remind", 2026, True, False),
    ],
)
def test_whoever_wanted_to_be_reminded_is_once(app: Flask, place, maud, wish, season, is_reminded, waits) -> None:
    row = a_yes(maud, place, season, wish, reminded_at=clock.now() if is_reminded else None)
    assert found.yeses_to_remind(2026) == ([row] if waits else [])


def test_those_who_said_it_first_are_reminded_first(place: Territory, maud: User, helene: User) -> None:
    late, early = a_yes(maud, place, 2026, "remind"), a_yes(helene, place, 2026, "remind", said_at=clock.now() - DAY)
    assert found.yeses_to_remind(2026) == [early, late]
