"""The mails of a registration: its link, its receipt, a place offered, what changes. Links are minted as they go."""

from typing import Any
from uuid import UUID

from collectifs.kernel import clock
from collectifs.kernel.jobs.registry import does
from collectifs.kernel.mail.parts import Mailbox
from collectifs.kernel.mail.subject import subject_with
from collectifs.kernel.text.typography import clock_time, long_date, time_range
from collectifs.meetings.documents.calendar import calendar_part
from collectifs.network.domain.registration import RegistrationState, SeatNews
from collectifs.network.domain.work import (
    MailDayReminder,
    MailEventCancelled,
    MailEventMoved,
    MailPlaceOffered,
    MailRegistrationLink,
    MailRegistrationReceived,
    MailRegistrationWithdrawn,
    MailSeatChanged,
)
from collectifs.network.mails.calendar import event_in_calendar
from collectifs.network.models import Registration
from collectifs.network.queries.day import MyLine, my_day
from collectifs.network.queries.events import EventAccess, get_event, get_workshop
from collectifs.network.queries.registrations import get_registration
from collectifs.network.services.registrations import forget_registration, mint_registration_link
from collectifs.people.mails.letters import Addressee, answers_on, page_url, send_letter, sender_box


@does
def registration_link(mail: MailRegistrationLink) -> None:
    """The link that proves the address, or leads back to what was already chosen."""
    found = found_for(mail.registration_id)
    if found is not None:
        row, access = found
        is_known = row.state is RegistrationState.CONFIRMED
        subject = "{name} : votre inscription" if is_known else "{name} : confirmez votre inscription"
        send_about_day("registration_link", row, access, subject, is_known=is_known)


@does
def registration_received(mail: MailRegistrationReceived) -> None:
    """« C’est noté »: where, when, which workshops, and the date for calendars."""
    found = found_for(mail.registration_id)
    if found is not None and found[0].state is RegistrationState.CONFIRMED:
        _send_with_date("registration_received", "{name} : inscription confirmée", *found)


@does
def place_offered(mail: MailPlaceOffered) -> None:
    """A place, and until when; nothing once it was answered, or went to somebody else."""
    found = found_for(mail.registration_id)
    line = _line(found[0], mail.slot_id) if found is not None else None
    if found is None or line is None or line.offer is None or line.offered_until is None:
        return
    row, access = found
    until = line.offered_until.astimezone(access.zone)
    words: dict[str, Any] = {"workshop": line.offer.title, "meanwhile": line.seat.title if line.seat else ""}
    words |= {"slot": _slot_in_words(line, access), "until": f"{long_date(until)} à {clock_time(until)}"}
    send_about_day("place_offered", row, access, "{name} : une place se libère", **words)


def _line(row: Registration, slot_id: UUID) -> MyLine | None:
    return next((each for each in my_day(row) if each.slot.id == slot_id), None)


def _slot_in_words(line: MyLine, access: EventAccess) -> str:
    day = long_date(line.slot.starts_at.astimezone(access.zone))
    return f"{day}, {time_range(line.slot.starts_at, line.slot.ends_at, access.zone)}"


@does
def seat_changed(mail: MailSeatChanged) -> None:
    """A workshop is cancelled or has fewer places: what is left, and that one may choose again."""
    found, workshop = found_for(mail.registration_id), get_workshop(mail.workshop_id)
    line = _line(found[0], workshop.slot.id) if found is not None and workshop is not None else None
    if found is None or workshop is None or line is None:
        return
    is_cancelled = mail.because is SeatNews.CANCELLED
    words: dict[str, Any] = {"workshop": workshop.workshop.title, "is_cancelled": is_cancelled}
    words |= {"slot": _slot_in_words(line, found[1]), "instead": line.seat.title if line.seat else ""}
    words["rank"] = next((rank for each, rank in line.waits if each.id == workshop.workshop.id), 0)
    subject = "{name} : un atelier est annulé" if is_cancelled else "{name} : un atelier a moins de places"
    send_about_day("seat_changed", *found, subject, **words)


@does
def event_moved(mail: MailEventMoved) -> None:
    """Another date, other hours or another place: these are the new ones, in calendars too."""
    found = found_for(mail.registration_id)
    if found is not None and found[1].event.cancelled_at is None:
        _send_with_date("event_moved", "{name} : nouvelle date ou nouveau lieu", *found)


@does
def day_reminder(mail: MailDayReminder) -> None:
    """Tomorrow, where and when; nothing once it is cancelled."""
    found = found_for(mail.registration_id)
    if found is not None and found[1].event.cancelled_at is None:
        seats = seats_in_words(my_day(found[0]), found[1])
        send_about_day("day_reminder", *found, "Rappel : {name}", seats=seats)


@does
def event_cancelled(mail: MailEventCancelled) -> None:
    """It does not take place, and leaves calendars."""
    found = found_for(mail.registration_id)
    if found is not None and found[1].event.cancelled_at is not None:
        _send_with_date("event_cancelled", "ANNULÉ : {name}", *found)


@does
def registration_withdrawn(mail: MailRegistrationWithdrawn) -> None:
    """The last mail: then the address is forgotten too."""
    row = get_registration(mail.registration_id)
    access = get_event(row.event_id) if row else None
    if row is None or access is None or not row.address:
        return
    send_about_day("registration_withdrawn", row, access, "{name} : inscription retirée", with_link=False)
    forget_registration(row)


def found_for(registration_id: UUID) -> tuple[Registration, EventAccess] | None:
    """A registration with its day; nothing once it is withdrawn."""
    row = get_registration(registration_id)
    access = get_event(row.event_id) if row else None
    if row is None or access is None or row.state is RegistrationState.WITHDRAWN:
        return None
    return row, access


def _send_with_date(kind: str, subject: str, row: Registration, access: EventAccess) -> None:
    """With the workshops in words, and the entry for calendars."""
    lines, url = my_day(row), _url(row)
    seats = seats_in_words(lines, access)
    guest = Mailbox(f"{row.given_name} {row.family_name}", row.address)
    part = calendar_part(event_in_calendar(access, lines, url), organizer=sender_box(), attendee=guest)
    send_about_day(kind, row, access, subject, url=url, calendar=part, seats=seats, why=access.event.cancel_words)


def seats_in_words(lines: list[MyLine], access: EventAccess) -> list[tuple[str, str, str, str]]:
    """Slot by slot: when, the workshop, its room, what is waited for."""
    return [(_slot_in_words(each, access), *_said(each)) for each in lines if each.seat or each.waits]


def _said(line: MyLine) -> tuple[str, str, str]:
    """The workshop, its room, what is waited for."""
    title, room = (line.seat.title, line.seat.room) if line.seat else ("", "")
    waits = ", ".join(f"« {each.title} », {_nth(rank)}" for each, rank in line.waits)
    return title, room, waits


def _nth(rank: int) -> str:
    return "1re personne de la liste d’attente" if rank == 1 else f"{rank}e de la liste d’attente"


def _url(row: Registration) -> str:
    return page_url("events.own", token=mint_registration_link(row, now=clock.now()))


def send_about_day(
    kind: str, row: Registration, access: EventAccess, subject: str, *, with_link: bool = True, **words: Any
) -> None:
    """Send somebody who is registered a mail about the day; `subject` says of it what its `{name}` is."""
    event, zone = access.event, access.zone
    if with_link and "url" not in words:
        words["url"] = _url(row)
    starts, ends = event.starts_at.astimezone(zone), event.ends_at.astimezone(zone)
    hours = time_range(starts, ends) if starts.date() == ends.date() else f"jusqu’au {long_date(ends)}"
    send_letter(
        kind,
        Addressee(row.id, row.given_name, row.family_name, row.address),
        subject_with(subject, event.title),
        territory=access.territory.name,
        event=event.title,
        day=long_date(starts),
        hours=hours,
        place=event.place,
        answers=answers_on(access.territory_id),
        **words,
    )
