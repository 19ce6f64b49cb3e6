"""Collectifs: the two hours in the room, the sheet that comes out of them, and who may read what."""

import importlib
from typing import TYPE_CHECKING

from flask import Blueprint, Flask

from collectifs.kernel.collector import collect_as_usual, hardly_collect

if TYPE_CHECKING:
    from collectifs.kernel.config import Settings

hardly_collect()

AREAS = (
    "home",
    "auth",
    "account",
    "pilots",
    "collectives",
    "canvases",
    "planning",
    "campaign",
    "events",
    "tutoring",
    "book",
    "directory",
    "engagement",
    "dates",
    "composing",
    "meetings",
    "live",
    "sheets",
    "review",
    "report",
    "admin",
    "demo",
)


def create_app(settings: "Settings | None" = None) -> Flask:
    """Build the application. Without `settings` they are read from the environment."""
    from collectifs.kernel.config import load_settings

    settings = settings or load_settings()  # what is missing is said before all the rest is read
    from collectifs.across.queries.navigation import own_things
    from collectifs.cli import add_commands
    from collectifs.kernel.queries.deployment import deployment_id
    from collectifs.kernel.queries.jobs import mails_held_since
    from collectifs.people.queries.people import person_for_device
    from collectifs.web import assemble
    from collectifs.web.keys import wait_for_keys

    app = Flask(__name__, static_folder=None)
    assemble.configure(app, settings)
    wait_for_keys(app, deployment_id)
    assemble.recognise_people(person_for_device)
    assemble.give_context(app, own_things, mails_held_since)
    importlib.import_module("collectifs.across.jobs")  # declares what each kind of job does
    for pages in import_areas():
        app.register_blueprint(pages)
    add_commands(app)
    return app


def import_areas() -> list[Blueprint]:
    """Import the pages of every area, and with them the whole application; whoever forks servers does it for all."""
    areas = [importlib.import_module(f"collectifs.blueprints.{area}.routes").bp for area in AREAS]
    collect_as_usual()
    return areas
