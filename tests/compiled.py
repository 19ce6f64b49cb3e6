"""Templates are compiled once a run, for every application of every process: each would take three seconds for its own.
An address is compiled when it is first written: an application has hundreds, and most of its tests write a few.

A pytest plugin (named in conftest.py). tests/everything.py, which another process imports, finds the folder in its
environment.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from functools import cache

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from werkzeug.routing import Rule

FOLDER = "COMPILED_TEMPLATES"
_KEPT_BY = pytest.StashKey[int]()


def keep_compiled_in(folder: str) -> None:
    """What is compiled from now on is read from there and written there, by the sum of its source."""
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": FileSystemBytecodeCache(folder)}
    Rule._compile_builder = _compile_when_asked  # type: ignore[method-assign]


_COMPILE = Rule._compile_builder
Write = Callable[..., tuple[str, str]]


def _compile_when_asked(rule: Rule, append_unknown: bool = True) -> Write:
    """Werkzeug's own, called the first time that this address is written."""

    @cache
    def compiled() -> Write:
        return _COMPILE(rule, append_unknown)

    def write(itself: Rule, **values: object) -> tuple[str, str]:
        return compiled()(itself, **values)

    return write


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_KEPT_BY] = os.getpid()
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="collectifs-templates-")
    keep_compiled_in(os.environ[FOLDER])


def pytest_unconfigure(config: pytest.Config) -> None:
    if config.stash.get(_KEPT_BY, 0) == os.getpid():
        shutil.rmtree(os.environ.pop(FOLDER, ""), ignore_errors=True)
