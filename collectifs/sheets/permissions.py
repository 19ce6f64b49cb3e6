"""Who may do what about a sheet.

True lets in; anything else does not. No rule begins with « administrators may ».
"""

from collectifs.collectives.permissions import can_pilot, can_take_part
from collectifs.people.domain.person import Person
from collectifs.sheets.queries.follow_ups import DebriefAccess
from collectifs.sheets.queries.sheets import PresenterAccess, SheetAccess, VersionAccess


def can_erase_debrief(user: Person, meeting: DebriefAccess) -> bool:
    """Whoever said what became of the answers of this meeting, even after leaving."""
    return user.id in meeting.author_ids


def can_read_sheet(user: Person, sheet: SheetAccess) -> bool:
    """Members read what was proposed to them; who was there keeps reading it after leaving.

    Somebody who came after the meeting reads it once the collective agreed to it.
    """
    return sheet.is_shared and (can_object(user, sheet) or (can_take_part(user, sheet.access) and sheet.is_settled))


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


def can_answer_as_presenter(user: Person, sheet: PresenterAccess) -> bool:
    """Whoever presented the situation, once the sheet is proposed; nobody else learns of the question."""
    return can_object(user, sheet.sheet) and sheet.presenter_id == user.id


def can_withdraw_sheet(user: Person, sheet: SheetAccess) -> bool:
    """Whoever was at the meeting, even after leaving, or belonged to the collective when it was held."""
    return can_object(user, sheet)
