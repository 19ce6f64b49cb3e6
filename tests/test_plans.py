"""How the databases look for what pages and the worker ask: by an index, never by reading a long table through.

SQLite takes a table of which it knows nothing for a long one. PostgreSQL, which reads a short one through whatever its
indexes, is asked not to: what it still reads so has no index that serves.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.queries.jobs import (
    jobs_to_enqueue,
    mails_held_since,
    oldest_late_job,
)
from collectifs.network.queries.registrations import lapsed_offers
from collectifs.review.queries.exports import exports_over
from tests import world
from tests.test_access import visitor_for
from tests.test_queries_count import more_of_everything, urls_of
from tools.bench_pages import PAGES
from tools.bench_scale import PAGES as LONG

# What grows with the years; the rest is as long as the territories, the seasons or the files of a week are many.
LONG_TABLES = {
    *("meetings", "memberships", "attendances", "meeting_events", "jobs", "users", "pilotships", "charter_consents"),
    *("synthesis_sheets", "sheet_versions", "sheet_proposals", "submitted_sheets", "submitted_tags"),
    *(
        "reading_traces",
        "reading_marks",
        "remarks",
        "sheet_renderings",
        "exported_sheets",
        "situations",
        "parked_items",
    ),
    *("registrations", "slot_choices"),
}
Asked = tuple[str, Any]


def test_no_page_and_no_pass_of_the_worker_reads_a_long_table_through(app: Flask) -> None:
    here = world.build()
    more_of_everything(here)
    db.session.commit()
    asked = {**asked_by_pages(app, here), **asked_by_the_worker()}
    connection = db.session.connection()
    read = {
        name: sorted({table for each in statements for table in read_through(connection, *each)} & LONG_TABLES)
        for name, statements in asked.items()
    }
    db.session.rollback()
    assert {name: tables for name, tables in read.items() if tables} == {}


def asked_by_pages(app: Flask, here: world.World) -> dict[str, list[Asked]]:
    """What each page asks as its person opens it: those of everybody, and the long lists of the institution."""
    urls = {name: (who, urls_of(here)[name]) for name, (who, _) in PAGES.items()}
    ids = {"collective": here.ids["collective_id"], "sheet": here.ids["submitted_id"], "last": 2025, "words": "classe"}
    for name, (who, path) in LONG.items():
        urls[name] = (who, path.format(territory=here.ids["territory_id"], **ids))
    found = {}
    for name, (role, url) in urls.items():
        visitor = visitor_for(app, here, role)
        db.session.expire_all()
        with listened() as statements:
            assert visitor.client.get(url).status_code == 200, name
        found[name] = statements
    return found


def asked_by_the_worker() -> dict[str, list[Asked]]:
    """What is asked again and again while nobody looks; the copies of which nothing is made are looked for but now and
    then, among all."""
    now = clock.now()
    passes = {
        "jobs to enqueue": lambda: jobs_to_enqueue(now),
        "the oldest late job": lambda: oldest_late_job(now),
        "mails held": lambda: mails_held_since(now),
        "exports that are over": lambda: exports_over(now),
        "offers that lapse": lambda: lapsed_offers(now),
    }
    found = {}
    for name, ask in passes.items():
        with listened() as statements:
            ask()
        found[name] = statements
    return found


@contextmanager
def listened() -> Iterator[list[Asked]]:
    """The questions that the block asks, with their values."""
    seen: list[Asked] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if statement.startswith("SELECT"):
            seen.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def read_through(connection: Any, statement: str, values: Any) -> set[str]:
    """The tables that the plan of a question reads from end to end."""
    if connection.dialect.name == "sqlite":
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        return {line.detail.split()[1] for line in plan if line.detail.startswith("SCAN ")}
    for setting in ("enable_seqscan = off", "join_collapse_limit = 8", "from_collapse_limit = 8"):  # as in a house
        connection.exec_driver_sql(f"SET LOCAL {setting}")
    (plan,) = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values).scalars()
    return set(whole(plan[0]["Plan"] if isinstance(plan, list) else json.loads(plan)[0]["Plan"]))


def whole(node: dict[str, Any]) -> Iterator[str]:
    """The tables that a node of a plan of PostgreSQL, or one under it, reads from end to end."""
    if node["Node Type"] == "Seq Scan":
        yield node["Relation Name"]
    for under in node.get("Plans", ()):
        yield from whole(under)
