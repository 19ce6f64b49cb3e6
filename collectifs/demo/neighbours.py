"""The other collectives of the département in the demonstration: sheets that they let out, this season and the last.

Enough of them for the list of the inspection to have pages to go through, filters to choose from, and for what the
territory works on to be drawn. Nobody enters as one of their members.
"""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from itertools import count
from typing import Any
from uuid import uuid4

from collectifs.collectives.domain.charter import VERSION
from collectifs.collectives.models import CharterConsent, Collective, Meeting, Membership, Pilotship
from collectifs.demo.campaign import FAMILY, GIVEN
from collectifs.demo.rows import Stage, note
from collectifs.kernel.endings import draft_ends_at
from collectifs.kernel.extensions import db
from collectifs.kernel.models import ERASED
from collectifs.kernel.seasons import season_ends_on
from collectifs.kernel.text.folding import folded
from collectifs.kernel.vault import make_key
from collectifs.kernel.vault.texts import seal_text
from collectifs.meetings.domain.attendance import AttendanceState
from collectifs.meetings.domain.canvas import library
from collectifs.meetings.domain.tags import Axis, Tags
from collectifs.meetings.models import Attendance, SynthesisSheet
from collectifs.people.domain.person import Degree, Role
from collectifs.people.models import GrantedRole, User
from collectifs.review.models import ReadingMark
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent
from collectifs.sheets.models import ReadingTrace, SubmittedSheet, SubmittedTag

WHERE, CANVAS = "99", "genot-soutoul"
MEMBERS = 6
DAYS = ((11, 18), (12, 9), (1, 6), (2, 3), (3, 17))  # month and day of each meeting of a season
PLACES = ("École du Parvis, salle 2, Brumeval", "Collège de la Brume, salle B 12, Brumeval")
INSPECTOR, MANAGER = "agnes.roussel", "sylvie.montagnac"
READ_AFTER = timedelta(days=4, hours=2)


@dataclass(frozen=True)
class Group:
    """A collective that is being written, with the rank of its first member."""

    stage: Stage
    told: dict[str, Any]
    row: Collective
    members: tuple[User, ...]


@cache
def neighbours() -> list[dict[str, Any]]:
    """As the data tells them."""
    with (files("collectifs.demo") / "neighbours.toml").open("rb") as file:
        found: list[dict[str, Any]] = tomllib.load(file)["collective"]
    return found


def add_neighbours(stage: Stage) -> None:
    """Their people, their collectives, their meetings, what left of them; last season they were the same."""
    present = [told for told in neighbours() if told["season"] == stage.data.season]
    people = [_user(stage, rank) for rank in range(MEMBERS * len(present))]
    db.session.add_all(people)
    db.session.flush()
    ranks = {season: count() for season in {told["season"] for told in neighbours()}}
    for told in neighbours():
        rank = next(ranks[told["season"]]) * MEMBERS
        _add_group(stage, told, tuple(people[rank : rank + MEMBERS]))


def _user(stage: Stage, rank: int) -> User:
    given, family = GIVEN[(3 * rank + 5) % len(GIVEN)], FAMILY[(7 * rank + 11) % len(FAMILY)]
    address = f"{folded(given)}.{folded(family)}.{rank}@val-de-brume.example".replace(" ", "-")
    at = _at(stage, stage.data.season - 1, (10, 6))
    return User(id=uuid4(), given_name=given, family_name=family, address=address, created_at=at, is_demo=False)


def _at(stage: Stage, season: int, day: tuple[int, int], hour: int = 9) -> datetime:
    """An instant of a season: from September on it is of its first year."""
    return datetime.combine(date(season + (day[0] < 9), *day), time(hour), stage.data.tz)


def _add_group(stage: Stage, told: dict[str, Any], members: tuple[User, ...]) -> None:
    """A collective with its pilot, its members, its meetings and their sheets."""
    composed, manager = _at(stage, told["season"], (11, 2)), stage.people[MANAGER]
    row = Collective(
        id=uuid4(),
        name=told["name"],
        code=told["code"],
        territory_id=stage.territories[WHERE].id,
        season=told["season"],
        degree=Degree(told["degree"]),
        created_at=composed,
        created_by_id=manager.id,
    )
    db.session.add(row)
    db.session.flush()
    note("collective_created", row, by=manager, at=composed)
    group = Group(stage, told, row, members)
    _add_people(group, composed)
    for number in range(1, len(DAYS) + 1):
        _add_meeting(group, number)
    db.session.flush()


def _add_people(group: Group, at: datetime) -> None:
    pilot, stage, row = group.members[0], group.stage, group.row
    grant = {"user_id": pilot.id, "role": Role.PILOT, "territory_id": row.territory_id}
    if row.season == stage.data.season:
        ends = {"granted_by_id": stage.people[MANAGER].id, "granted_at": at, "ends_on": season_ends_on(row.season)}
        db.session.add(GrantedRole(**grant, **ends))
    named = {"starts_on": at.date(), "appointed_by_id": stage.people[MANAGER].id}
    db.session.add(Pilotship(user_id=pilot.id, collective_id=row.id, **named))
    for user in group.members:
        who = {"user_id": user.id, "collective_id": row.id}
        db.session.add(Membership(**who, starts_at=at, degree=row.degree))
        db.session.add(CharterConsent(**who, version=VERSION, accepted_at=at + timedelta(days=2)))


def _add_meeting(group: Group, number: int) -> None:
    """One meeting; held, its notes have perished, and it has let out the sheet that the data gives, if it gives one."""
    stage, season = group.stage, group.row.season
    starts = _at(stage, season, DAYS[number - 1], 14) + timedelta(days=stage.data.season - season)  # a Wednesday
    is_past = starts < stage.now
    steps = [step.to_json() for step in library()[CANVAS].agenda(number)] if season == stage.data.season else []
    meeting = Meeting(
        id=uuid4(),
        collective_id=group.row.id,
        number=number,
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        place=PLACES[group.row.degree is Degree.SECOND],
        canvas_id=CANVAS,
        steps=steps,
        key_id=uuid4().hex if is_past else make_key(),
        notes_perished_at=starts + timedelta(days=6) if is_past else None,
        week_reminded_at=starts - timedelta(days=7) if is_past else None,
        day_reminded_at=starts - timedelta(days=1) if is_past else None,
    )
    db.session.add(meeting)
    db.session.flush()
    if is_past:
        _mark_attendance(group, meeting)
    told = next((each for each in group.told["sheet"] if each["meeting"] == number), None)
    _add_sheet(group, meeting, told)


def _add_sheet(group: Group, meeting: Meeting, told: dict[str, Any] | None) -> None:
    """Its draft is empty, or gone by the rules of retention; the copy that left it, if one did."""
    rank = neighbours().index(group.told)  # no two leave at one instant: the list has one order
    at = meeting.ends_at + timedelta(days=6, hours=meeting.number, minutes=7 * rank) if told else None
    is_gone = draft_ends_at(meeting.ends_at, at) <= group.stage.now
    sheet = SynthesisSheet(id=uuid4(), meeting_id=meeting.id, key_id=uuid4().hex if is_gone else make_key())
    sheet.draft = ERASED
    if not is_gone:
        seal_text(sheet, SynthesisSheet.draft, SheetContent().to_json())
    db.session.add(sheet)
    db.session.flush()
    if told and at:
        _let_out(group, meeting, sheet, told, at)


def _mark_attendance(group: Group, meeting: Meeting) -> None:
    """One of them is away, another each time."""
    for rank, user in enumerate(group.members):
        state = AttendanceState.EXCUSED if rank == meeting.number else AttendanceState.PRESENT
        db.session.add(Attendance(meeting_id=meeting.id, user_id=user.id, state=state, marked_at=meeting.starts_at))


def _let_out(group: Group, meeting: Meeting, sheet: SynthesisSheet, told: dict[str, Any], at: datetime) -> None:
    """The institution's copy, and whether the inspection has read it."""
    content = _content(told)
    copy = SubmittedSheet(
        id=uuid4(),
        sheet_id=sheet.id,
        version_number=1,
        territory_id=group.row.territory_id,
        season=group.row.season,
        collective_code=group.row.code,
        month=meeting.starts_at.date().replace(day=1),
        degree=group.row.degree,
        key_id=make_key(),
        submitted_at=at,
        submitted_by_id=group.members[0].id,
    )
    seal_text(copy, SubmittedSheet.body, content.to_json())
    db.session.add(copy)
    db.session.flush()
    db.session.add_all(SubmittedTag(submitted_id=copy.id, axis=axis, code=code) for axis, code in content.tags.pairs())
    if told.get("read"):
        _read(copy, group.stage.people[INSPECTOR], at + READ_AFTER)


def _read(copy: SubmittedSheet, reader: User, at: datetime) -> None:
    copy.reviewed_at, copy.reviewed_by_id = at, reader.id
    db.session.add(ReadingMark(submitted_id=copy.id, reader_id=reader.id, marked_at=at))
    db.session.add(ReadingTrace(submitted_id=copy.id, reader_id=reader.id, read_at=at))


def _content(told: dict[str, Any]) -> SheetContent:
    kinds = (("tried", AnswerKind.TRIED), ("considered", AnswerKind.CONSIDERED))
    answers = tuple(Answer(text=text, kind=kind) for name, kind in kinds for text in told[name])
    return SheetContent(told["question"], answers, Tags.chosen({axis.value: [told[axis.value]] for axis in Axis}))
