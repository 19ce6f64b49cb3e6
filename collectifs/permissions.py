"""Who may do what. True lets in; anything else does not. No rule begins with « administrators may »."""

from collectifs.domain.person import Person, Role
from collectifs.models import Device
from collectifs.queries.collectives import CollectiveAccess, CollectiveFacts
from collectifs.queries.meetings import MeetingAccess
from collectifs.queries.review import SubmittedFacts
from collectifs.queries.roles import RoleFacts
from collectifs.queries.sheets import SheetAccess, open_presenter
from collectifs.queries.situations import SituationAccess


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


def can_manage_somewhere(user: Person) -> bool:
    """A manager, whatever the territory: lists that show only their own."""
    return user.has(Role.MANAGER)


def can_see_meeting(user: Person, meeting: MeetingAccess) -> bool:
    """A present member who accepted the charter: date, place, access."""
    return can_take_part(user, meeting.access)


def can_run_meeting(user: Person, meeting: MeetingAccess) -> bool:
    """The pilot on this day: prepares it, runs it, prints its step sheet."""
    return can_pilot(user, meeting.access)


def can_read_situation(user: Person, situation: SituationAccess) -> bool:
    """Its author, while a member; the pilot, since it was sent to them. Nobody else: the room hears it."""
    is_author = user.id == situation.situation.author_id and user.id in situation.access.member_ids
    return is_author or can_pilot(user, situation.access)


def can_edit_situation(user: Person, situation: SituationAccess) -> bool:
    """Its author alone, while a member; the service refuses once a meeting has chosen it."""
    return user.id == situation.situation.author_id and user.id in situation.access.member_ids


def can_withdraw_situation(user: Person, situation: SituationAccess) -> bool:
    """Its author alone, at any time, even after leaving."""
    return user.id == situation.situation.author_id


def can_read_sheet(user: Person, sheet: SheetAccess) -> bool:
    """Members read what was proposed to them; who was there keeps reading it after leaving."""
    return (can_take_part(user, sheet.access) or user.id in sheet.was_there_ids) and sheet.is_shared


def can_write_sheet(user: Person, sheet: SheetAccess) -> bool:
    """The pilot on this day (deputies and hand-overs included)."""
    return can_pilot(user, sheet.access)


def can_see_sheet(user: Person, sheet: SheetAccess) -> bool:
    """The pilot, and the members once it was proposed to them."""
    return can_write_sheet(user, sheet) or can_read_sheet(user, sheet)


def can_object(user: Person, sheet: SheetAccess) -> bool:
    """A present member, or somebody who was at the meeting, the pilot included."""
    return can_read_sheet(user, sheet)


def can_answer_as_presenter(user: Person, sheet: SheetAccess) -> bool:
    """Whoever presented the situation, once the sheet is proposed; nobody else learns of the question."""
    return can_read_sheet(user, sheet) and open_presenter(sheet.sheet) == user.id


def can_withdraw_sheet(user: Person, sheet: SheetAccess) -> bool:
    """Whoever was at the meeting or belongs to the collective, even after leaving."""
    return (user.id in sheet.was_there_ids or can_take_part(user, sheet.access)) and sheet.is_shared


def can_inspect(user: Person) -> bool:
    """An inspector, whatever the territory: a list that shows only their own."""
    return user.has(Role.INSPECTOR)


def can_review(user: Person, submitted: SubmittedFacts) -> bool:
    """An inspector of the sheet's territory, while it is not withdrawn."""
    return user.has(Role.INSPECTOR, submitted.territory_id) and submitted.withdrawn_at is None


def can_administer(user: Person) -> bool:
    """Whoever the command line made an administrator: appoints managers and inspectors, reads nothing."""
    return user.has(Role.ADMINISTRATOR)


def can_revoke_role(user: Person, role: RoleFacts) -> bool:
    """Who appoints managers and inspectors takes these roles back; the others are not theirs."""
    return can_administer(user) and role.role.is_hierarchy


def can_close_device(user: Person, device: Device) -> bool:
    """One's own devices."""
    return user.id == device.user_id
