"""`flask tidy`: what time alone decides, by hand, when the worker doubts its clock and waits for a person's word."""

import click
from flask.cli import with_appcontext

from collectifs.across.queries.perished import overdue
from collectifs.across.services.tidying import tidy_unless_in_doubt, tidying_doubt
from collectifs.kernel import clock
from collectifs.kernel.extensions import db


@click.command()
@click.option("--yes", is_flag=True, help="do it: nothing that is erased comes back")
@with_appcontext
def tidy(yes: bool) -> None:
    """Say what is due to be erased at this instant, and why it waits; with --yes, erase it."""
    now = clock.now()
    over = overdue(now)
    click.echo(f"Il est {now:%Y-%m-%d %H:%M} UTC. À effacer : {over.dated} textes dont le délai est passé,")
    click.echo(f"{over.seasonal} dont la saison est finie.")
    click.echo(f"Attente : {tidying_doubt(now) or 'aucune, le worker s’en charge'}.")
    if not yes:
        db.session.rollback()
        click.echo("Rien n’a été effacé. Si l’heure est juste : flask tidy --yes")
        return
    tidy_unless_in_doubt(now=now, is_sure=True)
    db.session.commit()
    click.echo("C’est fait ; le worker détruit les clés et reprend.")
