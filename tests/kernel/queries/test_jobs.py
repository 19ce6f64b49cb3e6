"""Which jobs are taken now, which are late, what holds back the mails, and on which machines workers are at work."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import Job, JobState, WorkerBreath
from collectifs.kernel.queries.jobs import (
    HeldBack,
    Turn,
    breaths_by_machine,
    builds_by_machine,
    get_breath,
    has_the_turn,
    held_back,
    jobs_to_enqueue,
    last_breath,
    mails_held_since,
    mails_of,
    mails_to,
    oldest_late_job,
    refused_mails,
    unsent_mails,
)
from collectifs.people.models import User
from tests import factories

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
WAITING, RUNNING, DONE, FAILED = JobState.WAITING, JobState.RUNNING, JobState.DONE, JobState.FAILED
REFUSED = "MailRefused 552 5.2.2"


@pytest.fixture
def now(app: Flask, moment: time_machine.Traveller) -> datetime:
    return clock.now()


def job(kind: str = "mail_x", *, who: UUID | None = None, **values: Any) -> Job:
    """By default a mail that was asked for an hour ago and may leave since then."""
    asked = clock.now() - timedelta(hours=1)
    args = {"user_id": str(who)} if who else {}
    return factories.add(Job(**({"kind": kind, "args": args, "run_after": asked, "created_at": asked} | values)))


def test_a_job_is_taken_once_its_time_has_come_or_its_lease_ran_out_and_again_when_nobody_claims_it(
    now: datetime,
) -> None:
    third = job(run_after=now)
    first = job(run_after=now - 3 * MINUTE, enqueued_at=now - MINUTE - SECOND)
    second = job(run_after=now - 2 * MINUTE, state=RUNNING, lease_until=now - SECOND)
    job(run_after=now + SECOND)
    job(run_after=now - 3 * MINUTE, enqueued_at=now - MINUTE)
    job(state=RUNNING, lease_until=now)
    job(state=DONE)
    job(state=FAILED)
    assert jobs_to_enqueue(now) == [first, second, third]


@pytest.mark.parametrize(
    ("values", "is_late"),
    [
        ({}, True),
        ({"run_after": MINUTE}, False),
        ({"run_after": timedelta()}, True),
        ({"run_after": MINUTE, "attempts": 1}, True),  # it failed before
        ({"state": RUNNING, "lease_until": timedelta()}, False),
        ({"state": RUNNING, "lease_until": -SECOND}, True),  # its worker was lost
        ({"state": DONE}, False),
        ({"state": FAILED, "attempts": 9}, False),
    ],
)
def test_a_job_is_late_when_it_should_be_done_or_was_tried_in_vain(
    now: datetime, values: dict[str, Any], is_late: bool
) -> None:
    row = job(**{name: now + value if isinstance(value, timedelta) else value for name, value in values.items()})
    assert oldest_late_job(now) == (row.created_at if is_late else None)


def test_the_oldest_of_them_is_told(now: datetime) -> None:
    job(created_at=now - 2 * MINUTE)
    job(created_at=now - 9 * MINUTE)
    assert oldest_late_job(now) == mails_held_since(now) == now - 9 * MINUTE


@pytest.mark.parametrize(
    ("kind", "values", "is_held"),
    [
        ("mail_x", {"run_after": -5 * MINUTE - SECOND}, True),
        ("mail_x", {"run_after": -5 * MINUTE}, False),
        ("mail_x", {"run_after": MINUTE, "attempts": 1}, True),
        ("mail_x", {"state": RUNNING}, False),
        ("perish_notes", {"attempts": 1}, False),
    ],
)
def test_mails_are_held_once_one_failed_or_nobody_came_for_it_in_five_minutes(
    now: datetime, kind: str, values: dict[str, Any], is_held: bool
) -> None:
    row = job(kind, **{name: now + value if isinstance(value, timedelta) else value for name, value in values.items()})
    assert mails_held_since(now) == (row.created_at if is_held else None)


def test_mails_that_wait_or_leave_are_counted_and_nothing_else(now: datetime) -> None:
    assert unsent_mails() == 0
    for kind, state in (("mail_x", WAITING), ("mail_y", RUNNING), ("mail_x", DONE), ("mail_x", FAILED)):
        job(kind, state=state)
    job("mailbox")
    assert unsent_mails() == 2


def test_the_mails_that_tell_of_a_proposal_are_counted_by_what_became_of_them(now: datetime) -> None:
    about, other = factories.user(), factories.user()
    for state, number in ((WAITING, 1), (RUNNING, 2), (FAILED, 4), (DONE, 5)):
        for _ in range(number):
            job(state=state, args={"proposal_id": str(about.id)})
    job(args={"proposal_id": str(other.id)})
    asked = select(*mails_of(User.id)).where(User.id == about.id)
    assert tuple(db.session.execute(asked).one()) == (3, 4, 5)


def test_people_whose_mail_a_server_refuses_are_counted_once_a_code(now: datetime) -> None:
    maud, jo = uuid4(), uuid4()
    for who, error, state in (
        (maud, REFUSED, WAITING),
        (maud, REFUSED, FAILED),
        (jo, REFUSED, FAILED),
        (jo, "MailRefused 553 5.7.1", FAILED),
        (jo, "MailRefused 554 5.7.1", DONE),
        (jo, "TimeoutError", FAILED),
    ):
        job(who=who, error=error, state=state)
    job("other", error=REFUSED, state=FAILED)
    assert refused_mails() == {"552 5.2.2": 2, "553 5.7.1": 1}


def test_the_mails_of_some_people_come_oldest_first(now: datetime) -> None:
    maud, jo = uuid4(), uuid4()
    late, early, other = (job(who=who, created_at=now - ago * MINUTE) for who, ago in ((maud, 1), (maud, 2), (jo, 3)))
    job("other", who=maud)
    job(who=uuid4())
    assert mails_to([maud, jo]) == {maud: [early, late], jo: [other]}
    assert mails_to([]) == {}


@pytest.mark.parametrize(
    ("mails", "held"),
    [
        ([], None),
        ([(WAITING, REFUSED)], "again"),
        ([(RUNNING, REFUSED)], "again"),
        ([(FAILED, REFUSED)], "given up"),
        ([(DONE, REFUSED)], None),
        ([(WAITING, "")], None),
        ([(FAILED, "TimeoutError")], None),
        ([(FAILED, REFUSED), (DONE, "")], None),  # the latest has arrived
    ],
)
def test_what_holds_back_somebody_is_what_was_answered_to_their_latest_mail(
    mails: list[tuple[JobState, str]], held: str | None
) -> None:
    again = datetime(2027, 1, 13, 14)
    rows = [Job(state=state, error=error, run_after=again) for state, error in mails]
    found = {None: None, "again": HeldBack("552 5.2.2", again), "given up": HeldBack("552 5.2.2", None)}
    assert held_back(rows) == found[held]


def test_each_machine_is_told_by_its_latest_worker(now: datetime) -> None:
    assert last_breath() is None
    for worker, ago, build in (("one/2", 1, "new"), ("one/1", 9, "old"), ("two/7", 5, "old"), ("three/7", 2, "")):
        factories.add(WorkerBreath(worker=worker, breathed_at=now - ago * MINUTE, build=build))
    assert last_breath() == now - MINUTE
    assert breaths_by_machine() == {"one": now - MINUTE, "two": now - 5 * MINUTE, "three": now - 2 * MINUTE}
    assert builds_by_machine(now - 5 * MINUTE) == {"one": "new", "two": "old"}
    assert builds_by_machine(now - 4 * MINUTE) == {"one": "new"}
    assert get_breath("two/7") is not None
    assert get_breath("two") is None


def test_whoever_asks_alone_has_the_turn(app: Flask) -> None:
    assert [has_the_turn(turn) for turn in Turn] == [True, True]
