"""A manager launches a programme from one that works: one act takes everything over but people, contents and dates."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from collectifs.campaign.models.calls import Call
from collectifs.campaign.queries.calls import CallAccess
from collectifs.campaign.services.calls import CallWords, create_call, publish_call
from collectifs.kernel.audit import record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.network.domain.directory import Audience
from collectifs.network.domain.launching import Step, check_may_open
from collectifs.network.models import Launch
from collectifs.network.queries.launching import LaunchAccess, canvases_seen, series_seen
from collectifs.network.services.directory import ProgrammeWords, add_programme, erase_programme
from collectifs.people.domain.person import Person
from collectifs.people.domain.scheme import Scheme
from collectifs.people.models import Territory
from collectifs.people.queries.contacts import scheme_told
from collectifs.people.services.statuses import set_scheme

ABOUT = "Des collectifs d’environ huit personnes, qui se retrouvent quatre ou cinq fois dans l’année."
TEXTS = ("title", "incitation", "prerequisites", "process")
DAYS = ("opens_on", "closes_on", "answers_on", "meets_on")


@dataclass(frozen=True)
class CallDays:
    """The days of a call."""

    opens_on: date
    closes_on: date
    answers_on: date
    meets_on: date | None = None


def launch_programme(territory: Territory, source: CallAccess, name: str, *, now: datetime, by: Person) -> Launch:
    """Words of the call, series, canvases and the columns of papers; no person, no content, no date."""
    former, series = source.call, series_seen(source.territory, source.call.season)
    words = ProgrammeWords(name, Audience.BEGINNERS, ABOUT, territory.name)
    programme = add_programme(territory, words, now=now, by=by)
    row = Launch(id=uuid4(), territory_id=territory.id, programme_id=programme.id, source_id=source.territory.id)
    row.made_at, row.days = now, [_iso(getattr(former, each)) for each in DAYS]
    for each in TEXTS:
        setattr(row, each, getattr(former, each))
    if series is not None:
        for key, value in vars(series).items():
            setattr(row, key, value)
    row.canvases = canvases_seen(source.territory.id, former.season)
    _take_papers(territory, source.territory, by)
    db.session.add(row)
    db.session.flush()
    record("programme_launched", row, by=by)
    return row


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _take_papers(territory: Territory, source: Territory, by: Person) -> None:
    """How papers are headed and which columns leave; numbers are a territory's own, and what it said stays."""
    told, theirs = scheme_told(territory), scheme_told(source)
    if territory.id == source.id:
        return
    if not told.title and theirs.title:
        set_scheme(territory, Scheme(theirs.title, told.organizer, told.number, told.module), by=by)
    if not territory.convocation_columns:
        territory.convocation_columns = [dict(each) for each in source.convocation_columns]


def give_days(found: LaunchAccess, days: CallDays, *, now: datetime, by: Person) -> Call:
    """The call exists from now on, with the words that were taken over; nobody reads it before it is opened."""
    if found.call is not None:
        raise RuleBroken("Les dates sont déjà dites : modifiez l’appel.", "opens_on")
    if days.opens_on < now.date():
        raise RuleBroken("Ce jour est passé.", "opens_on")
    said: dict[str, Any] = vars(days) | {each: getattr(found.launch, each) for each in TEXTS}
    row = create_call(found.programme.territory, CallWords(**said), by=by)
    found.launch.call_id = row.id
    return row


def open_launched_call(found: LaunchAccess, *, now: datetime, by: Person) -> None:
    """The last click: from now on anybody reads the call."""
    check_may_open(found.progress)
    if found.call is not None:
        publish_call(found.call, now=now, by=by)


def drop_launch(found: LaunchAccess, *, by: Person) -> None:
    """A blank page again: the launch, its programme and its call, while nobody has read it."""
    if Step.OPENING in found.progress.done:
        raise RuleBroken("L’appel est ouvert : des personnes l’ont peut-être lu, il ne s’efface plus d’ici.")
    record("launch_dropped", found.launch, by=by)
    db.session.delete(found.launch)
    db.session.flush()
    erase_programme(found.programme.programme, found.programme.relays)
    if found.call is not None:
        db.session.delete(found.call)
