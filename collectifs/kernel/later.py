"""Packages that few pages need: what serves pages does not hold them from its start.

Each process of a server would keep its own copy of them, for a calendar or a table that may never be asked of it.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any


class Later:
    """A package that is loaded when something of it is first used, under the name that an import would give it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        module = import_module(self._name)
        try:
            found = getattr(module, name)
        except AttributeError:
            found = import_module(f"{self._name}.{name}")
        self.__dict__[name] = found
        return found


@contextmanager
def without(name: str) -> Iterator[None]:
    """Within this block a package is as if it were not installed: others import it only because it is there.

    One that is loaded already stays loaded.
    """
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[name]
