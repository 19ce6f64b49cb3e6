"""Dates that a collective of the demonstration is asked about, and what some of its members have said."""

from datetime import datetime, timedelta

from collectifs.demo.records import DemoAsked, DemoDate
from collectifs.demo.rows import Stage, add, note
from collectifs.demo.series import Series
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.polls import closing_instant
from collectifs.meetings.models import DateAnswer, DateOption, DatePoll
from collectifs.meetings.queries.meetings import meetings_of

BETWEEN_ANSWERS = timedelta(minutes=7)


def add_dates(stage: Stage, series: Series, asked: DemoAsked | None) -> None:
    """The question, its dates, the answers one after the other."""
    if asked is None:
        return
    meeting = next(each for each in meetings_of(series.row.id) if each.number == asked.meeting)
    poll = add(
        DatePoll(
            collective_id=series.row.id,
            meeting_id=meeting.id,
            opened_at=asked.asked_at,
            opened_by_id=series.pilot.id,
            closes_at=closing_instant(asked.until, stage.data.tz),
        )
    )
    note("dates_proposed", poll, by=series.pilot, at=asked.asked_at)
    hours = meeting.starts_at.astimezone(stage.data.tz).time()
    for proposed in asked.dates:
        starts_at = datetime.combine(proposed.day, hours, stage.data.tz)
        ends_at = starts_at + (meeting.ends_at - meeting.starts_at)
        where = {"place": proposed.place or meeting.place, "access_note": "" if proposed.place else meeting.access_note}
        times = {"starts_at": starts_at, "ends_at": ends_at, "changed_at": asked.asked_at}
        _answer(stage, add(DateOption(poll_id=poll.id, **times, **where)), proposed, asked.asked_at)


def _answer(stage: Stage, option: DateOption, proposed: DemoDate, asked_at: datetime) -> None:
    for place, (who, reply) in enumerate(proposed.replies, 1):
        at = asked_at + place * BETWEEN_ANSWERS
        db.session.add(DateAnswer(option_id=option.id, user_id=stage.people[who].id, reply=reply, answered_at=at))
