"""At which pace people want their mails, and what waits for the mail of the week."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Flask

from collectifs.kernel import clock
from collectifs.kernel.models import HeldMail, MailChoice
from collectifs.kernel.queries.mails import choices_of, held_for, pace_of, readers_held_before
from collectifs.kernel.work import Pace
from tests import factories

HOUR = timedelta(hours=1)


def hold(user_id: UUID, kind: str, hours: int) -> HeldMail:
    return factories.add(HeldMail(user_id=user_id, kind=kind, args={}, held_at=clock.now() + hours * HOUR))


def kinds(rows: list[HeldMail]) -> list[str]:
    return [row.kind for row in rows]


def test_a_kind_of_mail_comes_at_once_until_somebody_says_otherwise_for_themselves(app: Flask) -> None:
    maud, karim = factories.user(), factories.user()
    factories.add(MailChoice(user_id=maud.id, kind="mail_b", pace=Pace.WEEKLY))
    factories.add(MailChoice(user_id=maud.id, kind="mail_a", pace=Pace.NEVER))
    paces = [pace_of(who.id, kind) for who in (maud, karim) for kind in ("mail_a", "mail_b", "mail_c")]
    assert paces == [Pace.NEVER, Pace.WEEKLY, Pace.NOW, Pace.NOW, Pace.NOW, Pace.NOW]
    assert {kind: row.pace for kind, row in choices_of(maud.id).items()} == {
        "mail_a": Pace.NEVER,
        "mail_b": Pace.WEEKLY,
    }
    assert choices_of(karim.id) == {}


def test_what_waits_for_somebody_comes_oldest_first_and_of_the_kinds_that_are_asked(app: Flask, moment: Any) -> None:
    maud, karim = factories.user(), factories.user()
    for kind, hours in (("mail_b", 2), ("mail_a", 1), ("mail_c", 3)):
        hold(maud.id, kind, hours)
    hold(karim.id, "mail_a", 0)
    assert kinds(held_for(maud.id)) == ["mail_a", "mail_b", "mail_c"]
    assert kinds(held_for(maud.id, ["mail_c", "mail_b"])) == ["mail_b", "mail_c"]
    assert held_for(maud.id, []) == []
    assert kinds(held_for(karim.id)) == ["mail_a"]


def test_the_mail_of_the_week_is_for_those_for_whom_something_waited_before(app: Flask, moment: Any) -> None:
    maud, karim, ines = (factories.user() for _ in range(3))
    for who, hours in ((maud, -3), (maud, -2), (karim, 0), (ines, 1)):
        hold(who.id, "mail_a", hours)
    assert readers_held_before(clock.now()) == [maud.id]
    assert readers_held_before(clock.now() + HOUR) == sorted([maud.id, karim.id])
