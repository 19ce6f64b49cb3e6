"""The collectives of the demonstration: members, charter, the series of meetings, situations sent to the pilot."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID, uuid4

from collectifs.collectives.domain.charter import VERSION
from collectifs.collectives.models import CharterConsent, Collective, Meeting, Membership, Pilotship
from collectifs.demo.people import add_device, in_season
from collectifs.demo.records import DemoCollective, DemoMeeting, DemoWaiting
from collectifs.demo.rows import Stage, add, note
from collectifs.kernel import vault
from collectifs.kernel.vault.texts import seal_text
from collectifs.meetings.domain.attendance import AttendanceState
from collectifs.meetings.domain.canvas import library
from collectifs.meetings.domain.planning import DAY, WEEK, ChangeKind
from collectifs.meetings.domain.spare import first_spare
from collectifs.meetings.models import Attendance, MeetingChange, Situation
from collectifs.meetings.queries.meetings import spares_of
from collectifs.meetings.queries.situations import NO_MEETING, WORDS
from collectifs.people.domain.person import Role
from collectifs.people.models import User

CANVAS = "genot-soutoul"
COMPOSED = (11, 2)
PLANNED = (11, 10)
PREPARED_BEFORE = timedelta(days=1, hours=18, minutes=25)
SENT_BEFORE = timedelta(days=4, hours=17, minutes=20)
LATE_BY = timedelta(minutes=8)
NAMED_BEFORE = timedelta(days=2)


@dataclass(frozen=True)
class Series:
    """A collective as data and as a row, with its pilot and the manager who composed it."""

    told: DemoCollective
    row: Collective
    pilot: User
    manager: User


def add_series(stage: Stage, told: DemoCollective) -> Series:
    """A collective, its pilot, its members."""
    at = in_season(stage.data, COMPOSED)
    pilot, manager = stage.people[told.pilot], _manager(stage, told.territory)
    row = add(
        Collective(
            name=told.name,
            code=told.code,
            territory_id=stage.territories[told.territory].id,
            season=stage.data.season,
            created_at=at,
            created_by_id=manager.id,
            keeps_notes=True if len(told.meetings) > 1 else None,
        )
    )
    note("collective_created", row, by=manager, at=at)
    named = {"starts_on": at.date(), "appointed_by_id": manager.id}
    note("pilot_named", add(Pilotship(user_id=pilot.id, collective_id=row.id, **named)), by=manager, at=at)
    series = Series(told, row, pilot, manager)
    for who in told.members:
        _add_member(stage, series, who)
    return series


def _manager(stage: Stage, territory: str) -> User:
    """Who composes the collectives of a territory."""
    people = stage.data.people.items()
    return next(stage.people[who] for who, one in people if (one.role, one.territory) == (Role.MANAGER, territory))


def _add_member(stage: Stage, series: Series, who: str) -> None:
    person, user, collective = stage.data.people[who], stage.people[who], series.row
    joined = person.joined_on
    at = datetime.combine(joined, time(9), stage.data.tz) if joined else collective.created_at
    membership = add(
        Membership(
            user_id=user.id,
            collective_id=collective.id,
            starts_at=at,
            degree=person.degree,
            tutoring_years=person.years,
            setting=person.setting,
            work_commune=person.commune,
        )
    )
    note("member_invited", membership, by=series.manager, at=at)
    add_device(stage, who, collective.id, at)
    if person.charter_at:
        accepted = {"version": VERSION, "accepted_at": person.charter_at}
        consent = add(CharterConsent(user_id=user.id, collective_id=collective.id, **accepted))
        note("charter_accepted", consent, by=user, at=person.charter_at)


def add_meeting(stage: Stage, series: Series, told: DemoMeeting) -> Meeting:
    """A meeting with its agenda and, when it was held, who was there."""
    zone = stage.data.tz
    meeting = add(
        Meeting(
            collective_id=series.row.id,
            number=told.number,
            starts_at=told.starts_at(zone),
            ends_at=told.ends_at(zone),
            place=told.place,
            access_note=told.access_note,
            canvas_id=CANVAS,
            steps=[step.to_json() for step in library()[CANVAS].agenda(told.number)],
            spare_id=told.spare or first_spare(spares_of(series.row.id)),
            key_id=vault.make_key(),
        )
    )
    _keep_dates(stage, series, meeting)
    prepared_at = meeting.starts_at - PREPARED_BEFORE
    if prepared_at <= stage.now:
        meeting.prepared_at = prepared_at
        note("agenda_prepared", meeting, by=series.pilot, at=prepared_at)
    if told.is_past:
        _mark_attendance(stage, series, told, meeting)
    _add_deputy(stage, series, told, meeting)
    return meeting


def _add_deputy(stage: Stage, series: Series, told: DemoMeeting, meeting: Meeting) -> None:
    """Who runs it in the pilot's place, if somebody does, named by the pilot."""
    if not told.deputy:
        return
    at = stage.now - NAMED_BEFORE
    row = Pilotship(
        user_id=stage.people[told.deputy].id,
        collective_id=series.row.id,
        starts_on=at.date(),
        appointed_by_id=series.pilot.id,
        meeting_id=meeting.id,
    )
    note("deputy_named", add(row), by=series.pilot, at=at)


def _keep_dates(stage: Stage, series: Series, meeting: Meeting) -> None:
    """When it was planned, the first line of its history, and the reminders that have left since."""
    planned_at = in_season(stage.data, PLANNED, 18) + timedelta(minutes=meeting.number)
    note("meeting_planned", meeting, by=series.pilot, at=planned_at)
    where = {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at, "place": meeting.place}
    add(MeetingChange(meeting_id=meeting.id, kind=ChangeKind.PLANNED, at=planned_at, by_id=series.pilot.id, **where))
    week, day = meeting.starts_at - WEEK, meeting.starts_at - DAY
    meeting.week_reminded_at, meeting.day_reminded_at = (at if at <= stage.now else None for at in (week, day))


def _mark_attendance(stage: Stage, series: Series, told: DemoMeeting, meeting: Meeting) -> None:
    """Who was there, as the roll in the room left it."""
    started_at = told.step_instants(stage.data.tz)[0]
    for who, state in stage.data.roster(series.told, told).items():
        marked_at = started_at + LATE_BY if state is AttendanceState.LATE else started_at
        add(Attendance(meeting_id=meeting.id, user_id=stage.people[who].id, state=state, marked_at=marked_at))


def add_situations(stage: Stage, series: Series, told: DemoMeeting, meeting: Meeting) -> dict[str, UUID]:
    """The situations sent for a meeting: the one that was worked on, those that wait. Ids by name."""
    sent = {waiting.situation: _add_situation(stage, series, waiting) for waiting in told.waiting}
    if told.situation and stage.data.situations[told.situation].has_presenter:
        chosen = DemoWaiting(told.situation, meeting.starts_at - SENT_BEFORE)
        sent[told.situation] = _add_situation(stage, series, chosen, meeting.id)
    return sent


def _add_situation(stage: Stage, series: Series, sent: DemoWaiting, chosen: UUID = NO_MEETING) -> UUID:
    """A situation, sealed, with the id of the meeting that worked on it."""
    told = stage.data.situations[sent.situation]
    author = stage.people[told.author]
    row = Situation(
        id=uuid4(),
        collective_id=series.row.id,
        author_id=author.id,
        key_id=vault.make_key(),
        shows_title=sent.shows_title,
        sent_at=sent.sent_at,
    )
    for column in WORDS:
        seal_text(row, column, getattr(told, column.key))
    seal_text(row, Situation.chosen, str(chosen))
    note("situation_proposed", add(row), by=author, at=sent.sent_at)
    return row.id
