"""`flask worker`: mails, purges and what time decides, until a signal ends it."""

import sys

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from collectifs.across.jobs.worker import work


@click.command()
@with_appcontext
def worker() -> None:
    """Do the work that outlives a request, until stopped; ends with a code after too many failures in a row."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    sys.exit(work(app))
