"""What no test may do: reach the network, send real mail, read the developer's settings, depend on chance.

Nor wait for a disk: nothing of the tests has to survive a power cut. Nor compute the hash of a password for as long as
an attacker would have to, but where that is what is tested (`costly_hashes`).

A pytest plugin (named in conftest.py).
"""

import ipaddress
import os
import secrets
import socket
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
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


@pytest.fixture(autouse=True, scope="session")
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


@pytest.fixture(autouse=True, scope="session")
def _wait_for_no_disk() -> Iterator[None]:
    import collectifs.kernel.extensions  # noqa: F401 - its own settings of a connection come first

    patch = pytest.MonkeyPatch()
    patch.setattr(os, "fsync", lambda _file: None)
    event.listen(Engine, "connect", _careless)
    yield
    event.remove(Engine, "connect", _careless)
    patch.undo()


@pytest.fixture(autouse=True, scope="session")
def _hash_quickly() -> Iterator[tuple[PasswordHasher, str]]:
    """Four tenths of a second each, four lanes of sixty-four megabytes: for nothing, a hundred times a run."""
    from collectifs.people.services import sign_in

    patch, usual = pytest.MonkeyPatch(), (sign_in.HASHER, sign_in.NOBODYS)
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    patch.setattr(sign_in, "HASHER", quick)
    patch.setattr(sign_in, "NOBODYS", quick.hash(secrets.token_hex()))
    yield usual
    patch.undo()


@pytest.fixture(autouse=True, scope="session")
def clocks_agree() -> Iterator[Callable[[], datetime]]:
    """Tests move their own clock by months; PostgreSQL's stays where it is."""
    from collectifs.kernel import clock
    from collectifs.kernel.queries import readiness

    patch, usual = pytest.MonkeyPatch(), readiness.database_clock
    patch.setattr(readiness, "database_clock", clock.now)
    yield usual
    patch.undo()


@pytest.fixture
def costly_hashes(_hash_quickly: tuple[PasswordHasher, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are hashed as in production."""
    from collectifs.people.services import sign_in

    for name, usual in zip(("HASHER", "NOBODYS"), _hash_quickly, strict=True):
        monkeypatch.setattr(sign_in, name, usual)


def _careless(connection: object, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute("pragma synchronous=off")
