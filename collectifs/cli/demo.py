"""`flask demo`: the demonstration, only ever in an empty database of its own."""

import click
from flask import current_app
from flask.cli import with_appcontext

from collectifs.demo.builder import build_demo
from collectifs.demo.campaign import MANY, USUAL
from collectifs.demo.data import load
from collectifs.kernel.clock import set_demo_clock
from collectifs.kernel.config import Settings, SettingsError, check_suits_demo
from collectifs.kernel.extensions import db
from collectifs.people.queries.people import has_any_user


@click.command()
@click.option("--campaign", is_flag=True, help="three hundred candidacies instead of sixty")
@with_appcontext
def demo(campaign: bool) -> None:
    """Write the demonstration into this data folder's empty database."""
    try:
        make_demo(MANY if campaign else USUAL)
    except SettingsError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo("Démonstration prête.")


def make_demo(candidates: int = USUAL) -> None:
    """Set the demo's clock to Wednesday 13 January 2027, 13 h 50, and write its people and collectives.

    Raises SettingsError when the database is not empty or the settings are not those of a demo.
    """
    settings: Settings = current_app.extensions["settings"]
    check_suits_demo(settings)
    if has_any_user():
        raise SettingsError("La base n’est pas vide : la démonstration ne s’écrit que dans une base neuve.")
    first_start = load().now
    set_demo_clock(first_start)
    try:
        build_demo(candidates)
        db.session.commit()
    except BaseException:
        db.session.rollback()
        settings.demo_mark.unlink()
        raise
    set_demo_clock(first_start)
