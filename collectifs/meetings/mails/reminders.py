"""Reminders that time alone asks for: the worker looks every few seconds, and each leaves once."""

from datetime import datetime

from collectifs.collectives.models import Meeting
from collectifs.kernel.audit import ask
from collectifs.meetings.domain.planning import DAY, WEEK, Due, reminder_due
from collectifs.meetings.domain.work import MailMeetingReminder
from collectifs.meetings.queries.calendar import last_told_at, meetings_to_remind
from collectifs.meetings.queries.meetings import get_meeting


def remind(*, now: datetime) -> None:
    """Ask for the mails whose time has come, and write down that it was done: looked at twice, none leaves twice."""
    meetings = meetings_to_remind(now, WEEK)
    told_at = last_told_at(meeting.id for meeting in meetings)
    for meeting in meetings:
        _remind(meeting, told_at.get(meeting.id), now)


def _remind(meeting: Meeting, told_at: datetime | None, now: datetime) -> None:
    for before, column in ((WEEK, "week_reminded_at"), (DAY, "day_reminded_at")):
        if getattr(meeting, column) is not None:
            continue
        due = reminder_due(before, starts_at=meeting.starts_at, told_at=told_at, now=now)
        if due is Due.LATER:
            continue
        setattr(meeting, column, now)
        if due is Due.SEND:
            _tell(meeting)


def _tell(meeting: Meeting) -> None:
    found = get_meeting(meeting.id)
    for user_id in sorted(found.access.member_ids) if found else ():
        ask(MailMeetingReminder(user_id, meeting.id))
