"""`flask communes`: gives the communes that people wrote their codes, as the worker does once a day."""

import click

from collectifs.kernel.extensions import db
from collectifs.meetings.services.communes import match_communes


@click.command()
def communes() -> None:
    """Match names of communes to their codes. Stopped half-way, it goes on the next time."""
    found = match_communes()
    db.session.commit()
    click.echo(f"Communes reconnues : {found}. Les noms que plusieurs communes portent sont demandés à qui gère.")
