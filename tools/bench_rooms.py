"""The rows that the load of `make bench` needs: collectives in the middle of their two hours, all at once."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from collectifs.collectives.models import CharterConsent, Collective, Meeting, Membership, Pilotship
from collectifs.kernel import vault
from collectifs.kernel.extensions import db
from collectifs.kernel.seasons import season_of
from collectifs.kernel.vault.texts import seal_text
from collectifs.meetings.domain.canvas import library
from collectifs.meetings.models import MeetingEvent, SynthesisSheet
from collectifs.people.domain.person import Degree, Role
from collectifs.people.models import Device, GrantedRole, Territory, User
from collectifs.people.queries.people import hashed
from collectifs.sheets.domain.sheet import SheetContent

MEMBERS, NOTES = 8, 20
CANVAS = "genot-soutoul"
LONG_AGO = timedelta(days=60)
AT_ONCE = 100
RUNNING_FOR = timedelta(minutes=30)
STEERING_DEVICE = "laptop"


@dataclass(frozen=True)
class Room:
    """A running meeting: its pilot, the secrets of two browsers of theirs, the steps and people that gestures name."""

    meeting: UUID
    pilot: UUID
    secrets: tuple[str, str]
    steps: tuple[str, ...]
    members: tuple[UUID, ...]


def make_rooms(number: int, now: datetime) -> list[Room]:
    """So many collectives on one territory, each thirty minutes into its meeting."""
    place = Territory(id=uuid4(), code="99", name="Val-de-Brume", zone="A", timezone="Europe/Paris")
    db.session.add(place)
    db.session.flush()
    rooms = []
    for first in range(0, number, AT_ONCE):
        rooms += [_room(each, place.id, now) for each in range(first, min(number, first + AT_ONCE))]
        db.session.commit()
    return rooms


def _room(number: int, territory_id: UUID, now: datetime) -> Room:
    since = now - LONG_AGO
    users = [_user(number, each, since) for each in range(MEMBERS)]
    _save(*users)
    pilot = users[0]
    collective = Collective(id=uuid4(), name=f"Collectif {number}", code=f"C{number}", territory_id=territory_id)
    collective.season, collective.degree, collective.created_at = season_of(now.date()), Degree.FIRST, since
    collective.created_by_id = pilot.id
    _save(collective)
    _save(*_belonging(collective, users, now))
    meeting = _meeting(collective, now)
    secrets = (uuid4().hex, uuid4().hex)
    _save(*(_device(pilot, secret, now) for secret in secrets))
    steps = tuple(step["id"] for step in meeting.steps)
    return Room(meeting.id, pilot.id, secrets, steps, tuple(user.id for user in users))


def _save(*rows: Any) -> None:
    db.session.add_all(rows)
    db.session.flush()


def _user(room: int, number: int, since: datetime) -> User:
    user = User(id=uuid4(), given_name="Camille", family_name=f"Personne {number}")
    user.address, user.created_at = f"personne.{room}.{number}@academie.example", since
    return user


def _device(pilot: User, secret: str, now: datetime) -> Device:
    row = Device(user_id=pilot.id, secret_hash=hashed(secret), label="bench", bound_at=now)
    row.expires_at = now + timedelta(days=90)
    return row


def _belonging(collective: Collective, users: list[User], now: datetime) -> Iterator[Any]:
    """Everybody a member who accepted the charter; the first one pilots."""
    pilot, since = users[0], now - LONG_AGO
    until = date(collective.season + 1, 8, 31)
    where = collective.territory_id
    yield GrantedRole(user_id=pilot.id, role=Role.PILOT, territory_id=where, granted_at=since, ends_on=until)
    yield Pilotship(user_id=pilot.id, collective_id=collective.id, starts_on=since.date(), appointed_by_id=pilot.id)
    for user in users:
        yield Membership(user_id=user.id, collective_id=collective.id, starts_at=since)
        yield CharterConsent(user_id=user.id, collective_id=collective.id, version=1, accepted_at=since)


def _meeting(collective: Collective, now: datetime) -> Meeting:
    starts = now - RUNNING_FOR
    row = Meeting(id=uuid4(), collective_id=collective.id, number=1, starts_at=starts)
    row.ends_at, row.place, row.canvas_id = starts + timedelta(hours=2), "École des Tilleuls", CANVAS
    row.steps, row.key_id = [step.to_json() for step in library()[CANVAS].agenda(1)], vault.make_key()
    row.sequence = NOTES + 2
    _save(row)
    sheet = SynthesisSheet(id=uuid4(), meeting_id=row.id, key_id=row.key_id)
    seal_text(sheet, SynthesisSheet.draft, SheetContent("", ()).to_json())
    _save(sheet, *_gestures(row))
    return row


def _gestures(meeting: Meeting) -> Iterator[MeetingEvent]:
    """The hand taken, the meeting started, twenty notes."""
    plan = [{name: each[name] for name in ("id", "title", "minutes", "least")} for each in meeting.steps]
    made: list[tuple[str, dict[str, Any]]] = [
        ("hand_taken", {"device": STEERING_DEVICE}),
        ("meeting_started", {"plan": plan}),
    ]
    words = {"lane": "collective", "step": meeting.steps[0]["id"], "text": "Regarder avant de parler."}
    made += [("note_written", {"note": str(uuid4()), **words}) for _ in range(NOTES)]
    for sequence, (kind, body) in enumerate(made, 1):
        row = MeetingEvent(id=uuid4(), meeting_id=meeting.id, sequence=sequence, kind=kind, hand=1)
        row.happened_at = meeting.starts_at + timedelta(minutes=sequence)
        row.note_id = UUID(body["note"]) if "note" in body else None
        seal_text(row, MeetingEvent.body, json.dumps(body), under=meeting)
        yield row
