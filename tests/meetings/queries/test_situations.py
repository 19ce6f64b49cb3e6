"""Which titles members read before a meeting; what a deputy reads: all that waits while the room may choose."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from collectifs.collectives.models import Collective
from collectifs.collectives.queries.collectives import get_collective
from collectifs.kernel import clock
from collectifs.kernel.vault.texts import seal_text
from collectifs.meetings.models import Situation
from collectifs.meetings.queries.situations import (
    ShownTitle,
    get_situation,
    reader_ids_of,
    situation_rows,
    situations_for,
    titles_shown,
)
from collectifs.people.models import User
from tests import factories

HOUR = timedelta(hours=1)
ROOM_CHOOSES = 5 * HOUR  # the two hours of a meeting, and three more


@pytest.fixture
def now(app: Flask, moment: object) -> datetime:
    return clock.now()


@pytest.fixture
def where(now: datetime, helene: User, maud: User) -> Collective:
    return factories.collective(pilot=helene, members=[maud])


def choose(situation: Situation, meeting_id: object) -> None:
    seal_text(situation, Situation.chosen, str(meeting_id))


def test_members_read_the_titles_that_their_authors_show_and_their_own(app: Flask) -> None:
    maud, karim, rose = (factories.user(name) for name in ("Maud", "Karim", "Rose"))
    ours = factories.collective(factories.territory(), pilot=factories.user("Hélène"), members=[maud, karim, rose])
    shown = factories.situation(ours, karim, "Elle dit oui", shows_title=True)
    own = factories.situation(ours, maud, "Il ne dit rien")
    factories.situation(ours, rose, "Pour le pilote seul")
    found = sorted(titles_shown(ours.id, maud.id), key=lambda each: each.title)
    assert found == [
        ShownTitle(shown.id, "Elle dit oui", is_mine=False, is_shown=True),
        ShownTitle(own.id, "Il ne dit rien", is_mine=True, is_shown=False),
    ]
    assert [each.title for each in titles_shown(ours.id, karim.id)] == ["Elle dit oui"]


@pytest.mark.parametrize(
    ("started", "chosen", "reads"),
    [
        (-HOUR, None, True),  # a meeting to come
        (ROOM_CHOOSES - timedelta(seconds=1), None, True),
        (ROOM_CHOOSES, None, False),  # the room chooses no more: what waits is read by those who pilot
        (ROOM_CHOOSES, "mine", True),
        (-HOUR, "other", False),
        (ROOM_CHOOSES, "other", False),
    ],
)
def test_a_deputy_reads_what_their_meeting_chose_and_what_waits_while_it_may_choose(
    now: datetime, where: Collective, maud: User, started: timedelta, chosen: str | None, reads: bool
) -> None:
    jo = factories.user("Jo")
    factories.membership(jo, where)
    mine = factories.meeting(where, starts_at=now - started)
    other = factories.meeting(where, number=2, starts_at=now + 48 * HOUR)
    factories.deputy(mine, jo)
    row = factories.situation(where, maud)
    if chosen:
        choose(row, {"mine": mine, "other": other}[chosen].id)
    found = get_situation(row.id)
    assert found is not None
    assert found.deputy_ids == ({jo.id} if reads else set())
    assert [each.id for each in situations_for([row], found.access, mine, jo.id)] == ([row.id] if reads else [])


def test_whoever_pilots_finds_what_waits_long_after_a_meeting_and_not_what_another_chose(
    now: datetime, where: Collective, helene: User, maud: User
) -> None:
    past, other = factories.meeting(where, starts_at=now - 48 * HOUR), factories.meeting(where, number=2)
    waits, theirs, elsewhere = (factories.situation(where, maud, title) for title in ("Attend", "Choisie", "Ailleurs"))
    choose(theirs, past.id)
    choose(elsewhere, other.id)
    access = get_collective(where.id)
    assert access is not None
    found = situations_for(situation_rows(where.id), access, past, helene.id)
    assert {each.id for each in found} == {waits.id, theirs.id}
    gone = factories.situation(where, maud, withdrawn_at=now)
    assert get_situation(gone.id) is None


@pytest.mark.parametrize(("started", "is_member", "reads"), [(0, True, True), (5, True, False), (0, False, False)])
def test_what_is_sent_is_read_by_those_who_pilot_and_by_the_deputies_of_meetings_that_may_choose(
    now: datetime, where: Collective, helene: User, started: int, is_member: bool, reads: bool
) -> None:
    jo = factories.user("Jo")
    factories.membership(jo, where, ends_at=None if is_member else now)
    factories.deputy(factories.meeting(where, starts_at=now - started * HOUR), jo)
    access = get_collective(where.id)
    assert access is not None
    assert reader_ids_of(access) == ({helene.id, jo.id} if reads else {helene.id})
