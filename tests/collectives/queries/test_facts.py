"""What members told about themselves: proposed from a former membership, counted, given to the pilot alone."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask

from collectifs.collectives.domain.composition import MixLine
from collectifs.collectives.models import Collective, MembershipStatus
from collectifs.collectives.queries.facts import FactsTold, facts_told, mix_lines, phones_told, statuses_chosen
from collectifs.kernel import clock
from collectifs.people.domain.person import Degree
from collectifs.people.models import AccompaniedStatus, Territory, User
from tests import factories

HOUR = timedelta(hours=1)


@pytest.fixture
def now(app: Flask, moment: object) -> datetime:
    return clock.now()


@pytest.fixture
def where(place: Territory, helene: User) -> Collective:
    return factories.collective(place, pilot=helene)


def test_what_was_told_before_is_proposed_while_nothing_but_the_degree_is_told_here(
    now: datetime, where: Collective, maud: User
) -> None:
    assert facts_told(maud.id, where.id) == FactsTold()
    present = factories.membership(maud, where, degree=Degree.FIRST)
    assert facts_told(maud.id, where.id) == FactsTold(degree=Degree.FIRST)
    older, silent = factories.collective(), factories.collective()
    factories.membership(
        maud, older, starts_at=now - 9 * HOUR, ends_at=now, school="Ferry", phone="06", tutoring_years=0
    )
    factories.membership(maud, silent, starts_at=now - HOUR, ends_at=now, degree=Degree.SECOND)
    assert facts_told(maud.id, where.id) == FactsTold(school="Ferry", phone="06", tutoring_years=0)
    present.tutoring_years = 0
    assert facts_told(maud.id, where.id) == FactsTold(degree=Degree.FIRST, tutoring_years=0)


def test_the_telephones_and_the_mix_are_those_of_the_present_members(now: datetime, where: Collective) -> None:
    with_phone, without, gone, coming = (factories.user() for _ in range(4))
    rows = [
        factories.membership(who, where, **values)
        for who, values in (
            (without, {"starts_at": now, "degree": Degree.SECOND}),
            (with_phone, {"starts_at": now - HOUR, "phone": "06", "tutoring_years": 3, "work_commune": "Agen"}),
            (gone, {"ends_at": now, "phone": "07"}),
            (coming, {"starts_at": now + HOUR, "phone": "08"}),
        )
    ]
    assert phones_told(rows, now) == {with_phone.id: "06"}
    assert mix_lines(rows) == [MixLine(None, 3, "Agen"), MixLine(Degree.SECOND)]


def test_how_many_members_chose_each_status_is_counted_in_the_order_of_the_list(
    now: datetime, where: Collective
) -> None:
    last, first, unused = (
        factories.add(AccompaniedStatus(label=label, position=position))
        for label, position in (("LPE", 9), ("SOPA", 1), ("PES", 2))
    )
    other = factories.collective()
    for place, values, chosen in (
        (where, {}, [first, last]),
        (where, {}, [first]),
        (where, {"ends_at": now}, [unused]),
        (other, {}, [last]),
    ):
        row = factories.membership(factories.user(), place, **values)
        for status in chosen:
            factories.add(MembershipStatus(membership_id=row.id, status_id=status.id))
    assert statuses_chosen(where.id) == [("SOPA", 2), ("LPE", 1)]
    assert statuses_chosen(uuid4()) == []
