"""Imports the whole application, as a server and a worker do; makes none. For the process of tests/forks.py."""

import collectifs.cli.serve  # noqa: F401
from collectifs import import_areas

import_areas()
