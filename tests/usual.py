"""Whom and what most tests begin with. A file that needs them otherwise has fixtures of its own by the same names.

A pytest plugin (named in conftest.py).
"""

import pytest
from flask import Flask

from collectifs.collectives.models import Collective
from collectifs.people.domain.person import Role
from collectifs.people.models import Territory, User
from tests import factories
from tests.circle import Circle


@pytest.fixture
def place(app: Flask) -> Territory:
    """A département."""
    return factories.territory("Val-de-Brume")


@pytest.fixture
def sylvie(place: Territory) -> User:
    """Who manages it."""
    who = factories.user("Sylvie", "Montagnac")
    factories.grant(who, Role.MANAGER, place)
    return who


@pytest.fixture
def helene(app: Flask) -> User:
    """A pilot."""
    return factories.user("Hélène", "Marchadier")


@pytest.fixture
def pilot(helene: User) -> User:
    """The same, where her part is what matters."""
    return helene


@pytest.fixture
def maud(app: Flask) -> User:
    """A member."""
    return factories.user("Maud", "Le Bihan")


@pytest.fixture
def collective(pilot: User, maud: User) -> Collective:
    """Hélène pilots, Maud is a member."""
    return factories.collective(pilot=pilot, members=[maud], name="Les Tilleuls")


@pytest.fixture
def circle(app: Flask) -> Circle:
    """A collective that has met (tests/circle.py)."""
    return Circle()
