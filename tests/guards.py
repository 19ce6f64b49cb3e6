"""What no test may do: reach the network, send real mail, read the developer's settings, depend on chance.

Nor wait for a disk: nothing of the tests has to survive a power cut. Nor compute the hash of a password for as long as
an attacker would have to, but where that is what is tested (`costly_hashes`).

A pytest plugin (named in conftest.py).
"""

import faulthandler
import ipaddress
import os
import secrets
import socket
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Any

import pytest
from _pytest.faulthandler import fault_handler_stderr_fd_key
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, event

# What collectifs/kernel/config.py reads: a developer's own settings must not reach the tests.
SETTINGS = (
    "BASE_URL",
    "BIND",
    "COLLECTIFS_DATA",
    "CONTACT",
    "ACCESSIBILITY_DATE",
    "ACCESSIBILITY_UPDATED",
    "CONTROLLER",
    "MISSION",
    "CONTROLLER_KIND",
    "DATABASE_URL",
    "DEPLOYMENT_NAME",
    "DPO",
    "HOSTING",
    "KEYS_DIR",
    "MAIL_FROM",
    "MASTER_KEY",
    "MASTER_KEY_FILE",
    "PROXIES",
    "PUBLISHER",
    "SECRET_KEY",
    "SECRET_KEY_FILE",
    "SMTP_URL",
)

settings.register_profile(
    "steady", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)


STUCK_S, ANEW_S = 300, 60
_since: dict[int, float] = {}  # by process: when it was last begun to be waited for
_USUAL: dict[str, Any] = {}  # what stands elsewhere, in whose place something quicker or calmer was put


class NetworkReached(AssertionError):
    """A test tried to leave this machine."""


def is_here(host: object) -> bool:
    """Whether a host is this machine."""
    if host in (None, "", b"", "localhost", b"localhost"):
        return True
    text = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(text).is_loopback
    except ValueError:
        return False


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("steady")
    for name in SETTINGS:
        os.environ.pop(name, None)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A process that is stuck where no signal is heard, so that no limit ends its test, says at last where it is.

    pytest's own `faulthandler_timeout` begins anew for each test: a thread that starts and ends, a quarter of its cost.
    """
    now = time.monotonic()
    if not 0 <= now - _since.get(os.getpid(), -ANEW_S) < ANEW_S:
        _since[os.getpid()] = now
        faulthandler.dump_traceback_later(STUCK_S, file=item.config.stash[fault_handler_stderr_fd_key])


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Iterator[None]:
    """Once for the run, and for all processes that are forked meanwhile: a fixture would be asked for by each test."""
    with ExitStack() as guards:
        for each in () if session.config.option.collectonly else GUARDS:
            guards.enter_context(each())
        return (yield)


@contextmanager
def _stay_on_this_machine() -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    look_up, connect, connect_ex = socket.getaddrinfo, socket.socket.connect, socket.socket.connect_ex

    def guarded_look_up(host: object, *args: object, **kwargs: object) -> object:
        if not is_here(host):
            raise NetworkReached(f"tests do not reach {host!r}")
        return look_up(host, *args, **kwargs)

    def check(this: socket.socket, where: object) -> None:
        if this.family in (socket.AF_INET, socket.AF_INET6) and not is_here(where[0]):
            raise NetworkReached(f"tests do not reach {where!r}")

    def guarded_connect(this: socket.socket, where: object) -> None:
        check(this, where)
        return connect(this, where)

    def guarded_connect_ex(this: socket.socket, where: object) -> int:
        check(this, where)
        return connect_ex(this, where)

    patch.setattr(socket, "getaddrinfo", guarded_look_up)
    patch.setattr(socket.socket, "connect", guarded_connect)
    patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    yield
    patch.undo()


@contextmanager
def _wait_for_no_disk() -> Iterator[None]:
    import collectifs.kernel.extensions  # noqa: F401 - its own settings of a connection come first

    patch = pytest.MonkeyPatch()
    patch.setattr(os, "fsync", lambda _file: None)
    event.listen(Engine, "connect", _careless)
    yield
    event.remove(Engine, "connect", _careless)
    patch.undo()


@contextmanager
def _hash_quickly() -> Iterator[None]:
    """Four tenths of a second each, four lanes of sixty-four megabytes: for nothing, a hundred times a run."""
    from collectifs.people.services import sign_in

    _USUAL["hashes"] = (sign_in.HASHER, sign_in.NOBODYS)
    patch = pytest.MonkeyPatch()
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    patch.setattr(sign_in, "HASHER", quick)
    patch.setattr(sign_in, "NOBODYS", quick.hash(secrets.token_hex()))
    yield
    patch.undo()


@contextmanager
def _let_clocks_agree() -> Iterator[None]:
    """Tests move their own clock by months; PostgreSQL's stays where it is."""
    from collectifs.kernel import clock
    from collectifs.kernel.queries import readiness

    _USUAL["clock"] = readiness.database_clock
    patch = pytest.MonkeyPatch()
    patch.setattr(readiness, "database_clock", clock.now)
    yield
    patch.undo()


GUARDS = (_stay_on_this_machine, _wait_for_no_disk, _hash_quickly, _let_clocks_agree)


@pytest.fixture
def database_clock() -> Callable[[], datetime]:
    """The database's own."""
    return _USUAL["clock"]


@pytest.fixture
def costly_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are hashed as in production."""
    from collectifs.people.services import sign_in

    for name, usual in zip(("HASHER", "NOBODYS"), _USUAL["hashes"], strict=True):
        monkeypatch.setattr(sign_in, name, usual)


def _careless(connection: object, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute("pragma synchronous=off")
