"""The shapes of the demonstration's data: frozen values, as the TOML files beside say them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from collectifs.meetings.domain.attendance import AttendanceState
from collectifs.meetings.domain.polls import Reply
from collectifs.meetings.domain.school_year import SchoolCalendar
from collectifs.people.domain.person import Degree, Role
from collectifs.sheets.domain.life import SheetStatus
from collectifs.sheets.domain.sheet import SheetContent


@dataclass(frozen=True)
class DemoTerritory:
    """An academy or one of its departments, both imaginary."""

    code: str
    name: str
    kind: str
    parent: str
    contact_name: str = ""
    contact_address: str = ""


@dataclass(frozen=True)
class DemoPerson:
    """Somebody. `role` is None for a member who was granted nothing; `years` is 0 for a new tutor."""

    given_name: str
    family_name: str
    address: str
    territory: str
    sentence: str
    role: Role | None = None
    degree: Degree | None = None
    setting: str = ""
    years: int = 0
    certification: str = ""
    commune: str = ""
    charter_at: datetime | None = None
    joined_on: date | None = None
    first: bool = False

    @property
    def id(self) -> str:
        """What the other files call this person: the part of the address before the @."""
        return self.address.partition("@")[0]

    @property
    def name(self) -> str:
        """Given name, then family name."""
        return f"{self.given_name} {self.family_name}"


@dataclass(frozen=True)
class DemoFollowUp:
    """What became of one answer: tried, adapted or left aside."""

    answer: int
    state: str


@dataclass(frozen=True)
class DemoSituation:
    """A situation, what was said around it, and the sheet that came of it (none for one that waits)."""

    id: str
    title: str
    author: str
    degree: Degree
    setting: str
    accompanied: str
    dilemma: str
    concern: str
    domain: str
    sentence: str
    question: str
    story: str = ""
    peer_questions: tuple[str, ...] = ()
    resonances: tuple[str, ...] = ()
    already_done: str = ""
    follow_up: str = ""
    follow_up_marks: tuple[DemoFollowUp, ...] = ()
    sheet: SheetContent | None = None

    @property
    def has_presenter(self) -> bool:
        """False for the spare situation, which belongs to nobody."""
        return bool(self.author)


@dataclass(frozen=True)
class DemoObjection:
    """One person's objection: to the text or to the transmission."""

    by: str
    at: datetime
    about: str
    sentence: str = ""


@dataclass(frozen=True)
class DemoRemark:
    """A remark of an inspector, and the answer of the collective when there is one."""

    by: str
    at: datetime
    text: str
    answer_by: str = ""
    answer_at: datetime | None = None
    answer: str = ""


@dataclass(frozen=True)
class DemoAgain:
    """A new version that is being written after a submission: what became of one answer, by its place from 1."""

    at: datetime
    answer: int
    condition: str


@dataclass(frozen=True)
class DemoSheet:
    """The instants of a sheet. `status` is what they must give at the demonstration's first instant."""

    status: SheetStatus
    saved_at: datetime | None = None
    answers_written: int | None = None
    proposed_at: datetime | None = None
    asks_transmission: bool = False
    presenter_agreed_at: datetime | None = None
    objections: tuple[DemoObjection, ...] = ()
    submitted_at: datetime | None = None
    read_at: datetime | None = None
    reviewed_at: datetime | None = None
    reviewed_by: str = ""
    remarks: tuple[DemoRemark, ...] = ()
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
    again: DemoAgain | None = None
    given_up_at: datetime | None = None


@dataclass(frozen=True)
class DemoWaiting:
    """A situation sent to the pilot, not chosen yet. `shows_title`: the others may read its title, no name."""

    situation: str
    sent_at: datetime
    shows_title: bool = False


@dataclass(frozen=True)
class DemoMeeting:
    """A meeting. `exceptions` names whoever was not simply present; `minutes` are the real ones.

    `deputy` runs it in the pilot's place.
    """

    number: int
    held_on: date
    place: str
    access_note: str
    starts: time = time(14)
    ends: time = time(16)
    also_possible: tuple[date, ...] = ()
    situation: str = ""
    spare: str = ""
    exceptions: dict[str, str] = field(default_factory=dict)
    spent_from: time | None = None
    minutes: tuple[int, ...] = ()
    waiting: tuple[DemoWaiting, ...] = ()
    sheet: DemoSheet | None = None
    deputy: str = ""

    @property
    def is_past(self) -> bool:
        """Whether it was held before the demonstration begins."""
        return bool(self.minutes)

    def starts_at(self, zone: ZoneInfo) -> datetime:
        """The planned beginning."""
        return datetime.combine(self.held_on, self.starts, zone)

    def ends_at(self, zone: ZoneInfo) -> datetime:
        """The planned end."""
        return datetime.combine(self.held_on, self.ends, zone)

    def step_instants(self, zone: ZoneInfo) -> tuple[datetime, ...]:
        """When each step was really entered, then when the meeting was closed. Empty when it is ahead."""
        if self.spent_from is None:
            return ()
        instants = [datetime.combine(self.held_on, self.spent_from, zone)]
        for minutes in self.minutes:
            instants.append(instants[-1] + timedelta(minutes=minutes))
        return tuple(instants)


@dataclass(frozen=True)
class DemoDate:
    """A date that is proposed, at the place of the meeting or another, and who said what of it."""

    day: date
    place: str = ""
    yes: tuple[str, ...] = ()
    if_needed: tuple[str, ...] = ()
    no: tuple[str, ...] = ()

    @property
    def replies(self) -> Iterator[tuple[str, Reply]]:
        """Each person with their word."""
        said = ((self.yes, Reply.YES), (self.if_needed, Reply.IF_NEEDED), (self.no, Reply.NO))
        return ((who, reply) for people, reply in said for who in people)


@dataclass(frozen=True)
class DemoAsked:
    """Dates that a collective is asked about for one of its meetings, answers to be given until a day."""

    meeting: int
    asked_at: datetime
    until: date
    dates: tuple[DemoDate, ...]


@dataclass(frozen=True)
class DemoCollective:
    """A collective, its members (pilot included) and its five meetings."""

    code: str
    name: str
    territory: str
    pilot: str
    members: tuple[str, ...]
    meetings: tuple[DemoMeeting, ...]
    parking_lot: tuple[str, ...] = ()
    asked: DemoAsked | None = None


@dataclass(frozen=True)
class DemoData:
    """Everything, with references checked."""

    now: datetime
    season: int
    zone: str
    timezone: str
    territories: tuple[DemoTerritory, ...]
    people: dict[str, DemoPerson]
    collectives: tuple[DemoCollective, ...]
    situations: dict[str, DemoSituation]

    @property
    def tz(self) -> ZoneInfo:
        """Where the collectives live."""
        return ZoneInfo(self.timezone)

    @property
    def calendar(self) -> SchoolCalendar:
        """The holidays of their schools."""
        return SchoolCalendar(self.zone)

    def meetings(self) -> Iterator[tuple[DemoCollective, DemoMeeting]]:
        """Every meeting with its collective, in order."""
        return ((collective, meeting) for collective in self.collectives for meeting in collective.meetings)

    def sheets(self) -> Iterator[tuple[DemoCollective, DemoMeeting, DemoSheet]]:
        """Every sheet with its collective and its meeting, in order."""
        return ((collective, meeting, meeting.sheet) for collective, meeting in self.meetings() if meeting.sheet)

    def roster(self, collective: DemoCollective, meeting: DemoMeeting) -> dict[str, AttendanceState]:
        """Who was expected at a meeting, and their attendance (« present » unless said otherwise)."""
        joined = {who: self.people[who].joined_on for who in collective.members}
        return {
            who: AttendanceState(meeting.exceptions.get(who, "present"))
            for who, day in joined.items()
            if day is None or day <= meeting.held_on
        }

    def sheet_content(self, meeting: DemoMeeting) -> SheetContent | None:
        """The text of a meeting's sheet as far as it was written when it was put to the collective."""
        if meeting.sheet is None or not meeting.situation:
            return None
        content = self.situations[meeting.situation].sheet
        count = meeting.sheet.answers_written
        if content is None or count is None:
            return content
        return SheetContent(question=content.question, answers=content.answers[:count])

    def newest_content(self, meeting: DemoMeeting) -> SheetContent | None:
        """The same, with what a new version has changed since."""
        content, again = self.sheet_content(meeting), meeting.sheet.again if meeting.sheet else None
        if content is None or again is None:
            return content
        answers = list(content.answers)
        answers[again.answer - 1] = replace(answers[again.answer - 1], condition=again.condition)
        return replace(content, answers=tuple(answers))

    def follow_up_is_heard(self, collective: DemoCollective, meeting: DemoMeeting) -> bool:
        """Whether the meeting after this one is past, so that what was tried has been told."""
        return any(other.is_past and other.number == meeting.number + 1 for other in collective.meetings)
