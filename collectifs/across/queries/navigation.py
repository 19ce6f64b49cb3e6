"""Where a person may go from every page: their collectives, then what was entrusted to them."""

from dataclasses import dataclass, field
from uuid import UUID

from collectifs.collectives.queries.collectives import collectives_of
from collectifs.meetings.queries.presences import own_seasons
from collectifs.people.domain.person import Person, Role


@dataclass(frozen=True)
class Place:
    """A line of the navigation: its words, and the endpoint that it leads to."""

    label: str
    endpoint: str
    ids: dict[str, UUID] = field(default_factory=dict)


ENTRUSTED = (
    (Role.MANAGER, Place("Collectifs", "collectives.index")),
    (Role.MANAGER, Place("Pilotes", "pilots.index")),
    (Role.INSPECTOR, Place("Fiches transmises", "review.index")),
    (Role.ADMINISTRATOR, Place("Administration", "admin.index")),
)
MINE = Place("Mes regroupements", "meetings.mine")
FOR_EVERYBODY = (Place("Qui voit quoi", "home.who_sees_what"),)


def navigation_for(person: Person | None) -> list[Place]:
    """The places of a signed-in person, theirs first; nobody has only what is open to everybody."""
    if person is None:
        return list(FOR_EVERYBODY)
    own = [Place(row.name, "collectives.show", {"collective_id": row.id}) for row in collectives_of(person.id)]
    if own or own_seasons(person.id):  # whoever left keeps their hours and their certificate
        own.append(MINE)
    return [*own, *(place for role, place in ENTRUSTED if person.has(role)), *FOR_EVERYBODY]
