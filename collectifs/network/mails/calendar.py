"""A day as the calendar of somebody who is registered shows it: one entry, that moves and ends with the day."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from flask import current_app

from collectifs.kernel.text.typography import time_range
from collectifs.meetings.documents.calendar import CalendarEvent
from collectifs.network.queries.day import MyLine
from collectifs.network.queries.events import EventAccess


def event_in_calendar(access: EventAccess, lines: Iterable[MyLine], url: str) -> CalendarEvent:
    """Its UID never changes, its number grows with each change; the workshops stand in its words."""
    event = access.event
    seats = [
        f"{time_range(each.slot.starts_at, each.slot.ends_at, access.zone)} : {each.seat.title}"
        + (f", {each.seat.room}" if each.seat.room else "")
        for each in lines
        if each.seat is not None
    ]
    host = urlsplit(current_app.extensions["settings"].base_url).hostname
    return CalendarEvent(
        uid=f"{event.id}@{host}",
        sequence=event.calendar_sequence,
        said_at=event.said_at,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        zone=access.zone,
        title=event.title,
        place=event.place,
        details="\n".join([*seats, url]),
        url=url,
        is_cancelled=event.cancelled_at is not None,
    )
