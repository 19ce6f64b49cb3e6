"""What a WSGI server imports."""

import os
import sys

from collectifs import create_app
from collectifs.config import SettingsError

CANNOT_START = 3  # gunicorn's own code for this: it ends, instead of trying again and again

os.umask(0o077)  # what the application writes (database, queue, logs) is for its own account alone
try:
    app = create_app()
except SettingsError as refusal:
    sys.stderr.write(f"{refusal}\n")
    sys.exit(CANNOT_START)
