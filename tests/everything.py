"""Imports the whole application, as a server and a worker do; makes none. For the process of tests/forks.py."""

import importlib

import gunicorn.app.wsgiapp
import gunicorn.workers.gthread  # noqa: F401

import collectifs.across.jobs
import collectifs.across.queries.navigation
import collectifs.cli.serve
import collectifs.web.assemble  # noqa: F401
from collectifs import AREAS

for area in AREAS:
    importlib.import_module(f"collectifs.blueprints.{area}.routes")
