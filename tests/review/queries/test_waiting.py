"""Whom the sheets wait for: those who inspect today and are not away, told once since a moment."""

from datetime import date, timedelta
from uuid import uuid4

from flask import Flask

from collectifs.kernel import clock
from collectifs.kernel.models import Job
from collectifs.people.domain.person import Role
from collectifs.people.models import Territory
from collectifs.review.domain.work import MailSheetsWait
from collectifs.review.models import SavedFilter
from collectifs.review.queries.filters import filters_of, get_filter
from collectifs.review.queries.waiting import inspectors_here, told_since
from tests import factories

TODAY = date(2027, 1, 13)
DAY = timedelta(days=1)


def test_who_inspects_somewhere_today_is_told_once_unless_away(place: Territory) -> None:
    agnes, bruno, claire, diane, eve = (factories.user(name) for name in ("Agnès", "Bruno", "Claire", "Diane", "Ève"))
    away = factories.grant(agnes, Role.INSPECTOR, place)
    deputy = factories.grant(bruno, Role.INSPECTOR, place)
    deputy.stands_in_for_id, deputy.ends_on = agnes.id, TODAY
    for where in (place, factories.territory("Hautes-Sources")):
        factories.grant(claire, Role.INSPECTOR, where)
    factories.grant(diane, Role.MANAGER, place)
    factories.grant(eve, Role.INSPECTOR, place).ends_on = TODAY - DAY
    assert inspectors_here(TODAY) == sorted([bruno.id, claire.id])
    assert inspectors_here(TODAY + DAY) == sorted([agnes.id, claire.id])
    away.revoked_at = clock.now()
    assert inspectors_here(TODAY + DAY) == [claire.id]


def test_who_was_told_since_a_moment_and_of_nothing_else(app: Flask) -> None:
    now = clock.now()
    agnes, bruno, claire = (str(uuid4()) for _ in range(3))
    for who, kind, created_at in (
        (agnes, MailSheetsWait.kind(), now),
        (bruno, MailSheetsWait.kind(), now - DAY),
        (claire, "mail_other", now),
    ):
        factories.add(Job(kind=kind, args={"user_id": who}, run_after=now, created_at=created_at))
    assert told_since(now) == {agnes}
    assert told_since(now - DAY) == {agnes, bruno}
    assert told_since(now + DAY) == set()


def test_the_filters_that_somebody_keeps_are_theirs_by_name(app: Flask) -> None:
    agnes, bruno = factories.user("Agnès"), factories.user("Bruno")
    rows = [
        factories.add(SavedFilter(user_id=who.id, name=name, args={}, made_at=clock.now()))
        for who, name in ((agnes, "Second degré"), (agnes, "Premier degré"), (bruno, "Autre"))
    ]
    assert [each.name for each in filters_of(agnes.id)] == ["Premier degré", "Second degré"]
    assert get_filter(rows[2].id) is rows[2]
    assert get_filter(agnes.id) is None
