"""Mails about dates that a collective is asked about, and when they leave."""

from datetime import datetime
from typing import Any

from collectifs.collectives.mails.foot import about_collective
from collectifs.kernel import clock
from collectifs.kernel.audit import ask
from collectifs.kernel.jobs.registry import does
from collectifs.kernel.mail.subject import subject_with
from collectifs.kernel.text.typography import count, day_and_month, long_date
from collectifs.meetings.domain.planning import Slot
from collectifs.meetings.domain.polls import (
    awaited_from,
    have_all_answered,
    is_anybody_heard,
    is_reminder_due,
    last_day,
    live,
    silent,
)
from collectifs.meetings.domain.work import MailDatesAsked, MailDatesReady, MailDatesReminder, MailOfPoll
from collectifs.meetings.mails.dates import place_of
from collectifs.meetings.mails.meetings import when_words
from collectifs.meetings.queries.polls import PollAccess, get_poll, polls_to_follow, series_beside
from collectifs.meetings.services.polls import tell_pilots
from collectifs.people.mails.letters import page_url, send_letter
from collectifs.people.models import User
from collectifs.people.queries.people import get_user


@does
def dates_asked(mail: MailDatesAsked) -> None:
    """Some dates wait for an answer; or one changed, or came, since the answers that were given."""
    found = _to_answer(mail)
    if found is None:
        return
    user, poll = found
    number = len(awaited_from(user.id, poll.options))
    is_again = number < len(live(poll.options)) or any(user.id in each.doubtful for each in live(poll.options))
    what = count(number, "date à redire" if is_again else "date", "dates à redire" if is_again else "dates")
    _send("dates_asked", f"{{name}} : {what}, avant le {_until(poll)}", user, poll, is_again=is_again)


@does
def dates_reminder(mail: MailDatesReminder) -> None:
    """The answers end soon, and theirs is missing."""
    found = _to_answer(mail)
    if found is not None and found[0].id in silent(found[1].options, [found[0].id]):
        _send("dates_reminder", f"{{name}} : quelles dates vous conviennent, avant le {_until(found[1])} ?", *found)


@does
def dates_ready(mail: MailDatesReady) -> None:
    """To whoever pilots: everybody has answered, or the answers have ended, even without any."""
    user, found = get_user(mail.user_id), get_poll(mail.poll_id)
    if user is None or found is None or user.id not in found.access.pilot_ids or not found.is_ready(clock.now()):
        return
    everybody, heard = have_all_answered(found.options, found.asked), is_anybody_heard(found.options)
    what = "tout le monde a répondu" if everybody else "les réponses sont closes"
    _send(
        "dates_ready",
        f"{{name}} : {what if heard else 'personne n’a répondu'}, dates du regroupement {{number}}",
        user,
        found,
        everybody=everybody,
        heard=heard,
        missing=[found.names[each] for each in silent(found.options, found.asked)],
        choose=page_url("dates.choose", poll_id=found.poll.id),
    )


def _to_answer(mail: MailOfPoll) -> tuple[User, PollAccess] | None:
    """The person and the question: it is open to them, and something is left for them to answer."""
    user, found = get_user(mail.user_id), get_poll(mail.poll_id)
    if user is None or found is None or user.id not in found.asked or not found.is_answerable(clock.now()):
        return None
    return (user, found) if awaited_from(user.id, found.options) else None


def _until(found: PollAccess) -> str:
    return day_and_month(last_day(found.poll.closes_at, found.zone))


def _send(kind: str, subject: str, user: User, found: PollAccess, **words: Any) -> None:
    number = series_beside(found.access, found.poll.meeting_id).number
    send_letter(
        kind,
        user,
        subject_with(subject.replace("{number}", str(number)), found.access.collective.name),
        collective=found.access.collective.name,
        number=number,
        dates=[_date(each.slot, found) for each in live(found.options)],
        until=long_date(last_day(found.poll.closes_at, found.zone)),
        url=page_url("dates.show", poll_id=found.poll.id),
        **about_collective(user.id, found.access.collective.id),
        **words,
    )


def _date(slot: Slot, found: PollAccess) -> tuple[str, str, str]:
    """The day with its year, the hours, the place."""
    day, hours = when_words(slot.starts_at, slot.ends_at, found.zone)
    return day, hours, place_of(slot)


def follow_polls(*, now: datetime) -> None:
    """Remind the silent, unless it was done by hand; tell the pilots at the close. Each leaves once."""
    for found in polls_to_follow(now):
        poll = found.poll
        if is_reminder_due(poll.opened_at, poll.closes_at, poll.reminded_at, now):
            poll.reminded_at = now
            for user_id in silent(found.options, found.asked):
                ask(MailDatesReminder(user_id, poll.id))
        if now >= poll.closes_at and poll.told_at is None:
            tell_pilots(found, now=now)
