"""Who is signed in, and what was granted to them: plain values for the rules on access."""

from dataclasses import dataclass, field
from enum import Enum
from uuid import UUID


class Role(Enum):
    """What one person may be granted by another, on a territory and for a season."""

    ADMINISTRATOR = "administrator"
    MANAGER = "manager"
    INSPECTOR = "inspector"
    PILOT = "pilot"

    @property
    def label(self) -> str:
        """The French word, epicene where French allows it."""
        return {
            "administrator": "administration",
            "manager": "gestion",
            "inspector": "inspection",
            "pilot": "vivier de pilotes",
        }[self.value]

    @property
    def is_hierarchy(self) -> bool:
        """Whether its holder belongs to the hierarchy of a territory (never a member there)."""
        return self in (Role.MANAGER, Role.INSPECTOR)


class Degree(Enum):
    """Level of teaching."""

    FIRST = "first"
    SECOND = "second"

    @property
    def label(self) -> str:
        """« 1er degré » or « 2d degré »."""
        return "1er degré" if self is Degree.FIRST else "2d degré"


@dataclass(frozen=True)
class Grant:
    """A role on some territories (a région or académie covers its départements), until a day."""

    role: Role
    territory_ids: frozenset[UUID]


@dataclass(frozen=True)
class Person:
    """The signed-in person. Flask-Login reads the four `is_…` attributes and `get_id`."""

    id: UUID
    given_name: str
    family_name: str
    address: str
    grants: tuple[Grant, ...] = ()
    device_id: UUID | None = None
    is_demo: bool = False
    is_authenticated: bool = field(default=True, init=False)
    is_active: bool = field(default=True, init=False)
    is_anonymous: bool = field(default=False, init=False)

    @property
    def name(self) -> str:
        """Given name, then family name."""
        return f"{self.given_name} {self.family_name}"

    def get_id(self) -> str:
        """The identifier that Flask-Login wants."""
        return str(self.id)

    def has(self, role: Role, territory_id: UUID | None = None) -> bool:
        """Whether the role is granted today (on this territory, when one is given)."""
        return any(
            grant.role is role and (territory_id is None or territory_id in grant.territory_ids)
            for grant in self.grants
        )

    def territories(self, role: Role) -> frozenset[UUID]:
        """Every territory on which the role is granted today."""
        return frozenset().union(*(grant.territory_ids for grant in self.grants if grant.role is role))
