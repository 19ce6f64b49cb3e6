"""The one way in to huey.

It loads psycopg where that is installed: ten megabytes that an installation on a file of SQLite never uses.
"""

from importlib import import_module
from typing import Any

from collectifs.kernel.later import without

with without("psycopg"):
    from huey import Huey, MemoryHuey, PostgresHuey, RedisHuey, SqliteHuey, storage
    from huey.consumer import Consumer, Scheduler
    from huey.exceptions import ConfigurationError

__all__ = [
    "ConfigurationError",
    "Consumer",
    "Huey",
    "MemoryHuey",
    "PostgresHuey",
    "RedisHuey",
    "Scheduler",
    "SqliteHuey",
    "on_postgresql",
]


def on_postgresql(name: str, **how: Any) -> Huey:
    """A queue beside the tables."""
    storage.psycopg = import_module("psycopg")
    return PostgresHuey(name, **how)
