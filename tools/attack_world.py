"""What `make attack` is done to: the world of the access proof in a folder of its own, put back after each blow."""

import importlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
import time_machine

from collectifs import create_app
from collectifs.collectives.models import Collective, Membership
from collectifs.kernel.extensions import db
from collectifs.meetings.models import SynthesisSheet

PAPERS = (".pdf", ".png", ".ods")  # slow to press: left to the tests of the papers
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


def tests(name: str) -> Any:
    """A module of the tests: they are no part of what is typed here."""
    return importlib.import_module(f"tests.{name}")


@dataclass
class Target:
    """The application, the world with a browser for each role, and the ids of another collective's things."""

    kept: Any
    foreign: dict[str, str]
    matrix: dict[str, Any]

    def url(self, endpoint: str, *, foreign: bool = False) -> str | None:
        """The address of an endpoint, with our ids or another collective's; None without such a thing there."""
        app, line = self.kept.app, self.matrix[endpoint]
        names = next(app.url_map.iter_rules(endpoint)).arguments
        ids = {**self.kept.here.ids, "sheet_id": self.kept.here.sheets[line.sheet].id}
        ids = self.foreign if foreign else ids
        if not names <= set(ids) or (foreign and not names):
            return None
        return str(app.url_map.bind("localhost").build(endpoint, {name: ids[name] for name in names}))

    def send(self, role: str, method: str, url: str, **sent: Any) -> Any:
        """Ask as somebody, with the token of a page that they have open."""
        visitor = self.kept.reader(role)
        headers = {"X-CSRFToken": visitor.token()} if method in UNSAFE else {}
        return visitor.client.open(url, method=method, headers=headers, **sent)


@contextmanager
def target(folder: Path) -> Iterator[Target]:
    """Build it, at the instant of every test; the clock stands still meanwhile."""
    conftest, kept_world = tests("conftest"), tests("kept_world")
    app = create_app(conftest.make_settings(folder, f"sqlite:///{folder / 'collectifs.db'}"))
    quiet()
    app.test_client_class = tests("pages").Client
    with app.app_context(), time_machine.travel(conftest.NOW, tick=False):
        conftest.make_tables(app)
        foreign: dict[str, str] = {}
        world = tests("world")
        build = world.build
        world.build = lambda: _with_others(build(), foreign)
        try:
            kept = kept_world.KeptWorld(app)
        finally:
            world.build = build
        yield Target(kept, foreign, tests("access_matrix").MATRIX)
        db.session.remove()
        db.engine.dispose()


def _with_others(here: Any, foreign: dict[str, str]) -> Any:
    """Another collective, elsewhere, with things of its own; their ids are put down in `foreign`."""
    factories = tests("factories")
    member = here.people["other_member"]
    membership = db.session.query(Membership).filter_by(user_id=member.id).one()
    collective = db.session.get_one(Collective, membership.collective_id)
    meeting = factories.meeting(collective)
    sheet = db.session.query(SynthesisSheet).filter_by(meeting_id=meeting.id).one()
    situation = factories.situation(collective, member)
    found = {"collective": collective, "meeting": meeting, "sheet": sheet, "situation": situation}
    foreign.update({f"{name}_id": str(row.id) for name, row in (found | {"membership": membership}).items()})
    return here


def quiet() -> None:
    """No line of the log: thousands of requests are refused, as they should be."""
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
