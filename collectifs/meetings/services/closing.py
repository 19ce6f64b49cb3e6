"""Ending a question about dates: its dates and what was said of them are deleted."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from collectifs.collectives.models import Meeting
from collectifs.kernel.audit import record
from collectifs.kernel.extensions import db
from collectifs.meetings.models import DateOption, DatePoll
from collectifs.meetings.queries.polls import open_poll_of, polls_left_behind
from collectifs.people.domain.person import Person


def close_poll(poll: DatePoll, *, chosen: Meeting | None, now: datetime, by: Person | None) -> None:
    """With the meeting that it led to, or none. Done twice, nothing more."""
    if poll.closed_at is not None:
        return
    poll.closed_at, poll.closed_by_id = now, by.id if by else None
    poll.chosen_id = chosen.id if chosen else None
    db.session.execute(delete(DateOption).where(DateOption.poll_id == poll.id))
    record("dates_closed", poll, by=by)


def close_question(
    collective_id: UUID, meeting_id: UUID | None, *, chosen: Meeting | None, now: datetime, by: Person
) -> None:
    """What a collective is asked about this meeting (None: the next one) has no more object: its date is known."""
    poll = open_poll_of(collective_id)
    if poll is not None and poll.meeting_id == meeting_id:
        close_poll(poll, chosen=chosen, now=now, by=by)


def close_polls_left_behind(*, now: datetime) -> None:
    """Questions of which every date is past: nobody chose."""
    for poll in polls_left_behind(now):
        close_poll(poll, chosen=None, now=now, by=None)
