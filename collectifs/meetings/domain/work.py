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
class MailOfPoll(Mail):
    """A mail about dates that a collective is asked about: one of those below."""

    user_id: UUID
    poll_id: UUID


@dataclass(frozen=True)
class MailDatesAsked(MailOfPoll):
    """Some dates are proposed, or one changed: say which suit you."""

    told = Choosable("Des dates vous sont proposées", "question de dates", "questions de dates", feminine=True)


@dataclass(frozen=True)
class MailDatesReminder(MailOfPoll):
    """The answers end in two days, and yours is missing."""

    told = Choosable("Votre réponse aux dates manque (une relance)", "réponse à donner", "réponses à donner", True)


@dataclass(frozen=True)
class MailDatesReady(MailOfPoll):
    """To those who pilot: everybody answered, or the answers have ended."""

    told = Choosable("Les réponses aux dates sont là", "date à choisir", "dates à choisir", feminine=True)


@dataclass(frozen=True)
class PerishNotes(Work):
    """Erase the notes of a meeting and destroy their key."""

    meeting_id: UUID
