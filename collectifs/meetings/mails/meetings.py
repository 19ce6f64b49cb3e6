"""Mails about meetings: which collective, which day, where, and a date for calendars. Never a word of what is said."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from collectifs.collectives.mails.foot import about_collective
from collectifs.kernel import clock
from collectifs.kernel.jobs.registry import does
from collectifs.kernel.mail.parts import Mailbox
from collectifs.kernel.mail.subject import subject_with
from collectifs.kernel.text.typography import clock_time, long_date, time_range, weekday_and_month
from collectifs.meetings.documents.calendar import calendar_part
from collectifs.meetings.domain.planning import place_in_time, series_title, what_moved
from collectifs.meetings.domain.work import (
    MailMeetingCancelled,
    MailMeetingMoved,
    MailMeetingPlanned,
    MailMeetingReminder,
    MailOfMeeting,
)
from collectifs.meetings.mails.dates import calendar_event, place_of
from collectifs.meetings.queries.calendar import slots_of
from collectifs.meetings.queries.meetings import MeetingAccess, get_meeting, meetings_of, next_meeting
from collectifs.people.mails.letters import page_url, send_letter, sender_box
from collectifs.people.models import User
from collectifs.people.queries.people import get_user

SOON = {0: "aujourd’hui", 1: "demain"}


@does
def meeting_planned(mail: MailMeetingPlanned) -> None:
    """A date, hours and a place were chosen."""
    found = _to_tell(mail)
    if found is not None:
        _send("meeting_planned", "{name} : regroupement {number}{when}", *found)


@does
def meeting_moved(mail: MailMeetingMoved) -> None:
    """The date, the hours or the place changed: these are the new ones."""
    found = _to_tell(mail)
    if found is not None:
        what, former = _what_moved(found[1])
        subject = f"{{name}} : {what}, regroupement {{number}}{{when}}"
        _send("meeting_moved", subject, *found, what=what, former=former)


def _what_moved(found: MeetingAccess) -> tuple[str, str]:
    """« autre date », and what was valid before; empty when only the way in changed."""
    zone, slots = found.access.zone, slots_of(found.meeting.id)
    if len(slots) < 2 or slots[-2] == slots[-1]:
        return "autre accès", ""
    former = slots[-2]
    return what_moved(former, slots[-1], zone), place_in_time(former.starts_at, former.ends_at, former.place, zone)


@does
def meeting_reminder(mail: MailMeetingReminder) -> None:
    """A week before, a day before: when, where, how to get in."""
    found = _to_tell(mail)
    if found is None or found[1].meeting.starts_at <= clock.now():
        return
    soon = SOON.get(_days_left(found[1]), "")
    first = (soon or "rappel").capitalize()
    _send("meeting_reminder", f"{first}, {{name}} : regroupement {{number}}{{when}}", *found, soon=soon)


@does
def meeting_cancelled(mail: MailMeetingCancelled) -> None:
    """It leaves the series, and calendars; when it was for today or tomorrow, the subject says so first."""
    found = _to_tell(mail, is_cancelled=True)
    if found is None:
        return
    meeting = found[1]
    soon = SOON.get(_days_left(meeting), "")
    coming = next_meeting(meetings_of(meeting.meeting.collective_id), clock.now())
    when = ", ".join(when_words(coming.starts_at, coming.ends_at, meeting.access.zone)) if coming else ""
    _send(
        "meeting_cancelled",
        f"{f'ANNULÉ {soon.upper()}' if soon else 'ANNULÉ'} : {{name}}, regroupement {{number}}{{when}}",
        *found,
        soon=soon,
        instead=f"{when}, {coming.place}" if coming else "",
    )


def _to_tell(mail: MailOfMeeting, *, is_cancelled: bool = False) -> tuple[User, MeetingAccess] | None:
    """The person and the meeting: it concerns them, it is not over, it is cancelled or not as the mail says."""
    user, found = get_user(mail.user_id), get_meeting(mail.meeting_id)
    if user is None or found is None or user.id not in found.access.member_ids:
        return None
    is_right = (found.meeting.cancelled_at is not None) is is_cancelled
    return (user, found) if is_right and found.meeting.ends_at > clock.now() else None


def _send(kind: str, subject: str, user: User, found: MeetingAccess, **words: Any) -> None:
    meeting, collective = found.meeting, found.collective.name
    day, hours = when_words(meeting.starts_at, meeting.ends_at, found.access.zone)
    title = series_title(meeting.number)
    local = meeting.starts_at.astimezone(found.access.zone)
    when = f"{'' if words.get('soon') else f', {weekday_and_month(local)}'} à {clock_time(local)}"
    event = calendar_event(meeting, collective, found.access.zone, said_at=clock.now())
    guest = Mailbox(f"{user.given_name} {user.family_name}", user.address)
    send_letter(
        kind,
        user,
        subject_with(subject.replace("{when}", when).replace("{number}", str(meeting.number)), collective),
        calendar=calendar_part(event, organizer=sender_box(), attendee=guest),
        collective=collective,
        title=title,
        number=meeting.number,
        day=day,
        hours=hours,
        place=place_of(meeting),
        access_note=meeting.access_note,
        is_pilot=user.id in found.access.pilot_ids,
        url=page_url("meetings.show", meeting_id=meeting.id),
        **about_collective(user.id, meeting.collective_id),
        **words,
    )


def _days_left(found: MeetingAccess) -> int:
    """How many nights are left, on the clocks of the collective."""
    zone = found.access.zone
    return (found.meeting.starts_at.astimezone(zone).date() - clock.now().astimezone(zone).date()).days


def when_words(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> tuple[str, str]:
    """« mercredi 13 janvier 2027 », « de 14 h à 16 h »."""
    return long_date(starts_at.astimezone(zone).date()), time_range(starts_at, ends_at, zone)


def instant_words(instant: datetime, zone: ZoneInfo) -> str:
    """« samedi 16 janvier 2027, 14 h 05 »."""
    local = instant.astimezone(zone)
    return f"{long_date(local.date())}, {clock_time(local)}"
