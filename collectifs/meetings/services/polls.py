"""Asking a collective about dates: proposing them, answering, changing them, choosing one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from collectifs.collectives.models import Meeting
from collectifs.collectives.queries.collectives import CollectiveAccess
from collectifs.collectives.queries.pilots import chosen_pilot, get_meeting_piloting
from collectifs.collectives.services.pilots import name_deputy
from collectifs.kernel.audit import ask, record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.gesture_kinds import GestureKind
from collectifs.meetings.domain.planning import Slot, check_is_not_cancelled
from collectifs.meetings.domain.polls import (
    Reply,
    awaited_from,
    check_can_be_chosen,
    check_close,
    check_follows_a_meeting,
    check_is_open,
    check_may_remind,
    check_none_is_open,
    check_slots,
    check_takes_answers,
    have_all_answered,
    live,
    silent,
)
from collectifs.meetings.domain.work import MailDatesAsked, MailDatesReady, MailDatesReminder
from collectifs.meetings.models import DateAnswer, DateOption, DatePoll
from collectifs.meetings.queries.meetings import MeetingAccess, get_meeting, has_event
from collectifs.meetings.queries.polls import (
    PollAccess,
    answer_row,
    get_poll,
    open_poll_of,
    option_row,
    series_beside,
)
from collectifs.meetings.services.closing import close_poll
from collectifs.meetings.services.planning import move_meeting, plan_meeting
from collectifs.people.domain.person import Person


@dataclass(frozen=True)
class Proposed:
    """A line of the form: a date, and the option that it was (None: a new one)."""

    slot: Slot
    option_id: UUID | None = None


@dataclass(frozen=True)
class Question:
    """What the pilot asks: some dates, until when, how many people must come, whether names are shown afterwards."""

    proposed: Sequence[Proposed]
    closes_at: datetime
    least: int | None = None
    names_replies: bool = True


def propose_dates(
    access: CollectiveAccess, question: Question, *, meeting: MeetingAccess | None = None, now: datetime, by: Person
) -> DatePoll:
    """Ask the collective about the date of its next meeting, or of one that has a date already."""
    where, meeting_id = access.collective, meeting.meeting.id if meeting else None
    check_none_is_open(is_open=open_poll_of(where.id) is not None)
    if meeting is not None:
        _check_may_move(meeting)
    check_follows_a_meeting(series_beside(access, meeting_id).number)
    _check(access, question, (), meeting_id, now)
    poll = DatePoll(
        collective_id=where.id,
        meeting_id=meeting_id,
        least=question.least,
        opened_at=now,
        opened_by_id=by.id,
        closes_at=question.closes_at,
    )
    where.names_replies = question.names_replies
    db.session.add(poll)
    db.session.flush()
    _add(poll, [each.slot for each in question.proposed], now)
    record("dates_proposed", poll, by=by)
    _tell_those_asked(poll, by)
    return poll


def _check_may_move(meeting: MeetingAccess) -> None:
    check_is_not_cancelled(meeting.meeting.cancelled_at)
    if has_event(meeting.meeting.id, GestureKind.MEETING_STARTED):
        raise RuleBroken("La séance a commencé : sa date ne change plus.")


def _check(
    access: CollectiveAccess, question: Question, former: Sequence[Slot], meeting_id: UUID | None, now: datetime
) -> None:
    slots = [each.slot for each in question.proposed]
    others, season = series_beside(access, meeting_id).others, access.collective.season
    check_slots(slots, others=others, season=season, zone=access.zone, now=now, former=former)
    check_close(question.closes_at, slots, now, access.zone)


def _add(poll: DatePoll, slots: Iterable[Slot], now: datetime) -> None:
    for slot in slots:
        option = DateOption(poll_id=poll.id, changed_at=now)
        _place(option, slot)
        db.session.add(option)
    db.session.flush()


def _place(option: DateOption, slot: Slot) -> None:
    for each in fields(slot):
        setattr(option, each.name, getattr(slot, each.name))


def _tell_those_asked(poll: DatePoll, by: Person) -> None:
    found = get_poll(poll.id)
    for user_id in sorted(found.asked) if found else ():
        if user_id != by.id:
            ask(MailDatesAsked(user_id, poll.id))


def change_dates(found: PollAccess, question: Question, *, now: datetime, by: Person) -> None:
    """Other dates, another close. Answers are kept; whoever gave one to a date that changed is asked again.

    A date that somebody answered is struck when it is left out; one that nobody did is deleted.
    """
    check_is_open(is_open=found.is_open)
    former = {each.id: each for each in live(found.options)}
    _check(found.access, question, [each.slot for each in former.values()], found.poll.meeting_id, now)
    kept = {each.option_id for each in question.proposed}
    for option_id in former.keys() - kept:
        _take_out(option_id, now, is_answered=bool(former[option_id].replies))
    for each in question.proposed:
        known = former.get(each.option_id) if each.option_id else None
        if known is None:
            _add(found.poll, [each.slot], now)
        elif known.slot != each.slot:
            _change(option_row(known.id), each.slot, now)
    found.poll.closes_at, found.poll.least = question.closes_at, question.least
    db.session.flush()
    record("dates_changed", found.poll, by=by)
    _ask_those_concerned(found, by)


def _take_out(option_id: UUID, now: datetime, *, is_answered: bool) -> None:
    row = option_row(option_id)
    if is_answered:
        row.struck_at = now
    else:
        db.session.delete(row)


def _change(row: DateOption, slot: Slot, now: datetime) -> None:
    _place(row, slot)
    row.changed_at, row.sequence = now, row.sequence + 1


def _ask_those_concerned(before: PollAccess, by: Person) -> None:
    """Whoever had answered, and has something to answer that they had not. The silent are reminded, once."""
    after = get_poll(before.poll.id)
    if after is None:
        return
    heard = {person for each in before.options for person in each.replies}
    asked_anew = False
    for person in sorted(after.asked):
        known = {each.id for each in awaited_from(person, before.options)}
        if any(each.id not in known for each in awaited_from(person, after.options)):
            asked_anew = True
            if person in heard and person != by.id:
                ask(MailDatesAsked(person, after.poll.id))
    if asked_anew:
        after.poll.told_at = None


def answer_date(found: PollAccess, option_id: UUID | None, reply: Reply, *, now: datetime, by: Person) -> None:
    """What somebody says of one date; said again, the last word counts. The pilots learn that nobody is awaited."""
    _check_may_answer(found, now)
    if found.option(option_id) is None or option_id is None:
        raise RuleBroken("Cette date n’est plus proposée : la page vous montre celles qui le sont.")
    _keep(option_id, reply, now, by)
    _tell_when_all_answered(found.poll, now)


def refuse_dates(found: PollAccess, *, now: datetime, by: Person) -> None:
    """« Aucune ne me convient »: no to each."""
    _check_may_answer(found, now)
    for each in live(found.options):
        _keep(each.id, Reply.NO, now, by)
    _tell_when_all_answered(found.poll, now)


def _check_may_answer(found: PollAccess, now: datetime) -> None:
    check_is_open(is_open=found.is_open)
    check_takes_answers(found.poll.closes_at, now, found.zone)


def _keep(option_id: UUID, reply: Reply, now: datetime, by: Person) -> None:
    row = answer_row(option_id, by.id)
    if row is None:
        db.session.add(DateAnswer(option_id=option_id, user_id=by.id, reply=reply, answered_at=now))
    else:
        row.reply, row.answered_at = reply, now
    db.session.flush()


def _tell_when_all_answered(poll: DatePoll, now: datetime) -> None:
    found = get_poll(poll.id)
    if found is not None and poll.told_at is None and have_all_answered(found.options, found.asked):
        tell_pilots(found, now=now)


def tell_pilots(found: PollAccess, *, now: datetime) -> None:
    """That there is nothing more to wait for: once."""
    found.poll.told_at = now
    for user_id in sorted(found.access.pilot_ids):
        ask(MailDatesReady(user_id, found.poll.id))


def remind_silent(found: PollAccess, *, now: datetime, by: Person) -> int:
    """The pilot asks again those who left a date without any reply, once a day at most; returns how many they are.

    It stands for the reminder that leaves by itself; whoever wants none gets none, and nobody learns who.
    """
    check_is_open(is_open=found.is_open)
    people, poll = [each for each in silent(found.options, found.asked) if each != by.id], found.poll
    check_may_remind(poll.opened_at, poll.closes_at, poll.reminded_at, silent=len(people), now=now)
    poll.reminded_at = now
    for user_id in people:
        ask(MailDatesReminder(user_id, poll.id))
    record("dates_reminded", poll, by=by)
    return len(people)


def choose_date(
    found: PollAccess, option_id: UUID | None, *, deputy: UUID | None = None, now: datetime, by: Person
) -> Meeting:
    """Fix one of the dates: the usual mail leaves. `deputy`: who leads it, when nobody who pilots can."""
    check_is_open(is_open=found.is_open)
    option = found.option(option_id)
    if option is None:
        raise RuleBroken("Cette date n’est plus proposée.")
    check_can_be_chosen(option, found.access.pilot_ids, deputy, now)
    meeting = _fix(found, option.slot, now, by)
    close_poll(found.poll, chosen=meeting, now=now, by=by)
    if deputy is not None:
        _name(meeting, deputy, now, by)
    return meeting


def _fix(found: PollAccess, slot: Slot, now: datetime, by: Person) -> Meeting:
    held = get_meeting(found.poll.meeting_id) if found.poll.meeting_id else None
    if held is None:
        return plan_meeting(found.access, slot=slot, now=now, by=by)
    move_meeting(held, slot=slot, now=now, by=by)
    return held.meeting


def _name(meeting: Meeting, deputy: UUID, now: datetime, by: Person) -> None:
    piloting = get_meeting_piloting(meeting.id)
    if piloting is not None:
        name_deputy(piloting, to=chosen_pilot(piloting.collective, deputy, ""), now=now, by=by)


def stop_asking(found: PollAccess, *, now: datetime, by: Person) -> None:
    """No date is chosen: the collective will speak of it in the room."""
    check_is_open(is_open=found.is_open)
    close_poll(found.poll, chosen=None, now=now, by=by)
