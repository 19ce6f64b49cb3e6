"""What a WSGI server imports."""

import sys

from collectifs import create_app
from collectifs.config import SettingsError

CANNOT_START = 3  # gunicorn's own code for this: it ends, instead of trying again and again

try:
    app = create_app()
except SettingsError as refusal:
    sys.stderr.write(f"{refusal}\n")
    sys.exit(CANNOT_START)
