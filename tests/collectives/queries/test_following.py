"""What became of the invitations: what holds back a mail, for how long it is told, who comes first."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from collectifs.collectives.domain.work import MailInvitation
from collectifs.collectives.models import Collective
from collectifs.collectives.queries import following
from collectifs.collectives.queries.collectives import get_collective
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent, Job, JobState
from collectifs.people.models import Territory, User
from tests import factories

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
REFUSED = "MailRefused 552 5.2.2"


@pytest.fixture
def now(app: Flask, moment: object) -> datetime:
    return clock.now()


@pytest.fixture
def where(place: Territory, helene: User) -> Collective:
    return factories.collective(place, pilot=helene)


def lines(where: Collective) -> dict[str, following.Followed]:
    db.session.flush()
    access = get_collective(where.id)
    assert access is not None
    return {each.name: each for each in following.followed(access)}


@pytest.mark.parametrize(
    ("came_back", "refused", "mail", "words"),
    [
        (None, False, None, ""),
        (14 * DAY - SECOND, False, None, "boîte pleine (5.2.2)"),
        (14 * DAY, False, None, ""),
        (SECOND, True, None, ""),  # the address itself is refused: that is told instead
        (None, False, REFUSED, "boîte pleine (552 5.2.2)"),
        (SECOND, False, "MailRefused 450 4.2.1", "le serveur demande d’attendre (450 4.2.1)"),
        (None, True, REFUSED, ""),
    ],
)
def test_what_holds_back_a_mail_is_told_for_two_weeks_unless_the_address_is_refused(
    now: datetime,
    where: Collective,
    maud: User,
    came_back: timedelta | None,
    refused: bool,
    mail: str | None,
    words: str,
) -> None:
    factories.membership(maud, where)
    maud.mail_delay, maud.mail_delayed_at = "5.2.2", now - came_back if came_back else None
    maud.address_refused_at, maud.address_refusal = (now, "5.1.1") if refused else (None, "")
    if mail:
        work = MailInvitation(maud.id, where.id)
        times = {"run_after": now, "created_at": now}
        factories.add(Job(kind=work.kind(), args=work.args(), state=JobState.WAITING, error=mail, **times))
    assert lines(where)["Maud Le Bihan"].held_back_words == words


def test_whoever_declined_comes_after_the_members(now: datetime, where: Collective) -> None:
    declined = factories.user("Ana", "Avril")
    gone = factories.membership(declined, where, consents=False, ends_at=now)
    factories.add(
        AuditEvent(at=now, kind=following.LEFT, actor_id=declined.id, object_kind="membership", object_id=gone.id)
    )
    assert list(lines(where)) == ["Hélène Marchadier", "Ana Avril"]


def test_whose_belongings_nobody_asks_for_are_none(now: datetime, where: Collective) -> None:
    assert following.belongings_in(set(), where.territory_id, 2026) == {}
    assert following.told_elsewhere([], where.territory_id, 2026) == []
    assert not following.has_ever_met_or_planned(where.id)
    assert following.has_consents(where.id)
    stays = {where: 1, factories.collective(members=[factories.user()]): 2}
    assert {each: len(following.memberships_ever(each.id)) for each in stays} == stays
