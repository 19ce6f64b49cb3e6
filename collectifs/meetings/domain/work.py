"""What is asked of the worker about meetings: their dates, and the notes that perish."""

from dataclasses import dataclass
from uuid import UUID

from collectifs.kernel.work import Always, Choosable, Mail, Why, Work


@dataclass(frozen=True)
class MailOfMeeting(Mail):
    """A mail to a member about a meeting: one of those below."""

    user_id: UUID
    meeting_id: UUID


@dataclass(frozen=True)
class MailMeetingPlanned(MailOfMeeting):
    """A date, hours and a place were chosen."""

    told = Always("Un regroupement a une date", Why.DATE)


@dataclass(frozen=True)
class MailMeetingMoved(MailOfMeeting):
    """The date, the hours or the place changed."""

    told = Always("La date, l’heure ou le lieu d’un regroupement change", Why.DATE)


@dataclass(frozen=True)
class MailMeetingReminder(MailOfMeeting):
    """A week before, a day before."""

    told = Choosable("Un regroupement approche (rappel)", "regroupement approche", "regroupements approchent")


@dataclass(frozen=True)
class MailMeetingCancelled(MailOfMeeting):
    """It does not take place."""

    told = Always("Un regroupement est annulé", Why.DATE)


@dataclass(frozen=True)
class PerishNotes(Work):
    """Erase the notes of a meeting and destroy their key."""

    meeting_id: UUID
