"""What was granted to somebody: on which territories, and who belongs to the hierarchy of one."""

from uuid import uuid4

import pytest

from collectifs.people.domain.person import Degree, Grant, Person, Role

ONE, TWO, THREE = uuid4(), uuid4(), uuid4()
SYLVIE = Person(
    uuid4(),
    "Sylvie",
    "Renaud",
    "sylvie@a.example",
    (
        Grant(Role.MANAGER, frozenset({ONE, TWO})),
        Grant(Role.MANAGER, frozenset({THREE})),
        Grant(Role.PILOT, frozenset({ONE})),
    ),
)


@pytest.mark.parametrize(
    ("role", "territory_id", "has"),
    [
        (Role.MANAGER, None, True),
        (Role.MANAGER, TWO, True),
        (Role.MANAGER, THREE, True),
        (Role.MANAGER, uuid4(), False),
        (Role.PILOT, ONE, True),
        (Role.PILOT, TWO, False),  # what one manages, one does not pilot
        (Role.INSPECTOR, None, False),
        (Role.INSPECTOR, ONE, False),
    ],
)
def test_a_role_holds_where_it_was_granted_and_nowhere_else(role, territory_id, has):
    assert SYLVIE.has(role, territory_id) is has


def test_the_territories_of_a_role_are_those_of_all_its_grants():
    assert SYLVIE.territories(Role.MANAGER) == {ONE, TWO, THREE}
    assert SYLVIE.territories(Role.PILOT) == {ONE}
    assert SYLVIE.territories(Role.INSPECTOR) == frozenset()


def test_somebody_is_called_given_name_first_and_known_by_their_id():
    assert SYLVIE.name == "Sylvie Renaud"
    assert SYLVIE.get_id() == str(SYLVIE.id)
    assert (SYLVIE.is_authenticated, SYLVIE.is_active, SYLVIE.is_anonymous) == (True, True, False)


@pytest.mark.parametrize(
    ("role", "label", "is_hierarchy"),
    [
        (Role.ADMINISTRATOR, "administration", False),
        (Role.MANAGER, "gestion", True),
        (Role.INSPECTOR, "inspection", True),
        (Role.PILOT, "vivier de pilotes", False),
    ],
)
def test_whoever_manages_or_inspects_is_of_the_hierarchy(role, label, is_hierarchy):
    assert (role.label, role.is_hierarchy) == (label, is_hierarchy)


def test_the_two_degrees_are_written_as_schools_do():
    assert [degree.label for degree in Degree] == ["1er degré", "2d degré"]
