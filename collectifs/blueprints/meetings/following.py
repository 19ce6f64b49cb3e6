"""Which answers a meeting comes back to, for whom."""

from datetime import datetime

from collectifs.collectives.models import Meeting
from collectifs.meetings.permissions import can_see_meeting
from collectifs.meetings.queries.meetings import MeetingAccess
from collectifs.people.domain.person import Person
from collectifs.sheets.permissions import can_see_sheet, can_write_sheet
from collectifs.sheets.queries.follow_ups import FollowedSheet, content_to_follow, sheet_before
from collectifs.sheets.queries.pages import CollectivePage
from collectifs.sheets.queries.sheets import SheetAccess


def followed_by(sheet: SheetAccess, reader: Person, now: datetime) -> FollowedSheet | None:
    """The answers of a meeting, for those who may read its sheet; a draft, for who writes it."""
    return readable(content_to_follow(sheet, now), reader)


def followed_at(meeting: Meeting, page: CollectivePage, reader: Person, now: datetime) -> FollowedSheet | None:
    """The answers on which the debrief of this meeting opens, likewise."""
    return readable(sheet_before(meeting, page.sheets, now), reader)


def readable(followed: FollowedSheet | None, reader: Person) -> FollowedSheet | None:
    """What a person may read of it."""
    if followed is None or not can_see_sheet(reader, followed.sheet):
        return None
    return followed if not followed.is_draft or can_write_sheet(reader, followed.sheet) else None


def debrief_link(sheet: SheetAccess, page: CollectivePage, reader: Person, now: datetime) -> FollowedSheet | None:
    """The answers to come back to: those of this meeting once it was held, those of the former one before."""
    meeting = sheet.meeting
    followed = followed_by(sheet, reader, now) if meeting.ends_at < now else followed_at(meeting, page, reader, now)
    if followed is None or followed.is_draft:
        return None
    return followed if can_see_meeting(reader, MeetingAccess(followed.meeting, page.access)) else None
