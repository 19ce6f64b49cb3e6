"""Templates are compiled once a run, for every application of every process: each would take three seconds for its own.
An address is compiled when it is first written: an application has hundreds, and most of its tests write a few.
A statement is compiled once a process, whatever the number of its databases.

A pytest plugin (named in conftest.py). tests/everything.py, which another process imports, finds the folder in its
environment.
"""

import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Dialect, Engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

FOLDER = "COMPILED_TEMPLATES"
_KEPT_BY = pytest.StashKey[int]()


def keep_compiled_in(folder: str) -> None:
    """What is compiled from now on is read from there and written there, by the sum of its source."""
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": FileSystemBytecodeCache(folder)}
    Rule._compile_builder = _compile_when_asked  # type: ignore[method-assign]


def compile_statements_for_all() -> None:
    """What was compiled for one database serves the next of its kind: a test with a house of its own, which says two
    hundred statements once, finds nearly all of them said before."""
    for dialect in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        dialect.__hash__ = _hash_of_kind  # type: ignore[method-assign]
        dialect.__eq__ = _is_alike  # type: ignore[method-assign]
        dialect.engine_created = classmethod(_share)  # type: ignore[assignment]


_SHARED: defaultdict[type[Dialect], LRUCache[Any, Any]] = defaultdict(lambda: LRUCache(500))


def _share(kind: type[Dialect], engine: Engine) -> None:
    engine._compiled_cache = _SHARED[kind]


def _hash_of_kind(dialect: Dialect) -> int:
    return hash(type(dialect))


def _is_alike(one: Dialect, other: object) -> bool:
    return type(one) is type(other) and one.server_version_info == getattr(other, "server_version_info", None)


_COMPILE = Rule._compile_builder
Write = Callable[..., tuple[str, str]]


def _compile_when_asked(rule: Rule, append_unknown: bool = True) -> Write:
    """Werkzeug's own, called the first time that this address is written."""
    compiled: list[Write] = []  # an application has a thousand of these: functools.cache makes them too slowly

    def write(itself: Rule, **values: object) -> tuple[str, str]:
        if not compiled:
            compiled.append(_COMPILE(rule, append_unknown))
        return compiled[0](itself, **values)

    return write


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_KEPT_BY] = os.getpid()
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="collectifs-templates-")
    keep_compiled_in(os.environ[FOLDER])
    compile_statements_for_all()


def pytest_unconfigure(config: pytest.Config) -> None:
    if config.stash.get(_KEPT_BY, 0) == os.getpid():
        shutil.rmtree(os.environ.pop(FOLDER, ""), ignore_errors=True)
