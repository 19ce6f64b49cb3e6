"""The list of one meeting: who is expected, who was there, who was received, and what was corrected later."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, or_, select
from sqlalchemy.orm import aliased

from collectifs.collectives.models import Meeting, Membership, Pilotship
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.attendance import AttendanceState
from collectifs.meetings.models import Attendance, AttendanceChange, MeetingGuest
from collectifs.meetings.queries.meetings import MeetingAccess, attendance_of
from collectifs.people.domain.person import Role
from collectifs.people.models import User
from collectifs.people.queries.roles import roles_on


@dataclass(frozen=True)
class RollLine:
    """One person on the list of a meeting."""

    user_id: UUID
    given_name: str
    family_name: str
    establishment: str
    is_pilot: bool
    state: AttendanceState

    @property
    def name(self) -> str:
        """Given name, then family name."""
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True)
class GuestLine:
    """Somebody received for this meeting, without an account."""

    id: UUID
    name: str
    establishment: str
    state: AttendanceState


@dataclass(frozen=True)
class ChangeLine:
    """A correction made after the room: whose presence, from what to what, by whom and when."""

    name: str
    before: AttendanceState
    after: AttendanceState
    at: datetime
    by: str


def was_in_force(starts_at: Any, ends_at: Any) -> ColumnElement[bool]:
    """A membership during the hours of a meeting: whoever left before is not expected, whoever came after neither."""
    return and_(Membership.starts_at < ends_at, or_(Membership.ends_at.is_(None), Membership.ends_at > starts_at))


# Statements that are the same for every meeting are built once.
_DAY = bindparam("day", type_=Pilotship.starts_on.type)
_PILOTS = (
    select(Pilotship.user_id)
    .where(
        Pilotship.collective_id == bindparam("collective_id"),
        Pilotship.starts_on <= _DAY,
        or_(Pilotship.ends_on.is_(None), Pilotship.ends_on >= _DAY),
        or_(Pilotship.meeting_id.is_(None), Pilotship.meeting_id == bindparam("meeting_id")),
    )
    .order_by(Pilotship.starts_on)
)
_HERE = Membership.collective_id == bindparam("collective_id")
_OTHERS: BindParameter[Any] = bindparam("others", expanding=True)
_AT_THAT_TIME = was_in_force(
    bindparam("starts_at", type_=Membership.starts_at.type), bindparam("ends_at", type_=Membership.starts_at.type)
)
_MEMBERS = select(Membership.user_id).where(_HERE, _AT_THAT_TIME).correlate(None)
_NAMED = select(User.id).where(User.id.in_(_OTHERS)).correlate(None)
_EXPECTED = (
    select(User, Membership)
    .outerjoin(Membership, and_(Membership.user_id == User.id, _HERE))
    .where(User.id.in_(_MEMBERS.union(_NAMED)), or_(User.id.in_(_OTHERS), _AT_THAT_TIME))
    .order_by(User.family_name, User.given_name, User.id, Membership.starts_at)
)
_WHO, _HAND = aliased(User), aliased(User)
_CHANGES = (
    select(AttendanceChange, _WHO, _HAND)
    .join(_WHO, _WHO.id == AttendanceChange.user_id)
    .join(_HAND, _HAND.id == AttendanceChange.by_id)
    .where(AttendanceChange.meeting_id == bindparam("meeting_id"))
    .order_by(AttendanceChange.at.desc(), _WHO.family_name, AttendanceChange.id)
)


def pilots_at(meeting: Meeting, day: date) -> list[UUID]:
    """Who pilots on the day of a meeting, a deputy for that meeting included."""
    told = {"collective_id": meeting.collective_id, "meeting_id": meeting.id, "day": day}
    return list(db.session.scalars(_PILOTS, told))


def roll_of(meeting: MeetingAccess) -> list[RollLine]:
    """Everybody expected at a meeting, or marked there, by family name."""
    row = meeting.meeting
    marked = attendance_of(row.id)
    pilots = set(pilots_at(row, row.starts_at.astimezone(meeting.access.zone).date()))
    lines = {}
    for user, membership in expected_at(row, pilots | set(marked)):
        establishment = _establishment(membership)
        if user.id not in lines or establishment:
            state = marked.get(user.id, AttendanceState.UNMARKED)
            lines[user.id] = RollLine(
                user.id, user.given_name, user.family_name, establishment, user.id in pilots, state
            )
    return list(lines.values())


def expected_at(row: Meeting, others: Iterable[UUID]) -> list[tuple[User, Membership | None]]:
    """The members at that time, and `others`, each with a membership of that collective if they had one."""
    when = {"starts_at": row.starts_at, "ends_at": row.ends_at}
    rows = db.session.execute(_EXPECTED, {"collective_id": row.collective_id, "others": list(others), **when})
    return [(user, membership) for user, membership in rows]


def _establishment(membership: Membership | None) -> str:
    return membership.school if membership else ""


def attendance_rows(meeting_id: UUID) -> dict[UUID, Attendance]:
    """The rows of a meeting, by person."""
    rows = db.session.scalars(
        select(Attendance).where(Attendance.meeting_id == meeting_id).order_by(Attendance.user_id)
    )
    return {row.user_id: row for row in rows}


def guests_of(meeting_id: UUID) -> list[GuestLine]:
    """Who is received at a meeting, in the order in which they were written down."""
    return [GuestLine(row.id, row.name, row.establishment, row.state) for row in guest_rows(meeting_id)]


def guest_rows(meeting_id: UUID) -> list[MeetingGuest]:
    """The rows of those who are received at a meeting."""
    query = select(MeetingGuest).where(MeetingGuest.meeting_id == meeting_id)
    return list(db.session.scalars(query.order_by(MeetingGuest.added_at, MeetingGuest.name, MeetingGuest.id)))


def guest_row(guest_id: UUID) -> MeetingGuest | None:
    """The row of one guest, of whatever meeting."""
    return db.session.get(MeetingGuest, guest_id)


def changes_of(meeting_id: UUID) -> list[ChangeLine]:
    """What was ticked or corrected after the room, the latest first."""
    rows = db.session.execute(_CHANGES, {"meeting_id": meeting_id})
    return [
        ChangeLine(
            f"{person.given_name} {person.family_name}".strip(),
            change.before,
            change.after,
            change.at,
            f"{by.given_name} {by.family_name}".strip(),
        )
        for change, person, by in rows
    ]


def hierarchy_names(territory_ids: Iterable[UUID], today: date) -> list[str]:
    """The names of those who manage or inspect some territories, each person once."""
    ids = list(territory_ids)
    held = [role for kind in (Role.MANAGER, Role.INSPECTOR) for role in roles_on(ids, kind, today)]
    return list({role.user_id: role.name for role in held}.values())
