"""Imports the whole application, as a server and a worker do; makes none. For the process of tests/forks.py.

Where `make coverage` counts (SCRIPT_COVERAGE), each script travels alone, with its comments: each place is that of the
file. What was imported is no garbage: a command that looks for some would copy all of it to itself.
"""

import gc
import os
import re

import collectifs.cli.serve  # noqa: F401
from collectifs import import_areas
from collectifs.web import bundles
from collectifs.web.lean import LEANERS
from tests.compiled import FOLDER, keep_compiled_in
from tests.in_memory import RUN_FOLDER, keep_indexes_with_the_run
from tests.long_lists import read_long_lists

import_areas()
read_long_lists()
if os.environ.get(FOLDER):
    keep_compiled_in(os.environ[FOLDER])
if os.environ.get(RUN_FOLDER):
    keep_indexes_with_the_run(os.environ[RUN_FOLDER])
if os.environ.get("SCRIPT_COVERAGE"):
    LEANERS[".js"] = str
    bundles.ENTRY = re.compile("(?!)")
gc.collect()
gc.freeze()
