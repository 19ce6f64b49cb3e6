"""Who may do what. True lets in; anything else does not. No rule begins with « administrators may »."""

from collectifs.collectives.queries.collectives import CollectiveAccess, CollectiveFacts
from collectifs.collectives.queries.newcomers import MembershipFacts, ProposalAccess
from collectifs.collectives.queries.pilots import MeetingPiloting, Piloting, get_piloting
from collectifs.collectives.queries.pilotships import PilotshipFacts
from collectifs.collectives.queries.rosters import Roster
from collectifs.meetings.queries.meetings import MeetingAccess
from collectifs.meetings.queries.presences import Certified
from collectifs.meetings.queries.situations import SituationAccess
from collectifs.meetings.queries.travel import VenueAccess
from collectifs.people.domain.person import Person, Role
from collectifs.people.models import CalendarFeed, Device, Territory
from collectifs.people.queries.contacts import StatusFacts
from collectifs.people.queries.roles import RoleFacts
from collectifs.queries.follow_ups import follow_up_row
from collectifs.queries.review import SubmittedFacts
from collectifs.queries.sheets import SheetAccess, VersionAccess, open_presenter


def can_enter_collective(user: Person, access: CollectiveAccess) -> bool:
    """A present member, the charter accepted or not yet: the door, and the charter itself."""
    return user.id in access.member_ids


def can_take_part(user: Person, access: CollectiveAccess) -> bool:
    """A present member who accepted the charter."""
    return user.id in access.member_ids and user.id in access.consent_ids


def can_pilot(user: Person, access: CollectiveAccess) -> bool:
    """Whoever pilots the collective on this day, the charter accepted."""
    return user.id in access.pilot_ids and user.id in access.consent_ids


def can_manage(user: Person, facts: CollectiveFacts) -> bool:
    """A manager of the collective's territory."""
    return user.has(Role.MANAGER, facts.territory_id)


def can_list_members(user: Person, roster: Roster) -> bool:
    """A manager of the territory, or whoever pilots, the charter accepted: names and addresses."""
    pilots = {each.user_id for each in roster.members if each.is_pilot and each.has_accepted}
    return user.has(Role.MANAGER, roster.facts.territory_id) or user.id in pilots


def can_manage_somewhere(user: Person) -> bool:
    """A manager, whatever the territory: lists that show only their own."""
    return user.has(Role.MANAGER)


def can_manage_territory(user: Person, territory: Territory) -> bool:
    """A manager of this territory, or of the one above it."""
    return user.has(Role.MANAGER, territory.id)


def can_see_travel(user: Person, venue: VenueAccess) -> bool:
    """Who runs the meeting, or a manager of the territory: whose travel may be paid, and nothing else."""
    return user.id in venue.pilot_ids or user.has(Role.MANAGER, venue.territory_id)


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


def can_run_meeting(user: Person, meeting: MeetingAccess) -> bool:
    """The pilot on this day, or who stands in for them here: prepares it, runs it, prints its step sheet.

    Nobody, once it is cancelled.
    """
    runs = can_pilot(user, meeting.access) or user.id in meeting.deputy_ids
    return runs and meeting.meeting.cancelled_at is None


def can_join_room(user: Person, meeting: MeetingAccess) -> bool:
    """Who runs the meeting, and the member named as its secretary: opens its screen and writes its notes.

    What the secretary finds there is less (blueprints/live/screen.py); they steer only with the hand passed to them.
    """
    row = meeting.meeting
    writes = user.id == row.note_taker_id and can_take_part(user, meeting.access) and row.cancelled_at is None
    return writes or can_run_meeting(user, meeting)


def can_erase_debrief(user: Person, meeting: MeetingAccess) -> bool:
    """Whoever said what became of the answers of this meeting, even after leaving."""
    return follow_up_row(meeting.meeting.id, user.id) is not None


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


def can_read_sheet(user: Person, sheet: SheetAccess) -> bool:
    """Members read what was proposed to them; who was there keeps reading it after leaving.

    Somebody who came after the meeting reads it once the collective agreed to it.
    """
    return sheet.is_shared and (
        can_object(user, sheet) or (can_take_part(user, sheet.access) and sheet.is_settled)
    )


def can_write_sheet(user: Person, sheet: SheetAccess) -> bool:
    """The pilot on this day (hand-overs included), or who stood in for them at its meeting, for thirty days."""
    return can_pilot(user, sheet.access) or user.id in sheet.deputy_ids


def can_read_version(user: Person, version: VersionAccess) -> bool:
    """Whoever writes the sheet: what was kept on the way was put to nobody. Nobody, once it is withdrawn."""
    return can_write_sheet(user, version.access) and version.access.sheet.withdrawn_at is None


def can_see_sheet(user: Person, sheet: SheetAccess) -> bool:
    """The pilot, and the members once it was proposed to them."""
    return can_write_sheet(user, sheet) or can_read_sheet(user, sheet)


def can_object(user: Person, sheet: SheetAccess) -> bool:
    """Somebody who was at the meeting, or a present member who belonged when it was held, the pilot included."""
    return sheet.is_shared and (
        user.id in sheet.was_there_ids or (can_take_part(user, sheet.access) and sheet.knew_meeting(user.id))
    )


def can_answer_as_presenter(user: Person, sheet: SheetAccess) -> bool:
    """Whoever presented the situation, once the sheet is proposed; nobody else learns of the question."""
    return can_object(user, sheet) and open_presenter(sheet.sheet) == user.id


def can_withdraw_sheet(user: Person, sheet: SheetAccess) -> bool:
    """Whoever was at the meeting, even after leaving, or belonged to the collective when it was held."""
    return can_object(user, sheet)


def can_inspect(user: Person) -> bool:
    """An inspector, whatever the territory: a list that shows only their own."""
    return user.has(Role.INSPECTOR)


def can_review(user: Person, submitted: SubmittedFacts) -> bool:
    """An inspector of the sheet's territory, while it is neither withdrawn nor replaced by a newer copy."""
    is_there = submitted.withdrawn_at is None and submitted.replaced_at is None
    return is_there and user.has(Role.INSPECTOR, submitted.territory_id)


def can_administer(user: Person) -> bool:
    """Whoever the command line made an administrator: appoints managers and inspectors, reads nothing."""
    return user.has(Role.ADMINISTRATOR)


def can_revoke_role(user: Person, role: RoleFacts) -> bool:
    """Who appoints managers and inspectors takes these roles back; the others are not theirs."""
    return can_administer(user) and role.role.is_hierarchy


def can_close_feed(user: Person, feed: CalendarFeed) -> bool:
    """One's own calendar addresses."""
    return user.id == feed.user_id


def can_keep_status(user: Person, _status: StatusFacts) -> bool:
    """The administration keeps the list of the statuses of accompanied people."""
    return can_administer(user)


def can_move_member(user: Person, membership: MembershipFacts) -> bool:
    """A manager of the territory of the collective that the person belongs to now."""
    return can_manage(user, membership.collective)


def can_answer_proposal(user: Person, proposal: ProposalAccess) -> bool:
    """Whoever pilots the collective on this day."""
    return can_pilot(user, proposal.access)


def can_close_device(user: Person, device: Device) -> bool:
    """One's own devices."""
    return user.id == device.user_id


def can_name_pilots(user: Person, collective: Piloting) -> bool:
    """Who pilots the collective, the charter accepted, or a manager of its territory (a pilot may be ill)."""
    pilots = user.id in collective.pilot_ids and user.id in collective.consent_ids
    return pilots or can_manage(user, collective.facts)


def can_name_deputy(user: Person, meeting: MeetingPiloting) -> bool:
    """Who pilots the collective that meets, or a manager of its territory."""
    return can_name_pilots(user, meeting.collective)


def can_end_pilotship(user: Person, pilotship: PilotshipFacts) -> bool:
    """Its holder; whoever pilots the collective, or manages its territory."""
    collective = get_piloting(pilotship.collective_id)
    return user.id == pilotship.user_id or (collective is not None and can_name_pilots(user, collective))


def can_revoke_pilot(user: Person, role: RoleFacts) -> bool:
    """A manager of the territory takes somebody out of its vivier; the other roles are not theirs."""
    is_theirs = role.territory_id is not None and user.has(Role.MANAGER, role.territory_id)
    return role.role is Role.PILOT and is_theirs
