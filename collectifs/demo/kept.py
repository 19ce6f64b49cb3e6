"""What the collectives of the demonstration keep between two meetings: the parking lot, and what became of answers."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from collectifs.collectives.models import Meeting
from collectifs.collectives.services.frame import series_key
from collectifs.demo.records import DemoMeeting
from collectifs.demo.rows import Stage, add, note
from collectifs.demo.series import Series
from collectifs.kernel.vault.texts import seal_text
from collectifs.live.models import ParkedItem
from collectifs.meetings.domain.attendance import AttendanceState
from collectifs.sheets.domain.follow_up import AnswerFollowUp, FollowUpBody, FollowUpState, marks_of
from collectifs.sheets.models import FollowUp

TOLD_BEFORE = timedelta(days=1, hours=5)
WERE_THERE = (AttendanceState.PRESENT, AttendanceState.LATE)


def park(series: Series, meeting: Meeting, *, text: str, at: datetime) -> UUID:
    """A line of the series, as its pilot's device would have set it aside. Gives its id."""
    row = ParkedItem(
        id=uuid4(),
        collective_id=series.row.id,
        meeting_id=meeting.id,
        key_id=series_key(series.row),
        parked_at=at,
    )
    seal_text(row, ParkedItem.text, text)
    note("item_parked", add(row), by=series.pilot, at=at)
    return row.id


def add_debrief(stage: Stage, series: Series, told: DemoMeeting, meeting: Meeting) -> None:
    """What one member, on the eve of the next meeting, says became of the answers: shared, without a name."""
    content, then = stage.data.sheet_content(told), _next_starts_at(stage, series, told)
    marks = stage.data.situations[told.situation].follow_up_marks if told.situation else ()
    if content is None or not marks or then is None or then - TOLD_BEFORE > stage.now:
        return
    signs = marks_of([answer.text for answer in content.answers])
    words = stage.data.situations[told.situation].follow_up
    entries = tuple(
        AnswerFollowUp(signs[mark.answer - 1], mark.answer, FollowUpState(mark.state), words if place == 0 else "")
        for place, mark in enumerate(marks)
    )
    row = FollowUp(
        id=uuid4(),
        meeting_id=meeting.id,
        user_id=stage.people[_who_tells(stage, series, told)].id,
        key_id=series_key(series.row),
        saved_at=then - TOLD_BEFORE,
    )
    seal_text(row, FollowUp.body, FollowUpBody(entries, is_shared=True).to_json())
    note("follow_up_saved", add(row), by=None, at=row.saved_at)


def _next_starts_at(stage: Stage, series: Series, told: DemoMeeting) -> datetime | None:
    following = (other for other in series.told.meetings if other.number == told.number + 1)
    return next((other.starts_at(stage.data.tz) for other in following), None)


def _who_tells(stage: Stage, series: Series, told: DemoMeeting) -> str:
    """The last of the members who were there and did not present."""
    roster = stage.data.roster(series.told, told)
    author = stage.data.situations[told.situation].author
    return [who for who, state in roster.items() if state in WERE_THERE and who != author][-1]
