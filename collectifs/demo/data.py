"""Reading the demonstration's TOML files into frozen values, every reference checked."""

import tomllib
from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import UTC, datetime
from importlib import resources
from typing import Any, TypeVar

from collectifs.demo.records import (
    DemoAgain,
    DemoAsked,
    DemoCollective,
    DemoData,
    DemoDate,
    DemoFollowUp,
    DemoMeeting,
    DemoObjection,
    DemoPerson,
    DemoRemark,
    DemoSheet,
    DemoSituation,
    DemoTerritory,
    DemoWaiting,
)
from collectifs.meetings.domain.tags import Axis, Tags
from collectifs.people.domain.person import Degree, Role
from collectifs.sheets.domain.life import SheetStatus
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent

Table = dict[str, Any]
T = TypeVar("T")


class DemoDataError(ValueError):
    """A file of the demonstration says something impossible: the message names it."""


def load() -> DemoData:
    """The demonstration, with every instant in UTC and every reference checked."""
    people, collectives = _read("people.toml"), _read("collectives.toml")
    situations = [_situation(table) for table in _read("situations.toml")["situation"]]
    persons = [_person(table) for table in people["person"]]
    data = DemoData(
        now=_utc(collectives["now"]),
        season=collectives["season"],
        zone=collectives["zone"],
        timezone=collectives["timezone"],
        territories=tuple(_record(DemoTerritory, table) for table in people["territory"]),
        people={person.id: person for person in persons},
        collectives=tuple(_collective(table) for table in collectives["collective"]),
        situations={situation.id: situation for situation in situations},
    )
    _check_unique(data, len(persons), len(situations))
    for kind, name, known in _references(data):
        if name not in known:
            raise DemoDataError(f"{kind}: « {name} » is not known")
    return data


def _read(name: str) -> Table:
    return tomllib.loads(resources.files("collectifs.demo").joinpath(name).read_text(encoding="utf-8"))


def _utc(value: Any) -> Any:
    """Instants become UTC, lists become tuples; everything else stays."""
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return tuple(value) if isinstance(value, list) else value


def _record(kind: type[T], table: Table, **given: Any) -> T:
    """A dataclass from a table: an unknown or a missing key is an error that names it."""
    known = {item.name: item for item in fields(kind)}  # type: ignore[arg-type]
    values = {key: _utc(value) for key, value in table.items()} | given
    unknown = set(values) - set(known)
    missing = {
        name
        for name, item in known.items()
        if name not in values and item.default is MISSING and item.default_factory is MISSING
    }
    if unknown or missing:
        raise DemoDataError(f"{kind.__name__}: unknown {sorted(unknown)}, missing {sorted(missing)}")
    return kind(**values)


def _records(kind: type[T], tables: list[Table]) -> tuple[T, ...]:
    return tuple(_record(kind, table) for table in tables)


def _person(table: Table) -> DemoPerson:
    role = None if table["role"] == "member" else Role(table["role"])
    degree = Degree(table["degree"]) if "degree" in table else None
    return _record(DemoPerson, table, role=role, degree=degree)


def _situation(table: Table) -> DemoSituation:
    return _record(
        DemoSituation,
        table,
        degree=Degree(table["degree"]),
        follow_up_marks=_records(DemoFollowUp, table.get("follow_up_marks", [])),
        sheet=_content(table["sheet"], _tags(table)) if "sheet" in table else None,
    )


def _tags(table: Table) -> Tags:
    """What the sheet of a situation is filed under."""
    return Tags.chosen({axis.value: [table[axis.value]] for axis in Axis})


def _content(table: Table, tags: Tags) -> SheetContent:
    answers = tuple(
        Answer(text=row["text"], kind=AnswerKind(row["kind"]), condition=row["condition"]) for row in table["answers"]
    )
    return SheetContent(question=table["question"], answers=answers, tags=tags)


def _collective(table: Table) -> DemoCollective:
    rest = {key: value for key, value in table.items() if key not in ("meeting", "asked")}
    meetings = tuple(_meeting(number, meeting) for number, meeting in enumerate(table["meeting"], 1))
    asked = _record(DemoAsked, table["asked"], dates=_dates(table["asked"])) if "asked" in table else None
    return _record(DemoCollective, rest, meetings=meetings, asked=asked)


def _dates(table: Table) -> tuple[DemoDate, ...]:
    return _records(DemoDate, table["dates"])


def _meeting(number: int, table: Table) -> DemoMeeting:
    sheet = _sheet(table["sheet"]) if "sheet" in table else None
    waiting = _records(DemoWaiting, table.get("waiting", []))
    return _record(DemoMeeting, table, number=number, waiting=waiting, sheet=sheet)


def _sheet(table: Table) -> DemoSheet:
    return _record(
        DemoSheet,
        table,
        status=SheetStatus(table["status"]),
        objections=_records(DemoObjection, table.get("objections", [])),
        remarks=_records(DemoRemark, table.get("remarks", [])),
        again=_record(DemoAgain, table["again"]) if "again" in table else None,
    )


def _check_unique(data: DemoData, people: int, situations: int) -> None:
    if len(data.people) != people or len(data.situations) != situations:
        raise DemoDataError("a person or a situation is written twice")


def _references(data: DemoData) -> Iterator[tuple[str, str, set[str]]]:
    """Every name that stands for something written elsewhere: what it is, the name, the known ones."""
    codes = {territory.code for territory in data.territories}
    for territory in data.territories:
        yield "parent of a territory", territory.parent, codes | {""}
    for person in data.people.values():
        yield "territory of a person", person.territory, codes
    for situation in data.situations.values():
        yield "author of a situation", situation.author, set(data.people) | {""}
    for collective in data.collectives:
        yield "territory of a collective", collective.territory, codes
        for who in (collective.pilot, *collective.members):
            yield "member", who, set(data.people)
        yield from _dates_references(collective)
        for meeting in collective.meetings:
            yield from _meeting_references(meeting, set(collective.members), data)


def _dates_references(collective: DemoCollective) -> Iterator[tuple[str, str, set[str]]]:
    for proposed in collective.asked.dates if collective.asked else ():
        for who, _ in proposed.replies:
            yield "who answers about a date", who, set(collective.members)


def _meeting_references(meeting: DemoMeeting, members: set[str], data: DemoData) -> Iterator[tuple[str, str, set[str]]]:
    situations = set(data.situations)
    for who in meeting.exceptions:
        yield "attendance", who, members
    yield "deputy", meeting.deputy, members | {""}
    yield "situation of a meeting", meeting.situation, situations | {""}
    yield "spare situation", meeting.spare, situations | {""}
    for waiting in meeting.waiting:
        yield "waiting situation", waiting.situation, situations
    if meeting.sheet:
        yield from _sheet_references(meeting.sheet, members, data)


def _sheet_references(sheet: DemoSheet, members: set[str], data: DemoData) -> Iterator[tuple[str, str, set[str]]]:
    inspectors = {who for who, person in data.people.items() if person.role is Role.INSPECTOR}
    yield "who reviewed", sheet.reviewed_by, inspectors | {""}
    yield "who withdrew", sheet.withdrawn_by, members | {""}
    for objection in sheet.objections:
        yield "who objects", objection.by, members
    for remark in sheet.remarks:
        yield "who remarks", remark.by, inspectors
        yield "who answers", remark.answer_by, members | {""}
