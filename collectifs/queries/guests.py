"""A pasted list of people, each line with what is already known of its address."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from collectifs.domain.composition import Guest
from collectifs.domain.people import PastedPerson, read_one_person, read_pasted_people
from collectifs.kernel.errors import RuleBroken
from collectifs.models import User
from collectifs.queries.people import hierarchy_user_ids, users_by_address
from collectifs.queries.roles import get_role


def guests_in(
    text: str,
    territory_id: UUID,
    today: date,
    *,
    pilot_address: str = "",
    member_ids: frozenset[UUID] = frozenset(),
) -> list[Guest]:
    """Each line as understood, nothing sent: known, of the hierarchy, already a member, the pilot."""
    people = read_pasted_people(text)
    known = _known(people)
    hierarchy = hierarchy_user_ids(territory_id, today)
    return [_guest(person, known.get(person.address), hierarchy, member_ids, pilot_address) for person in people]


def guest_for(person: PastedPerson, territory_id: UUID, today: date) -> Guest:
    """One person, with what is known of their address."""
    user = _known([person]).get(person.address)
    return _guest(person, user, hierarchy_user_ids(territory_id, today))


def pilot_named(role_id: UUID | None, line: str, territory_id: UUID, today: date) -> Guest:
    """Who will pilot: picked from the vivier, or typed. Raises RuleBroken next to `pilot` or `pilot_line`."""
    if role_id and line:
        raise RuleBroken("Choisissez dans le vivier ou écrivez un nom, mais pas les deux.", "pilot_line")
    if line:
        return guest_for(read_one_person(line, "pilot_line"), territory_id, today)
    role = get_role(role_id) if role_id else None
    if role is None:
        raise RuleBroken("Dites qui pilote ce collectif.", "pilot")
    if role.territory_id != territory_id:
        raise RuleBroken("Cette personne est dans le vivier d’un autre territoire.", "pilot")
    person = PastedPerson("", role.name, "", role.address)
    return Guest(
        person, role.user_id, role.name, is_hierarchy=role.user_id in hierarchy_user_ids(territory_id, today)
    )


def _known(people: Iterable[PastedPerson]) -> dict[str, User]:
    return users_by_address(person.address for person in people if person.address)


def _guest(
    person: PastedPerson,
    user: User | None,
    hierarchy: frozenset[UUID],
    member_ids: frozenset[UUID] = frozenset(),
    pilot_address: str = "",
) -> Guest:
    if user is None:
        return Guest(person, is_pilot=bool(person.address) and person.address == pilot_address)
    return Guest(
        person,
        user.id,
        f"{user.given_name} {user.family_name}".strip(),
        is_hierarchy=user.id in hierarchy,
        is_member=user.id in member_ids,
        is_pilot=person.address == pilot_address,
    )
