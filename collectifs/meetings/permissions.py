"""Who may do what about a meeting and its situations.

True lets in; anything else does not. No rule begins with « administrators may ».
"""

from typing import Protocol
from uuid import UUID

from collectifs.collectives.permissions import can_pilot, can_take_part
from collectifs.meetings.domain.standing import Standing
from collectifs.meetings.queries.meetings import MeetingAccess
from collectifs.meetings.queries.polls import PollAccess
from collectifs.meetings.queries.presences import Certified
from collectifs.meetings.queries.resources import KeptResource
from collectifs.meetings.queries.situations import SituationAccess
from collectifs.meetings.queries.travel import VenueAccess
from collectifs.people.domain.person import Person, Role


class Room(Protocol):
    """A meeting that knows what somebody is in it: loaded whole for a page, or by the door of the room."""

    def standing(self, user_id: UUID) -> Standing:
        """What this person is in it."""


def can_see_travel(user: Person, venue: VenueAccess) -> bool:
    """Who runs the meeting, or a manager of the territory: whose travel may be paid, and nothing else."""
    return user.id in venue.pilot_ids or user.has(Role.MANAGER, venue.territory_id)


def can_keep_resource(user: Person, _resource: KeptResource) -> bool:
    """The administration keeps up the addresses of the library of resources."""
    return user.has(Role.ADMINISTRATOR)


def can_print_certificate(user: Person, certified: Certified) -> bool:
    """The pilot on this day, for whoever was a member of their collective."""
    return can_pilot(user, certified.access)


def can_see_meeting(user: Person, meeting: MeetingAccess) -> bool:
    """A present member who accepted the charter: date, place, access. Nothing of a meeting held before they came.

    The pilot sees every meeting of the series, whenever they came.
    """
    row = meeting.meeting
    knew = meeting.access.came_before(user.id, row.starts_at, row.ends_at) or can_pilot(user, meeting.access)
    return can_take_part(user, meeting.access) and knew


def can_plan_meeting(user: Person, meeting: MeetingAccess) -> bool:
    """The pilot on this day: moves and cancels it, and learns that it is cancelled."""
    return can_pilot(user, meeting.access)


def can_run_meeting(user: Person, meeting: Room) -> bool:
    """The pilot on this day, or who stands in for them here: prepares it, runs it, prints its step sheet.

    Nobody, once it is cancelled.
    """
    return meeting.standing(user.id).runs


def can_join_room(user: Person, meeting: Room) -> bool:
    """Who runs the meeting, and the member named as its secretary: opens its screen and writes its notes.

    What the secretary finds there is less (blueprints/live/screen.py); they steer only with the hand passed to them.
    """
    return meeting.standing(user.id).joins


def can_answer_dates(user: Person, poll: PollAccess) -> bool:
    """A present member who accepted the charter."""
    return can_take_part(user, poll.access)


def can_choose_date(user: Person, poll: PollAccess) -> bool:
    """The pilot on this day: changes the dates that are proposed, chooses one, or none."""
    return can_pilot(user, poll.access)


def can_read_situation(user: Person, situation: SituationAccess) -> bool:
    """Its author, while a member; the pilot, since it was sent to them; who stands in at the meeting that it is for.

    Nobody else: the room hears it.
    """
    is_author = user.id == situation.situation.author_id and user.id in situation.access.member_ids
    return is_author or can_pilot(user, situation.access) or user.id in situation.deputy_ids


def can_edit_situation(user: Person, situation: SituationAccess) -> bool:
    """Its author alone, while a member; the service refuses once a meeting has chosen it."""
    return user.id == situation.situation.author_id and user.id in situation.access.member_ids


def can_withdraw_situation(user: Person, situation: SituationAccess) -> bool:
    """Its author alone, at any time, even after leaving."""
    return user.id == situation.situation.author_id
