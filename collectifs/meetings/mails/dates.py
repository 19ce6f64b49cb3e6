"""Meetings as calendars show them, for the mails that tell them and for the feed that lists them."""

from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app

from collectifs.collectives.models import Meeting
from collectifs.meetings.documents.calendar import CalendarEvent
from collectifs.meetings.domain.planning import series_title
from collectifs.meetings.queries.polls import Tentative
from collectifs.people.mails.letters import page_url


def calendar_event(meeting: Meeting, collective: str, zone: ZoneInfo, *, said_at: datetime) -> CalendarEvent:
    """A meeting for calendars: its UID never changes, its number grows with each change."""
    url = page_url("meetings.show", meeting_id=meeting.id)
    return CalendarEvent(
        uid=_uid(meeting.id),
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


def tentative_event(tentative: Tentative) -> CalendarEvent:
    """A date that may have to be kept, for one's own feed: it is gone when another is chosen."""
    option, url = tentative.option, page_url("dates.show", poll_id=tentative.poll_id)
    return CalendarEvent(
        uid=_uid(option.id),
        sequence=option.sequence,
        said_at=option.changed_at,
        starts_at=option.starts_at,
        ends_at=option.ends_at,
        zone=tentative.zone,
        title=f"À confirmer : {tentative.collective_name}",
        place=place_of(option),
        details=f"Une des dates proposées.\n{url}",
        url=url,
        is_tentative=True,
    )


def _uid(id_: UUID) -> str:
    return f"{id_}@{urlsplit(current_app.extensions['settings'].base_url).hostname}"


class Placed(Protocol):
    """Something that takes place somewhere."""

    @property
    def place(self) -> str:
        """Where one meets."""

    @property
    def commune(self) -> str:
        """In which commune, empty when nobody said."""


def place_of(meeting: Placed) -> str:
    """« École des Tilleuls, Quimper »: the commune, when the place does not say it already."""
    commune = meeting.commune
    return meeting.place if not commune or commune.lower() in meeting.place.lower() else f"{meeting.place}, {commune}"
