"""The marks that one statement leaves: what must be true when it is written stands in the statement itself."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import bindparam, exists, select, update
from sqlalchemy.dialects import postgresql, sqlite

from collectifs.collectives.models import Collective, Meeting, Membership
from collectifs.collectives.queries.memberships import is_present
from collectifs.live.models import ParkedItem
from collectifs.meetings.models import Attendance, MeetingGuest


def _per_database(make: Callable[[Any], Any]) -> Mapping[str, Any]:
    """The same statement, by the insert of each database: « on conflict » is standard in neither."""
    return {"sqlite": make(sqlite.insert), "postgresql": make(postgresql.insert)}


_MEMBERSHIP = (
    Membership.collective_id == bindparam("our_collective"),
    Membership.user_id == bindparam("named"),
    is_present(bindparam("now", type_=Membership.starts_at.type)),
)


def _values(table: Any, *names: str) -> Any:
    """A row to insert, if what is added with `where()` holds."""
    columns = table.__table__.c
    return select(*(bindparam(name, type_=columns[name].type).label(name) for name in names))


_MARKED_COLUMNS = ("id", "meeting_id", "user_id", "state", "marked_at")


def _last_word(insert: Any) -> Any:
    of_a_member = _values(Attendance, *_MARKED_COLUMNS).where(exists().where(*_MEMBERSHIP))
    new = insert(Attendance).from_select(_MARKED_COLUMNS, of_a_member)
    return new.on_conflict_do_update(
        index_elements=["meeting_id", "user_id"],
        set_={"state": new.excluded.state, "marked_at": new.excluded.marked_at},
        where=Attendance.marked_at <= new.excluded.marked_at,
    ).returning(Attendance.user_id)


LAST_WORD = _per_database(_last_word)
WAS = (
    select(Attendance.state)
    .where(Attendance.meeting_id == bindparam("meeting_id"), Attendance.user_id == bindparam("user_id"))
    .with_for_update()
)
GUEST = (
    update(MeetingGuest)
    .where(MeetingGuest.id == bindparam("guest_id"), MeetingGuest.meeting_id == bindparam("here"))
    .values(state=bindparam("marked", type_=MeetingGuest.state.type))
)


_NAMED = select(Membership.user_id).where(*_MEMBERSHIP).order_by(Membership.starts_at).limit(1).scalar_subquery()
NOTE_TAKER = (
    update(Meeting)
    .where(Meeting.id == bindparam("here"), Meeting.note_taker_id.is_distinct_from(_NAMED))
    .values(note_taker_id=_NAMED)
    .returning(Meeting.note_taker_id)
)


PARKED_COLUMNS = ("id", "collective_id", "meeting_id", "key_id", "text", "parked_at")


def _set_aside(insert: Any) -> Any:
    lives = exists().where(Collective.id == bindparam("collective_id"), Collective.series_key_id == bindparam("key_id"))
    new = insert(ParkedItem).from_select(PARKED_COLUMNS, _values(ParkedItem, *PARKED_COLUMNS).where(lives))
    return new.on_conflict_do_nothing(index_elements=["id"]).returning(ParkedItem.id)


SET_ASIDE = _per_database(_set_aside)
