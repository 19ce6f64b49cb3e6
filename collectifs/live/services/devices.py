"""Preparing a device, and handing over by a square code."""

import hashlib
import secrets
from datetime import datetime, timedelta

from collectifs.collectives.models import Meeting
from collectifs.kernel.audit import record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.live.models import HandOffer, PreparedDevice
from collectifs.live.queries.devices import (
    offer_with_print,
    offers_before,
    open_offers,
    prepared_device,
    steers_by_pass,
)
from collectifs.meetings.domain.devices import DeviceKind
from collectifs.meetings.permissions import can_run_meeting
from collectifs.meetings.queries.meetings import MeetingAccess
from collectifs.people.domain.person import Person

OFFER_LIFE = timedelta(minutes=2)
FORGOTTEN_AFTER = timedelta(hours=1)
TOKEN_BYTES = 32

NO_LONGER = "Ce code ne vaut plus : demandez un nouveau code."
USED = "Ce code a déjà servi : demandez un nouveau code."
ANOTHER_MEETING = "Ce code est celui d’un autre regroupement : demandez un nouveau code."
SOMEBODY_ELSE = "Ce code s’adresse à la personne qui l’a montré, ou à sa ou son secrétaire."
NOT_YOURS = "La main est sur un autre appareil : c’est de là que le code se montre."


def offer_hand(meeting: MeetingAccess, device: str, *, now: datetime, by: Person) -> tuple[HandOffer, str]:
    """Make the one code of this meeting that works, and its token, which nothing keeps.

    Whoever runs the meeting may; the note taker only from the device that steers.
    """
    row = meeting.meeting
    if not (can_run_meeting(by, meeting) or steers_by_pass(row, device, by.id)):
        raise RuleBroken(NOT_YOURS)
    for earlier in open_offers(row.id, now):
        earlier.expires_at = now
    for old in offers_before(row.id, now - FORGOTTEN_AFTER):
        db.session.delete(old)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    offer = HandOffer(meeting_id=row.id, offered_by_id=by.id, token_hash=_print_of(token))
    offer.made_at, offer.expires_at = now, now + OFFER_LIFE
    db.session.add(offer)
    db.session.flush()
    record("hand_offered", offer, by=by)
    return offer, token


def why_refused(meeting: MeetingAccess, token: str, *, now: datetime, by: Person) -> str:
    """What stands in the way of this code, in words; "" when it may serve."""
    offer = offer_with_print(_print_of(token))
    if offer is None:
        return NO_LONGER
    if offer.meeting_id != meeting.meeting.id:
        return ANOTHER_MEETING
    if by.id not in (offer.offered_by_id, meeting.meeting.note_taker_id):
        return SOMEBODY_ELSE
    if offer.used_at is not None:
        return USED
    return NO_LONGER if offer.expires_at <= now else ""


def use_pass(meeting: MeetingAccess, token: str, *, now: datetime, by: Person) -> bool:
    """Use the code, once; False when it may not serve (`why_refused` says why)."""
    if why_refused(meeting, token, now=now, by=by):
        return False
    offer = offer_with_print(_print_of(token))
    if offer is None:
        return False
    offer.used_at = now
    record("hand_passed", offer, by=by)
    return True


def _print_of(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def prepare_device(meeting: Meeting, *, device: str, kind: DeviceKind, now: datetime, by: Person) -> None:
    """This device keeps the meeting from now on; said again, it is seen again."""
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
