"""The installation: since when nobody erases what is due, how much each table holds."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from collectifs.kernel import clock
from collectifs.kernel.queries.deployment import deployment_id, erasures_late_since, get_deployment, rows_by_table
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


def test_each_table_is_counted(app: Flask) -> None:
    factories.user()
    factories.user()
    found = rows_by_table()
    assert (found["users"], found["deployments"], found["collectives"]) == (2, 1, 0)
