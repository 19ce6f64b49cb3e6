"""What a gesture leaves behind where it must outlive the notes, or asks to be done later; these are decided under the
lock, from the whole collective.

A mark that refuses raises RuleBroken before it writes anything.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from collectifs.collectives.models import Meeting
from collectifs.kernel.audit import ask, ask_later_by
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db, writing
from collectifs.live.domain.gesture_table import Until, declared
from collectifs.live.domain.gestures import Gesture
from collectifs.live.domain.work import EraseRemovedNotes
from collectifs.live.queries.parking import parked_item
from collectifs.live.services.parking import unpark
from collectifs.meetings.domain.attendance import check_guest
from collectifs.meetings.domain.gesture_kinds import GestureKind
from collectifs.meetings.models import MeetingGuest, Situation
from collectifs.meetings.queries.attendance import guest_row, guests_of, hierarchy_names, roll_of
from collectifs.meetings.queries.meetings import MeetingAccess
from collectifs.meetings.queries.situations import get_situation
from collectifs.meetings.services.situations import choose_situation
from collectifs.people.domain.person import Person
from collectifs.sheets.queries.sheets import sheet_of_meeting
from collectifs.sheets.services.sheets import set_presenter

Mark = Callable[[MeetingAccess, Gesture, Person, datetime], None]


def leave_mark(access: MeetingAccess, gesture: Gesture, by: Person, now: datetime) -> None:
    """What outlives the notes, of a kind whose mark is not light."""
    _MARKS[gesture.kind](access, gesture, by, now)


def tidying_after(kinds: Iterable[str], *, is_closed: bool) -> set[int]:
    """In how many seconds removed notes must be erased because of gestures of these kinds: several times, or never.

    `is_closed`: the meeting was closed before them; what comes in late goes like the rest, at once.
    """
    known = [declared(kind) for kind in kinds]
    late = is_closed and any(each.until is Until.CLOSE for each in known)
    return {each.undo_s for each in known if each.undo_s} | ({0} if late else set())


def tidy_after(meeting: Meeting, kinds: Iterable[str], *, is_closed: bool) -> None:
    """Have it done."""
    for delay_s in tidying_after(kinds, is_closed=is_closed):
        if delay_s:
            ask_later_by(writing(), EraseRemovedNotes(meeting.id), after_s=delay_s)
        else:
            ask(EraseRemovedNotes(meeting.id))


# ---------- Who is there ----------


def _guest(access: MeetingAccess, gesture: Gesture, by: Person, now: datetime) -> None:
    """A guest who came in is a line of the attendance sheet. Written again, the name is corrected."""
    guest_id, name = UUID(gesture.body["who"]), gesture.body["name"]
    row = guest_row(guest_id)
    if row is not None and row.meeting_id != access.meeting.id:
        raise RuleBroken("Cette action n’est pas lisible.")
    territory = access.access.territory
    others = [guest for guest in guests_of(access.meeting.id) if guest.id != guest_id]
    check_guest(
        name,
        hierarchy=hierarchy_names([territory.id, *([territory.parent_id] if territory.parent_id else [])], now.date()),
        on_the_list=[*(line.name for line in roll_of(access)), *(guest.name for guest in others)],
        guests=len(others),
    )
    if row is None:
        row = MeetingGuest(id=guest_id, meeting_id=access.meeting.id, added_at=now, added_by_id=by.id)
        db.session.add(row)
    row.name = name


# ---------- What the meeting works on ----------


def _situation(access: MeetingAccess, gesture: Gesture, _by: Person, _now: datetime) -> None:
    """Whoever presents will be asked for a yes of their own; with a spare situation nobody does."""
    chosen = _our_situation(access, gesture.body.get("situation"))
    choose_situation(access.meeting, chosen.id if chosen else None)
    presenter = chosen.author_id if chosen else _our_member(access, gesture.body.get("told_by"))
    set_presenter(sheet_of_meeting(access.meeting.id), presenter)


def _our_member(access: MeetingAccess, name: str | None) -> UUID | None:
    """The member whom a gesture names; somebody from elsewhere presents nothing."""
    return next((member for member in access.access.member_ids if str(member) == name), None)


def _our_situation(access: MeetingAccess, name: str | None) -> Situation | None:
    """The situation that a gesture names, if it was sent to this collective and not withdrawn."""
    if name is None:
        return None
    try:
        found = get_situation(UUID(name))
    except ValueError:
        return None
    is_ours = found is not None and found.situation.collective_id == access.collective.id
    return found.situation if found and is_ours else None


# ---------- The parking lot ----------


def _unparked(access: MeetingAccess, gesture: Gesture, by: Person, _now: datetime) -> None:
    """Taken off, if it is of this series."""
    item = parked_item(UUID(gesture.body["item"]))
    if item is not None and item.collective_id == access.collective.id:
        unpark(item, by=by)


# The kinds that are declared to leave a mark and that light_marks.py does not know (test_gesture_table.py).
_MARKS: Mapping[str, Mark] = {
    GestureKind.GUEST_WELCOMED: _guest,
    GestureKind.SITUATION_CHOSEN: _situation,
    GestureKind.UNPARKED: _unparked,
}
