"""The door of the room: who asks, what they are in this meeting, how far it is. One statement, the same for everybody.

Screens ask every few seconds and send gestures all along: what a page loads of a collective would be thrown away each
time. The rows are plain; what they mean is said by the rules that pages follow too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row, and_, bindparam, exists, or_, select

from collectifs.collectives.domain.charter import is_accepted
from collectifs.collectives.domain.piloting import gives_rights
from collectifs.collectives.models import CharterConsent, Collective, Meeting, Membership, Pilotship
from collectifs.collectives.queries.memberships import holds
from collectifs.kernel.extensions import reading
from collectifs.kernel.models import row_of
from collectifs.meetings.domain.standing import Standing
from collectifs.meetings.models import SynthesisSheet
from collectifs.meetings.queries.meetings import notes_are_over
from collectifs.people.domain.person import Person
from collectifs.people.models import Device, Territory, User
from collectifs.people.queries.people import hashed
from collectifs.sheets.models import SheetProposal
from collectifs.sheets.queries.sheets import is_agreed

_OF_MEETING = (
    "id", "key_id", "collective_id", "number", "starts_at", "ends_at", "room_closes_at", "keeps_notes",
    "note_taker_id", "sequence", "notes_perished_at", "cancelled_at",
)  # fmt: skip


# What is read of each table, and under which name.
_READ = {
    Device: {"device_id": "id"},
    User: {f"user_{name}": name for name in ("id", "given_name", "family_name", "address", "is_demo")},
    Meeting: {f"meeting_{name}": name for name in _OF_MEETING},
    Collective: {"season": "season", "series_key_id": "series_key_id"},
    Territory: {"timezone": "timezone"},
    Membership: {"since": "starts_at", "until": "ends_at"},
    CharterConsent: {"version": "version", "accepted_at": "accepted_at"},
    Pilotship: {
        "pilotship_id": "id", "stands_in_at": "meeting_id", "leads_since": "starts_on", "leads_until": "ends_on",
    },
    SynthesisSheet: {"given_up_at": "given_up_at"},
}  # fmt: skip
_NAMES = [name for names in _READ.values() for name in names]
_FIRST = {table: _NAMES.index(next(iter(names))) for table, names in _READ.items()}
_BELONGS = and_(Membership.user_id == User.id, Membership.collective_id == Meeting.collective_id)
_ACCEPTED = and_(CharterConsent.user_id == User.id, CharterConsent.collective_id == Meeting.collective_id)
_LEADS = and_(
    Pilotship.user_id == User.id,
    Pilotship.collective_id == Meeting.collective_id,
    or_(Pilotship.meeting_id.is_(None), Pilotship.meeting_id == Meeting.id),
)
_IS_PROPOSED = exists().where(SheetProposal.sheet_id == SynthesisSheet.id, SheetProposal.lapsed_at.is_(None))
_DOOR: Any = (
    select(
        *(table.__table__.c[column].label(name) for table, names in _READ.items() for name, column in names.items()),
        _IS_PROPOSED.label("is_proposed"),
    )
    .select_from(Device)
    .join(User, User.id == Device.user_id)
    .join(Meeting, Meeting.id == bindparam("meeting_id"))
    .join(Collective, Collective.id == Meeting.collective_id)
    .join(Territory, Territory.id == Collective.territory_id)
    .outerjoin(Membership, _BELONGS)
    .outerjoin(CharterConsent, _ACCEPTED)
    .outerjoin(Pilotship, _LEADS)
    .outerjoin(SynthesisSheet, SynthesisSheet.meeting_id == Meeting.id)
    .where(
        Device.secret_hash == bindparam("secret_hash"),
        Device.closed_at.is_(None),
        Device.expires_at > bindparam("now"),
    )
    .order_by(Membership.starts_at, CharterConsent.version, Pilotship.starts_on)
)


@dataclass(frozen=True)
class Door:
    """Somebody at the door of a room, at the instant `at`.

    `meeting` holds the columns that the road needs and is no row of the session: nothing that is set on it is written.
    `leads_by`: the pilotship by which they run it, if they do. `season` and `series_key_id` are the collective's.
    """

    person: Person
    meeting: Meeting
    zone: ZoneInfo
    at: datetime
    leads_by: UUID | None
    season: int
    series_key_id: str | None
    _standing: Standing
    _was_given_up: bool
    _is_proposed: bool

    def standing(self, user_id: UUID) -> Standing:
        """What the person who asks is here; the door knows of nobody else."""
        if user_id != self.person.id:
            raise LookupError("the door knows only who asks")
        return self._standing

    @property
    def runs(self) -> bool:
        """Whether they run the meeting."""
        return self._standing.runs

    @property
    def notes_are_gone(self) -> bool:
        """Whether its words have perished: its sheet agreed, or 30 days gone by. A sheet put to all is asked about."""
        if notes_are_over(self.meeting, self.at) or self._was_given_up:
            return True
        return self._is_proposed and is_agreed(self.meeting.id, self.at)


def door_of(secret: str, meeting_id: UUID, now: datetime) -> Door | None:
    """Who comes with this browser's secret to this meeting; None when one of the two is unknown or closed."""
    values = {"secret_hash": hashed(secret), "meeting_id": meeting_id, "now": now}
    rows = reading().execute(_DOOR, values).all()
    return _read(rows, now) if rows else None


def _read(rows: Sequence[Row[Any]], now: datetime) -> Door:
    first = rows[0]._mapping
    zone = ZoneInfo(first["timezone"])
    meeting = row_of(Meeting, _columns(Meeting, rows[0]))
    leading = [row for row in rows if row.pilotship_id and _leads(row, meeting, zone, now)]
    standing = Standing(
        pilots=any(row.stands_in_at is None for row in leading),
        has_accepted=any(_has_accepted(row, now) for row in rows),
        stands_in=any(row.stands_in_at is not None for row in leading),
        is_secretary=first["user_id"] == meeting.note_taker_id,
        is_cancelled=meeting.cancelled_at is not None,
    )
    return Door(
        person=_person(rows[0]),
        meeting=meeting,
        zone=zone,
        at=now,
        leads_by=leading[0].pilotship_id if leading and standing.runs else None,
        season=first["season"],
        series_key_id=first["series_key_id"],
        _standing=standing,
        _was_given_up=first["given_up_at"] is not None,
        _is_proposed=bool(first["is_proposed"]),
    )


def _person(row: Row[Any]) -> Person:
    """Who asks, without what is granted to them elsewhere: the rules of the room ask nothing of it."""
    return Person(**_columns(User, row), device_id=row.device_id)


def _columns(table: type[Any], row: Row[Any]) -> dict[str, Any]:
    """What the door read of a table, column by column; they stand together."""
    columns, first = _READ[table].values(), _FIRST[table]
    return dict(zip(columns, row[first : first + len(columns)], strict=True))


def _has_accepted(row: Row[Any], now: datetime) -> bool:
    """Whether a membership of this row runs, and its charter was accepted since it began."""
    if row.since is None or row.version is None or not holds((row.since, row.until), now):
        return False
    return is_accepted(row.version, row.accepted_at, row.since)


def _leads(row: Row[Any], meeting: Meeting, zone: ZoneInfo, now: datetime) -> bool:
    """Whether the pilotship of this row gives its rights now. Who stands in at a cancelled meeting has none."""
    ends_at = None if row.stands_in_at is None else meeting.ends_at
    is_alive = ends_at is None or meeting.cancelled_at is None
    return is_alive and gives_rights(row.leads_since, row.leads_until, ends_at, now, zone)
