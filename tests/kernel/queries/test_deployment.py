"""The installation: since when nobody erases what is due, how much each table holds."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from collectifs.kernel import clock
from collectifs.kernel.models import KeyEpoch
from collectifs.kernel.queries import deployment
from collectifs.kernel.queries.deployment import (
    deployment_id,
    erasures_late_since,
    get_deployment,
    rotated_at,
    rows_by_table,
)
from tests import factories

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


@pytest.mark.parametrize(
    ("made", "tidied", "since"),
    [
        (HOUR, None, None),
        (HOUR + SECOND, None, "made"),  # nobody ever did
        (9 * HOUR, HOUR, None),
        (9 * HOUR, HOUR + SECOND, "tidied"),
    ],
)
def test_what_is_due_is_erased_within_the_hour_or_told(
    app: Flask, moment: time_machine.Traveller, made: timedelta, tidied: timedelta | None, since: str | None
) -> None:
    now, row = clock.now(), get_deployment()
    assert row is not None
    assert deployment_id() == row.id
    row.made_at, row.tidied_at = now - made, now - tidied if tidied else None
    assert erasures_late_since(now) == {None: None, "made": row.made_at, "tidied": row.tidied_at}[since]


@pytest.mark.parametrize("in_table", [True, False])
def test_the_last_rotation_is_the_latest_that_has_ended_where_the_keys_are_in_the_table(
    app: Flask, moment: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch, in_table: bool
) -> None:
    monkeypatch.setattr(deployment, "keys_in_table", lambda: in_table)
    now = clock.now()
    for number, ago, is_settled in ((1, 9, True), (2, 5, True), (3, 1, False)):
        began = now - ago * HOUR
        factories.add(KeyEpoch(number=number, began_at=began, settled_at=began + HOUR if is_settled else None))
    assert rotated_at() == (now - 5 * HOUR if in_table else None)


def test_each_table_is_counted(app: Flask) -> None:
    factories.user()
    factories.user()
    found = rows_by_table()
    assert (found["users"], found["deployments"], found["collectives"]) == (2, 1, 0)
