"""Meetings as calendars show them, for the mails that tell them and for the feed that lists them."""

from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import current_app

from collectifs.collectives.models import Meeting
from collectifs.meetings.documents.calendar import CalendarEvent
from collectifs.meetings.domain.planning import series_title
from collectifs.people.mails.letters import page_url


def calendar_event(meeting: Meeting, collective: str, zone: ZoneInfo, *, said_at: datetime) -> CalendarEvent:
    """A meeting for calendars: its UID never changes, its number grows with each change."""
    url = page_url("meetings.show", meeting_id=meeting.id)
    return CalendarEvent(
        uid=f"{meeting.id}@{urlsplit(current_app.extensions['settings'].base_url).hostname}",
        sequence=meeting.calendar_sequence,
        said_at=said_at,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        zone=zone,
        title=f"{collective}, {series_title(meeting.number)}",
        place=place_of(meeting),
        details="\n".join(part for part in (meeting.access_note, url) if part),
        url=url,
        is_cancelled=meeting.cancelled_at is not None,
    )


def place_of(meeting: Meeting) -> str:
    """« École des Tilleuls, Quimper »: the commune, when the place does not say it already."""
    commune = meeting.commune
    return meeting.place if not commune or commune.lower() in meeting.place.lower() else f"{meeting.place}, {commune}"
