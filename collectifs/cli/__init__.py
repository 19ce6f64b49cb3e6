"""The `flask` commands, one module each; `db` is Flask-Migrate’s (kernel/migrations.py)."""

from flask import Flask

from collectifs.cli.away import in_words
from collectifs.cli.backup import backup
from collectifs.cli.bounce import bounce
from collectifs.cli.check import check
from collectifs.cli.communes import communes
from collectifs.cli.compose import compose
from collectifs.cli.demo import demo
from collectifs.cli.guard import guard
from collectifs.cli.keys import keys
from collectifs.cli.move import move
from collectifs.cli.restore import restore
from collectifs.cli.tidy import tidy
from collectifs.cli.user import user
from collectifs.cli.worker import worker
from collectifs.kernel.migrations import DatabaseCommand

OURS = (worker, demo, user, backup, restore, move, keys, tidy, check, bounce, guard, communes, compose)
COMMANDS = [in_words(command) for command in (*OURS, DatabaseCommand("db", short_help="Perform database migrations."))]


def add_commands(app: Flask) -> None:
    """Give `app` its commands."""
    for command in COMMANDS:
        app.cli.add_command(command)
