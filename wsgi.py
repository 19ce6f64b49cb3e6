"""What a WSGI server imports."""

import os
import sqlite3
import sys

import click

from collectifs import create_app
from collectifs.kernel.config import SettingsError
from collectifs.kernel.memory import keep_what_is_made
from collectifs.kernel.queries.deployment import deployment_id
from collectifs.web.keys import check_keys_at_start
from collectifs.web.measures import begin_anew

CANNOT_START = 3  # gunicorn's own code for this: it ends, instead of trying again and again
TRY_LATER = 75  # EX_TEMPFAIL: a mail server that pipes a report to `flask bounce` keeps it until it can be read

os.umask(0o077)  # what the application writes (database, queue, logs) is for its own account alone
is_reading_a_return = "bounce" in sys.argv[1:]
try:
    app = create_app()
    if click.get_current_context(silent=True) is None:  # a server: commands say by themselves what they miss
        check_keys_at_start(app, deployment_id)
        begin_anew(app.extensions["settings"])
        keep_what_is_made()
except SettingsError as refusal:
    sys.stderr.write(f"{refusal}\n")
    sys.exit(TRY_LATER if is_reading_a_return else CANNOT_START)
except (OSError, sqlite3.Error) as away:
    after = "le retour sera relu plus tard" if is_reading_a_return else away
    sys.stderr.write(f"Dossier de données indisponible ({type(away).__name__}) : {after}.\n")
    sys.exit(TRY_LATER if is_reading_a_return else CANNOT_START)
