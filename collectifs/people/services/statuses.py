"""What an administration keeps up: whom to write to, how papers name the training, statuses of accompanied people."""

from datetime import datetime

from collectifs.kernel.audit import record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.people.domain.appointing import check_label_is_free, usual_missing
from collectifs.people.domain.people import is_address, normal_address
from collectifs.people.domain.person import Person
from collectifs.people.domain.scheme import Scheme, check_number
from collectifs.people.models import AccompaniedStatus, Territory
from collectifs.people.queries.contacts import StatusFacts, next_position, status_row, statuses


def add_status(label: str, *, by: Person) -> AccompaniedStatus:
    """One more status, at the end of the list."""
    check_label_is_free(label, (each.label for each in statuses()))
    return _add(label, by)


def _add(label: str, by: Person | None) -> AccompaniedStatus:
    row = AccompaniedStatus(label=label, position=next_position())
    db.session.add(row)
    db.session.flush()
    record("status_added", row, by=by)
    return row


def add_usual_statuses(*, by: Person | None) -> int:
    """Add those of the usual list that are missing; returns how many. What was withdrawn is not put back."""
    missing = usual_missing(each.label for each in statuses())
    for label in missing:
        _add(label, by)
    return len(missing)


def rename_status(status: StatusFacts, label: str, *, by: Person) -> None:
    """Write a status otherwise, everywhere it was chosen."""
    check_label_is_free(label, (each.label for each in statuses() if each.id != status.id))
    row = status_row(status.id)
    row.label = label
    record("status_renamed", row, by=by)


def withdraw_status(status: StatusFacts, *, now: datetime, by: Person) -> None:
    """Offer it no longer; it stays where it was chosen. Withdrawing twice changes nothing."""
    row = status_row(status.id)
    if row.withdrawn_at is None:
        row.withdrawn_at = now
        record("status_withdrawn", row, by=by)


def restore_status(status: StatusFacts, *, by: Person) -> None:
    """Offer it again."""
    row = status_row(status.id)
    if row.withdrawn_at is not None:
        row.withdrawn_at = None
        record("status_restored", row, by=by)


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


def set_scheme(territory: Territory, scheme: Scheme, *, by: Person) -> None:
    """Say how papers name the training, who organises it, its numbers; what is empty is not printed."""
    check_number(scheme.number, "number")
    check_number(scheme.module, "module")
    territory.scheme_title, territory.organizer = scheme.title, scheme.organizer
    territory.scheme_number, territory.module_number = scheme.number, scheme.module
    record("scheme_changed", territory, by=by)
