"""The mail of Monday names the sheets that wait, by code and dates; who is away is left alone, the deputy is told."""

from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from collectifs.across.domain.week import latest_monday
from collectifs.collectives.services.institution import name_deputy
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from collectifs.people.domain.person import Role
from collectifs.people.mails import letters
from collectifs.people.models import GrantedRole, User
from collectifs.people.queries.roles import deputies_of, get_role, inspectors_count
from collectifs.people.services.appointments import revoke_role
from collectifs.review.domain.work import MailSheetsWait
from collectifs.review.mails import waiting
from collectifs.review.mails.waiting import tell_what_awaits_a_reading
from collectifs.review.queries.waiting import waiting_on
from tests import factories
from tests.asked import asked
from tests.circle import DAY, HOUR, Circle
from tests.letters import text_of
from tests.pages import plain

MONDAY = datetime(2027, 1, 25, 6, 30, tzinfo=UTC)


@pytest.fixture
def circle(app: Flask, moment: Any) -> Circle:
    circle = Circle()
    circle.write_and_propose()
    moment.shift(6 * DAY)
    circle.submit()
    moment.move_to(MONDAY, tick=False)
    return circle


@pytest.fixture
def colleague(circle: Circle) -> User:
    """Another inspector of the same territory."""
    other = factories.user("Laurent", "Vauquelin")
    factories.grant(other, Role.INSPECTOR, circle.territory)
    return other


def of_the_academie(circle: Circle, *others: str) -> list[User]:
    """The inspector inspects the whole académie; so many others, each a département of it."""
    top = factories.territory("Académie")
    circle.territory.parent_id = top.id
    db.session.query(GrantedRole).filter_by(user_id=circle.inspector.id).update({"territory_id": top.id})
    found = [factories.user(name) for name in others]
    for each in found:
        factories.grant(each, Role.INSPECTOR, factories.territory(f"De {each.given_name}", parent_id=top.id))
    return found


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    found: list[Any] = []
    monkeypatch.setattr(letters, "deliver", found.append)
    return found


def told() -> list[Any]:
    tell_what_awaits_a_reading(latest_monday(clock.now()), now=clock.now())
    db.session.flush()
    return [mail.user_id for mail in asked(MailSheetsWait)]


def deputy(circle: Circle, who: User, until: date = date(2027, 2, 15)) -> Any:
    by = circle.person(circle.inspector)
    return name_deputy(who.id, territory=circle.territory, until=until, now=clock.now(), by=by)


def test_on_monday_the_inspector_is_told_once_what_waits(circle: Circle, moment):
    assert told() == [circle.inspector.id]
    moment.shift(HOUR)
    assert told() == [circle.inspector.id]
    moment.shift(2 * DAY)
    assert told() == [circle.inspector.id], "a worker that was away on Monday does not tell it on Wednesday"


def test_the_mail_has_codes_and_dates_and_not_a_word(circle: Circle, sent: list[Any]):
    do(MailSheetsWait(circle.inspector.id))
    (mail,) = sent
    assert str(mail["Subject"]) == "Une fiche attend une lecture"
    text = plain(text_of(message_from_bytes(mail.as_bytes(), policy=policy.default)))
    assert "Collectif B7, janvier, transmise le 19 janvier" in text
    assert "presse" not in text
    assert "Tilleuls" not in text


def test_thirty_that_have_waited_the_longest_are_named_with_their_territory_where_there_are_several(
    circle: Circle, sent: list[Any], monkeypatch: pytest.MonkeyPatch
):
    (one,) = waiting_on(frozenset({circle.territory.id}), 2026)
    day = [replace(one, collective_code=f"B{each}", submitted_at=one.submitted_at - each * DAY) for each in range(32)]
    elsewhere = replace(day[-1], territory_id=uuid4(), territory_name="Hautes-Sources")
    monkeypatch.setattr(waiting, "waiting_on", lambda *_: [*day[:-1], elsewhere])
    do(MailSheetsWait(circle.inspector.id))
    (mail,) = sent
    lines = plain(text_of(message_from_bytes(mail.as_bytes(), policy=policy.default))).partition("d’abord :")[2]
    assert lines.index("B31,") < lines.index("B30,") < lines.index("B2,") < lines.index("et 2 autres, plus récentes")
    assert "transmise le 19 décembre (Hautes-Sources)" in lines
    assert "B1," not in lines


def test_without_anything_that_waits_no_mail_leaves(circle: Circle, sent: list[Any]):
    circle.copy.reviewed_at = clock.now()
    db.session.flush()
    do(MailSheetsWait(circle.inspector.id))
    assert sent == []


def readers(circle: Circle) -> int:
    return inspectors_count(circle.territory.id, clock.now().date())


def test_whoever_is_away_is_left_alone_and_a_colleague_who_reads_there_already_reads_no_more_by_it(
    circle: Circle, colleague: User
):
    before = readers(circle)
    deputy(circle, colleague)
    assert readers(circle) == before
    assert told() == [colleague.id]
    assert [each.name for each in deputies_of(circle.inspector.id, clock.now().date())] == ["Laurent Vauquelin"]


def test_whoever_inspects_a_part_of_it_reads_the_rest_until_the_day_and_not_the_day_after(circle: Circle, moment):
    (bruno,) = of_the_academie(circle, "Bruno")
    before = readers(circle)
    deputy(circle, bruno)
    assert circle.person(bruno).has(Role.INSPECTOR, circle.territory.id)
    assert readers(circle) == before + 1
    assert told() == [bruno.id]
    moment.move_to(datetime(2027, 2, 16, 12, tzinfo=UTC))
    assert not circle.person(bruno).has(Role.INSPECTOR, circle.territory.id)
    assert deputies_of(circle.inspector.id, clock.now().date()) == []


def test_a_deputy_goes_with_whom_they_stand_in_for_and_with_their_own_right(circle: Circle):
    bruno, chloe = of_the_academie(circle, "Bruno", "Chloé")
    for lost in (circle.inspector, chloe):
        for each in (bruno, chloe):
            deputy(circle, each)
        own = db.session.query(GrantedRole).filter_by(user_id=lost.id, stands_in_for_id=None).one()
        revoke_role(get_role(own.id), now=clock.now(), by=circle.person(circle.inspector))
        reads = [circle.person(each).has(Role.INSPECTOR, circle.territory.id) for each in (bruno, chloe)]
        assert reads == ([False, False] if lost is circle.inspector else [True, False])
        own.revoked_at = None
        db.session.flush()


def test_a_colleague_who_stood_in_keeps_their_own_right(circle: Circle, colleague: User):
    granted = deputy(circle, colleague)
    revoke_role(get_role(granted.id), now=clock.now(), by=circle.person(circle.inspector))
    assert circle.person(colleague).has(Role.INSPECTOR, circle.territory.id)
    assert set(told()) == {circle.inspector.id, colleague.id}


def refused(action: Any) -> str:
    with pytest.raises(RuleBroken) as broken:
        action()
    return broken.value.sentence


def test_who_may_be_named_and_until_when(circle: Circle, colleague: User):
    next_door = factories.user("Bruno")
    circle.territory.parent_id = factories.territory("Académie").id
    factories.grant(next_door, Role.INSPECTOR, factories.territory("À côté", parent_id=circle.territory.parent_id))
    for who in (next_door, circle.maud, circle.inspector):
        assert "le même territoire que vous" in refused(lambda who=who: deputy(circle, who))
    assert "un jour à venir" in refused(lambda: deputy(circle, colleague, clock.now().date()))
    assert "fin de la saison" in refused(lambda: deputy(circle, colleague, date(2027, 9, 1)))
    deputy(circle, colleague)
    assert "lit déjà à votre place" in refused(lambda: deputy(circle, colleague))


def test_a_deputy_names_nobody_in_turn(circle: Circle):
    bruno, chloe = of_the_academie(circle, "Bruno", "Chloé")
    deputy(circle, bruno)
    by, until = circle.person(bruno), date(2027, 2, 1)
    again = lambda: name_deputy(chloe.id, territory=circle.territory, until=until, now=clock.now(), by=by)  # noqa: E731
    assert "à la place de quelqu’un" in refused(again)
