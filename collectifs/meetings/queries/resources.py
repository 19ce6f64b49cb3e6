"""The resources as the administration keeps them: the file, and what was said of it since."""

from dataclasses import dataclass

from sqlalchemy import select

from collectifs.kernel.extensions import db
from collectifs.meetings.domain.resources import BEGINNING, Amendment, Resource, amended, resources, with_amendment
from collectifs.meetings.models import ResourceAmendment


@dataclass(frozen=True)
class KeptResource:
    """A resource, and how the administration keeps it."""

    resource: Resource
    said: Amendment
    is_amended: bool


def shelf() -> list[Resource]:
    """What people are shown, in the order of the file: one query."""
    return amended(resources().values(), _said())


def kept_resources() -> list[KeptResource]:
    """Every one, the hidden too, for the administration."""
    said = _said()
    return [_kept(each, said.get(each.id)) for each in resources().values()]


def get_resource(resource_id: str) -> KeptResource | None:
    """One of them, by the name that it has in the file."""
    found = resources().get(resource_id)
    return _kept(found, _said().get(resource_id)) if found else None


def videos_to_begin_with() -> Resource | None:
    """The theme of videos for a first meeting; None while the administration hides it, or knows no address."""
    found = get_resource(BEGINNING)
    return found.resource if found and found.resource.address and not found.said.is_hidden else None


def amendment_row(resource_id: str) -> ResourceAmendment | None:
    """The row of what was said of a resource."""
    query = select(ResourceAmendment).where(ResourceAmendment.resource_id == resource_id)
    return db.session.scalars(query.order_by(ResourceAmendment.id)).one_or_none()


def _kept(found: Resource, said: Amendment | None) -> KeptResource:
    now = said or Amendment(found.address, found.checked_on)
    return KeptResource(with_amendment(found, said), now, said is not None)


_R = ResourceAmendment.__table__.c
_SAID = select(_R.resource_id, _R.address, _R.checked_on, _R.is_hidden).order_by(_R.resource_id)


def _said() -> dict[str, Amendment]:
    return {resource_id: Amendment(*said) for resource_id, *said in db.session.execute(_SAID)}
