"""Whom tutors of a territory write to: said once by its manager, read by everybody."""

from collectifs.domain.people import is_address, normal_address
from collectifs.domain.person import Person
from collectifs.kernel.audit import record
from collectifs.kernel.errors import RuleBroken
from collectifs.models import Territory


def set_contact(territory: Territory, *, name: str, address: str, by: Person) -> None:
    """Say whom to write to; both empty takes the contact away. A name without an address helps nobody."""
    wanted = normal_address(address)
    if wanted and not is_address(wanted):
        raise RuleBroken("Cette adresse est mal écrite.", "address")
    if name and not wanted:
        raise RuleBroken("Écrivez aussi l’adresse, ou effacez le nom.", "address")
    if wanted and not name:
        raise RuleBroken("Écrivez qui répond à cette adresse : une personne ou un service.", "name")
    territory.contact_name, territory.contact_address = name, wanted
    record("contact_changed", territory, by=by)
