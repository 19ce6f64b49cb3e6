"""How many queries a page makes: at most twelve, and no more when there is more to show."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from collectifs.cli.moving_keys import keys_to_folder, keys_to_table
from collectifs.collectives.models import Collective
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.vault import vault_of
from collectifs.meetings.models import Attendance, SynthesisSheet
from collectifs.people.domain.person import Role
from collectifs.people.models import Territory
from collectifs.sheets.models import SubmittedSheet
from tests import factories, world
from tests.test_access import visitor_for
from tools.bench_pages import MOST, PAGES, counted


def more_of_everything(here: world.World) -> None:
    """The same world with more rows of each kind, around and inside the collective that is looked at."""
    ours = db.session.get_one(Collective, here.ids["collective_id"])
    place = db.session.get_one(Territory, ours.territory_id)
    place.contact_name, place.contact_address = "EAFC", "eafc@a.example"
    for number in range(6):
        factories.membership(factories.user(), ours, consents=number % 2 == 0)
        factories.situation(ours, here.people["presenter"], f"Situation {number}")
        elsewhere = factories.territory(contact_name="EAFC", contact_address=f"c{number}@a.example")
        factories.grant(factories.user(), Role.MANAGER, elsewhere)
        factories.grant(factories.user(), Role.INSPECTOR, place)
        factories.grant(factories.user(), Role.PILOT, place)
        factories.device(here.people["member"])
        _neighbour(here, place, number)


def _neighbour(here: world.World, place: Territory, number: int) -> None:
    """Another collective, the first ones shared with the people who look; its meetings, their sheets, who came."""
    shared = number < 2
    pilot = here.people["pilot"] if shared else factories.user()
    factories.grant(pilot, Role.PILOT, place) if not shared else None
    others = [factories.user() for _ in range(4)]
    members = [here.people["member"], *others] if shared else others
    row = factories.collective(place, pilot=pilot, members=members)
    for week in range(4):
        starts = clock.now() + timedelta(days=7 * (week - 2) + number, hours=4)
        meeting = factories.meeting(row, number=week + 1, starts_at=starts)
        sheet = db.session.query(SynthesisSheet).filter_by(meeting_id=meeting.id).one()
        if week < 2:
            for who in members:
                factories.add(
                    Attendance(meeting_id=meeting.id, user_id=who.id, state="present", marked_at=meeting.ends_at)
                )
            _transmitted(here, row, sheet, meeting)


def _transmitted(here: world.World, row: Collective, sheet: SynthesisSheet, meeting: Any) -> SubmittedSheet:
    name = f"more {sheet.id}"
    here.sheets[name], here.meetings[name] = sheet, meeting
    return world._submit(here, row, name, "Autre")


def urls_of(here: world.World) -> dict[str, str]:
    """The address of each page in the world."""
    ids = {
        "collective": here.ids["collective_id"],
        "meeting": here.ids["meeting_id"],
        "submitted": here.ids["submitted_id"],
        "proposed": here.sheets["proposed"].id,
        "draft": here.sheets["draft"].id,
    }
    return {name: path.format(**ids) for name, (_, path) in PAGES.items()}


Counts = dict[str, list[str]]


def queries_of(app: Flask) -> tuple[Counts, Counts]:
    """The statements of each page, as its person opens it for the second time; then with its keys in the table, none
    of them in memory."""
    here = world.build()
    if app.config.get("MORE"):
        more_of_everything(here)
    db.session.commit()
    urls = urls_of(here)
    visitors = {name: visitor_for(app, here, role) for name, (role, _) in PAGES.items()}
    for name, visitor in visitors.items():
        assert visitor.client.get(urls[name]).status_code == 200, name
    found = {name: statements(visitor, urls[name]) for name, visitor in visitors.items()}
    with keys_in_the_table(app) as forget:
        return found, {name: statements(visitor, urls[name], forget) for name, visitor in visitors.items()}


def statements(visitor: Any, url: str, first: Callable[[], object] = bool) -> list[str]:
    """What a page asks."""
    first()
    with counted() as seen:
        assert visitor.client.get(url).status_code == 200, url
    return list(seen)


@contextmanager
def keys_in_the_table(app: Flask) -> Iterator[Callable[[], None]]:
    """Carry the keys there, and back; gives what makes a process forget them."""
    usual = app.extensions["settings"], app.extensions["vault"]
    keys_to_table(usual[1], set())
    app.extensions["settings"] = replace(usual[0], keys_in="table")

    def forget() -> None:
        app.extensions["vault"] = vault_of(app.extensions["settings"])

    try:
        yield forget
    finally:
        app.extensions["settings"], app.extensions["vault"] = usual
        keys_to_folder(usual[1])


@pytest.fixture
def few_and_many(app: Flask, monkeypatch: pytest.MonkeyPatch) -> tuple[tuple[Counts, Counts], tuple[Counts, Counts]]:
    few = queries_of(app)
    from tests.databases import empty_all_tables

    db.session.remove()
    empty_all_tables(db.engine, db.metadata)
    monkeypatch.setitem(app.config, "MORE", True)
    return few, queries_of(app)


def test_no_page_makes_more_queries_than_its_bound_and_none_grows_with_rows(few_and_many) -> None:
    """Where keys are rows and none is in memory, a page asks for those of all that it has read at once; that of the
    room opens texts at two moments."""
    few, many = few_and_many
    for place, most in enumerate((MOST, MOST + 2)):
        told = {name: (len(few[place][name]), len(many[place][name])) for name in PAGES}
        assert {name: counts for name, counts in told.items() if counts[1] > most} == {}
        assert {name: counts for name, counts in told.items() if counts[1] > counts[0]} == {}


def pilots_five(here: world.World) -> None:
    """The pilot has five collectives more, and all that a first page may speak of awaits them."""
    pilot = here.people["pilot"]
    place = db.session.get_one(Territory, here.ids["territory_id"])
    factories.collective(place, pilot=pilot, season=2025)
    for number in range(5):
        row = factories.collective(place, pilot=pilot, members=[factories.user() for _ in range(4)])
        for week in range(5):
            factories.meeting(row, number=week + 1, starts_at=clock.now() - timedelta(days=7 * (6 - week) + number))
        factories.poll(row, here.people["member"], clock.now() + timedelta(days=30))
        if number > 1:  # the series of the others is over: they are asked the six questions of the season's end
            coming = factories.meeting(row, number=6, starts_at=clock.now() + timedelta(days=20 + number))
            name = f"five {number}"
            here.sheets[name] = db.session.query(SynthesisSheet).filter_by(meeting_id=coming.id).one()
            world.propose(here, name, "Cinq", clock.now() - timedelta(hours=2))


def test_the_first_page_of_whoever_pilots_five_collectives_asks_no_more(app: Flask) -> None:
    here = world.build()
    more_of_everything(here)
    pilots_five(here)
    visitor = visitor_for(app, here, "pilot")
    visitor.client.get("/")
    with counted() as seen:
        page = visitor.client.get("/")
    assert page.status_code == 200
    assert len(seen) <= MOST, "\n".join(seen)
