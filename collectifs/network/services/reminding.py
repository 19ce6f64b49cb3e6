"""The day before: those who come are reminded of the day once, and whoever leads a workshop gets their link again."""

from datetime import datetime

from collectifs.kernel.audit import ask
from collectifs.network.domain.event import is_reminder_due
from collectifs.network.domain.work import MailDayReminder, MailHostLink
from collectifs.network.queries.events import events_to_remind_of, programme_of
from collectifs.network.queries.registrations import confirmed_ids


def remind_of_days(*, now: datetime) -> None:
    """Done twice, nothing more happens; a day that moves is told of anew when its own eve comes."""
    for access in events_to_remind_of(now):
        if not is_reminder_due(access.hours, now, access.zone):
            continue
        access.event.reminded_at = now
        for registration_id in confirmed_ids(access.id):
            ask(MailDayReminder(registration_id))
        for workshop in (each for slot in programme_of(access.id) for each in slot.held):
            if workshop.host_address:
                ask(MailHostLink(workshop.id))
