"""« What now? »: what somebody has to do, the most pressing first. One answer for every page and every mail."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from collectifs.across.domain.situation import CollectiveSeen, DatesSeen, Entrusted, MeetingSeen, SheetSeen, Situation
from collectifs.kernel.errors import RuleBroken
from collectifs.meetings.domain.planning import USUAL_MEETINGS
from collectifs.sheets.domain.life import SheetLife, SheetStatus, check_can_be_submitted


class TaskKind(StrEnum):
    """What may be asked, the most pressing first: the order of these lines is the rule."""

    RESUME_ROOM = "resume_room"
    TAKE_NOTES = "take_notes"
    OPEN_ROOM = "open_room"
    GO = "go"
    ACCEPT_CHARTER = "accept_charter"
    READ_AGAIN = "read_again"
    ANSWER_OBJECTION = "answer_objection"
    SAY_YES_OR_NO = "say_yes_or_no"
    READ_SHEET = "read_sheet"
    ANSWER_PAGE = "answer_page"
    AGREE_TO_FRAME = "agree_to_frame"
    ANSWER_DATES = "answer_dates"
    REVIEW = "review"
    FINISH_SHEET = "finish_sheet"
    SUBMIT_SHEET = "submit_sheet"
    ANSWER_PROPOSAL = "answer_proposal"
    CHOOSE_DATE = "choose_date"
    PREPARE = "prepare"
    PLAN = "plan"
    COME = "come"
    ANSWER_QUESTIONNAIRE = "answer_questionnaire"
    READ_CANDIDACIES = "read_candidacies"
    MANAGE = "manage"
    ADD_TERRITORY = "add_territory"
    APPOINT_MANAGER = "appoint_manager"
    WAIT_FOR_ANSWERS = "wait_for_answers"
    WAIT_FOR_DATE = "wait_for_date"
    SERIES_OVER = "series_over"

    @property
    def is_rest(self) -> bool:
        """Whether it asks nothing: what a collective's own page says when nothing waits."""
        return self in (TaskKind.WAIT_FOR_ANSWERS, TaskKind.WAIT_FOR_DATE, TaskKind.SERIES_OVER)

    @property
    def is_of_sheet(self) -> bool:
        """Whether it leads to the sheet of a meeting."""
        return self in OF_SHEETS


OF_SHEETS = (
    *(TaskKind.ANSWER_OBJECTION, TaskKind.SAY_YES_OR_NO, TaskKind.READ_SHEET),
    *(TaskKind.FINISH_SHEET, TaskKind.SUBMIT_SHEET),
)
ORDER = {kind: place for place, kind in enumerate(TaskKind)}


@dataclass(frozen=True)
class Task:
    """One thing to do, by ids. `until`: the hour after which it is over."""

    kind: TaskKind
    collective_id: UUID | None = None
    meeting_id: UUID | None = None
    sheet_id: UUID | None = None
    proposal_id: UUID | None = None
    poll_id: UUID | None = None
    entry_id: UUID | None = None
    until: datetime | None = None
    at: datetime | None = None


def what_now(situation: Situation, now: datetime) -> list[Task]:
    """Everything that waits for somebody. Meetings that come, the nearest first; what is past, the latest first."""
    tasks = [task for each in situation.collectives for task in _in_collective(each, now)]
    tasks += _entrusted(situation.entrusted)
    tasks += [Task(TaskKind.ANSWER_PAGE, entry_id=each.id, until=each.until, at=each.until) for each in situation.pages]
    return sorted(tasks, key=lambda task: (ORDER[task.kind], abs((task.at or now) - now)))


def _in_collective(collective: CollectiveSeen, now: datetime) -> Iterator[Task]:
    """Under the charter nothing opens before it is accepted."""
    if not collective.has_accepted:
        yield Task(TaskKind.ACCEPT_CHARTER, collective.id)
        return
    for meeting in collective.meetings:
        kind = _of_meeting(meeting, now) or _of_sheet(meeting, now)
        if kind is not None:
            until = meeting.sheet.life.deadline_at if kind in WITH_DELAY and not _is_over(meeting, now) else None
            yield Task(kind, collective.id, meeting.id, meeting.sheet.id, until=until, at=meeting.starts_at)
    if collective.frame_asked_at is not None:
        yield Task(TaskKind.AGREE_TO_FRAME, collective.id, at=collective.frame_asked_at)
    if collective.dates is not None:
        yield from _about_dates(collective, collective.dates)
    yield from _ahead(collective, now)
    for proposed in collective.proposed if collective.pilots else ():
        yield Task(TaskKind.ANSWER_PROPOSAL, collective.id, proposal_id=proposed.id, at=proposed.proposed_at)
    if collective.asks_questionnaire:
        yield Task(TaskKind.ANSWER_QUESTIONNAIRE, collective.id)


def _about_dates(collective: CollectiveSeen, dates: DatesSeen) -> Iterator[Task]:
    """A reply of one's own; for whoever pilots, the choice, once there is nothing more to wait for."""
    kinds = [TaskKind.ANSWER_DATES] if dates.awaits else []
    if collective.pilots and dates.is_ready:
        kinds.append(TaskKind.CHOOSE_DATE)
    for kind in kinds:
        end = dates.closes_at
        yield Task(kind, collective.id, dates.meeting_id, poll_id=dates.id, until=end, at=end)


WITH_DELAY = (TaskKind.READ_SHEET, TaskKind.SAY_YES_OR_NO)


def _is_over(meeting: MeetingSeen, now: datetime) -> bool:
    return meeting.sheet.life.is_over(now)


def _of_meeting(meeting: MeetingSeen, now: datetime) -> TaskKind | None:
    """The room: under way, within twelve hours, or left open."""
    if meeting.is_soon(now):
        return _of_near_meeting(meeting, now)
    leaves_notes = meeting.is_left_open(now) and not meeting.notes_gone
    is_draft = meeting.sheet.life.status(now) is SheetStatus.DRAFT
    return TaskKind.READ_AGAIN if leaves_notes and is_draft and meeting.leads else None


def _of_near_meeting(meeting: MeetingSeen, now: datetime) -> TaskKind | None:
    has_room = not meeting.notes_gone
    if meeting.leads and has_room:
        return TaskKind.RESUME_ROOM if meeting.is_running(now) else TaskKind.OPEN_ROOM
    if meeting.takes_notes and has_room:
        return TaskKind.TAKE_NOTES
    return TaskKind.GO if meeting.may_see else None


def _of_sheet(meeting: MeetingSeen, now: datetime) -> TaskKind | None:
    """What the sheet of a meeting that was held asks of this person; one thing at a time."""
    if not meeting.is_past(now):
        return None
    sheet = meeting.sheet
    status = sheet.life.status(now)
    if status is SheetStatus.DRAFT:
        waits_on_nobody = sheet.life.institution_since is not None  # a new version: reached from the series
        return TaskKind.FINISH_SHEET if meeting.leads and sheet.may_write and not waits_on_nobody else None
    if sheet.may_write and status is SheetStatus.PROPOSED and sheet.life.text_objections:
        return TaskKind.ANSWER_OBJECTION
    if sheet.is_asked and awaits_presenter(sheet.life, now):
        return TaskKind.SAY_YES_OR_NO
    if _is_to_be_read(sheet, now):
        return TaskKind.READ_SHEET
    return TaskKind.SUBMIT_SHEET if sheet.may_write and is_ready_to_submit(sheet.life, now) else None


def _is_to_be_read(sheet: SheetSeen, now: datetime) -> bool:
    """While its delay runs, for those who may object and have neither read it nor objected. Who wrote it knows it."""
    life = sheet.life
    runs = life.deadline_at is not None and now < life.deadline_at and life.withdrawn_at is None
    heard_it = life.everybody_agreed_at is not None and sheet.was_there
    has_done = sheet.may_write or sheet.has_read or sheet.has_objected or heard_it
    return runs and sheet.may_read and sheet.may_object and not has_done


def awaits_presenter(life: SheetLife, now: datetime) -> bool:
    """Whether only whoever presented can still let it leave, or may already say so."""
    is_put = life.status(now) in (SheetStatus.PROPOSED, SheetStatus.AGREED) and not life.text_objections
    asks = life.asks_transmission and not life.transmission_objections
    return is_put and asks and life.has_presenter and life.presenter_agreed is None


def is_ready_to_submit(life: SheetLife, now: datetime) -> bool:
    """Whether nothing but a click is missing (the names are looked for on the page itself)."""
    try:
        check_can_be_submitted(life, [], now)
    except RuleBroken:
        return False
    return True


def _ahead(collective: CollectiveSeen, now: datetime) -> Iterator[Task]:
    """The meetings to come beyond twelve hours: what one leads is prepared, the next one is a date to keep."""
    coming = [meeting for meeting in collective.meetings if not meeting.is_past(now)]
    far = [meeting for meeting in coming if not meeting.is_soon(now)]
    own = next((meeting for meeting in far if meeting.leads), None)
    following = coming[0] if coming and coming[0] in far else None
    if own is not None and (own is following or own.stands_in):
        yield Task(TaskKind.PREPARE, collective.id, own.id, at=own.starts_at)
    if following is not None and following is not own and following.may_see:
        yield Task(TaskKind.COME, collective.id, following.id, at=following.starts_at)
    if not coming and len(collective.meetings) >= USUAL_MEETINGS[1]:
        yield Task(TaskKind.SERIES_OVER, collective.id)
    elif not coming:
        yield Task(_without_date(collective), collective.id)


def _without_date(collective: CollectiveSeen) -> TaskKind:
    """Nothing is to be fixed while the collective is asked."""
    if not collective.pilots:
        return TaskKind.WAIT_FOR_DATE
    return TaskKind.PLAN if collective.dates is None else TaskKind.WAIT_FOR_ANSWERS


def _entrusted(entrusted: Entrusted) -> Iterator[Task]:
    """What roles ask. An administrator begins with a territory, then with whoever manages it."""
    if entrusted.to_review:
        yield Task(TaskKind.REVIEW)
    if entrusted.candidacies:
        yield Task(TaskKind.READ_CANDIDACIES)
    if entrusted.collectives is not None:
        yield Task(TaskKind.MANAGE)
    if entrusted.has_territory is False:
        yield Task(TaskKind.ADD_TERRITORY)
    elif entrusted.has_territory and not entrusted.has_manager:
        yield Task(TaskKind.APPOINT_MANAGER)
