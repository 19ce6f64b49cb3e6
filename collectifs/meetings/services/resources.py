"""What the administration says of a resource: where it is now, when it was opened, whether it is shown."""

from datetime import date
from uuid import uuid4

from collectifs.kernel.audit import record
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.resources import Amendment, check_amendment
from collectifs.meetings.models import ResourceAmendment
from collectifs.meetings.queries.resources import KeptResource, amendment_row
from collectifs.people.domain.person import Person


def amend_resource(kept: KeptResource, said: Amendment, *, today: date, by: Person) -> None:
    """Over the file, everywhere the resource is shown; papers that exist already keep what they said."""
    check_amendment(said, today)
    row = amendment_row(kept.resource.id)
    if row is None:
        row = ResourceAmendment(id=uuid4(), resource_id=kept.resource.id)
        db.session.add(row)
    row.address, row.checked_on, row.is_hidden = said.address, said.checked_on, said.is_hidden
    record("resource_amended", row, by=by)


def restore_resource(kept: KeptResource, *, by: Person) -> None:
    """As the file says it again; twice changes nothing."""
    row = amendment_row(kept.resource.id)
    if row is not None:
        record("resource_restored", row, by=by)
        db.session.delete(row)
