"""`flask worker`: mails, purges and what time decides, until a signal ends it."""

import sys

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from collectifs.across.jobs.worker import work
from collectifs.kernel.documents.printing import print_apart
from collectifs.kernel.extensions import settings

LONGEST_PAPER_S = 600


@click.command()
@with_appcontext
def worker() -> None:
    """Do the work that outlives a request, until stopped; ends with a code after too many failures in a row."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    # One of its own: a long paper holds up nobody who reads, and what is printed now and then is not kept in memory.
    print_apart(settings().data / "worker-press.sock", patience_s=LONGEST_PAPER_S, idle_s=30)
    sys.exit(work(app))
