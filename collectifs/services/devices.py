"""Devices that keep a meeting, sealed: prepared, and come back once everything has left them."""

from datetime import datetime

from collectifs.collectives.models import Meeting
from collectifs.kernel.audit import record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.models import PreparedDevice
from collectifs.people.domain.person import Person
from collectifs.queries.devices import prepared_device

KINDS = ("phone", "computer")


def prepare_device(meeting: Meeting, *, device: str, kind: str, now: datetime, by: Person) -> None:
    """This device keeps the meeting from now on; said again, it is seen again."""
    if kind not in KINDS:
        raise RuleBroken("Un téléphone, ou un ordinateur.")
    row = prepared_device(meeting.id, device)
    if row is None:
        row = PreparedDevice(meeting_id=meeting.id, device=device, prepared_at=now)
        db.session.add(row)
        record("device_prepared", meeting, by=by)
    row.user_id, row.kind, row.seen_at, row.returned_at = by.id, kind, now, None


def device_returned(meeting: Meeting, *, device: str, now: datetime, by: Person) -> None:
    """Nothing waits on it any more. An unknown device, or somebody else's, changes nothing."""
    row = prepared_device(meeting.id, device)
    if row is not None and row.user_id == by.id and row.returned_at is None:
        row.seen_at = row.returned_at = now
        record("device_returned", meeting, by=by)
