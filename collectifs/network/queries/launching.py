"""What a programme may be launched from, what its series was in numbers, and launches under way."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from collectifs.campaign.models.calls import Call
from collectifs.campaign.queries.calls import COMPOSES, CallAccess
from collectifs.collectives.models import Collective, Meeting
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.canvas import DEFAULT_CANVAS, library
from collectifs.network.domain.launching import LEAST_COLLECTIVES, Progress, SeriesSeen, Step
from collectifs.network.models import Launch
from collectifs.network.queries.directory import ProgrammeFacts, get_programme
from collectifs.people.models import Territory
from collectifs.people.queries.contacts import contact_for, scheme_of


@dataclass(frozen=True)
class LaunchAccess:
    """A launch with its programme, where it comes from, its call once its days are said."""

    launch: Launch
    programme: ProgrammeFacts
    source: Territory
    call: Call | None
    progress: Progress

    @property
    def id(self) -> UUID:
        """The id of the launch."""
        return self.launch.id

    @property
    def territory_id(self) -> UUID:
        """Where it is managed."""
        return self.programme.territory_id

    @property
    def series(self) -> SeriesSeen | None:
        """What the series was, where it may be said."""
        row = self.launch
        numbers = (row.meetings, row.minutes, row.first_month, row.last_month)
        return SeriesSeen(*numbers) if None not in numbers else None  # type: ignore[arg-type]


def published_calls() -> list[CallAccess]:
    """The last published call of each territory, by its name: its words are everybody's already."""
    query = select(Call, Territory).join(Territory, Territory.id == Call.territory_id)
    rows = db.session.execute(query.where(Call.published_at.is_not(None), COMPOSES).order_by(Call.season, Call.id))
    latest = {territory.id: CallAccess(call, territory) for call, territory in rows}
    return sorted(latest.values(), key=lambda each: (each.territory.name, str(each.id)))


def series_seen(territory: Territory, season: int) -> SeriesSeen | None:
    """The usual number and length of meetings of a season, and its months; nothing where collectives are few."""
    query = select(Meeting.collective_id, Meeting.starts_at, Meeting.ends_at)
    here = query.join(Collective, Collective.id == Meeting.collective_id).where(
        Collective.territory_id == territory.id, Collective.season == season, Meeting.cancelled_at.is_(None)
    )
    zone, by_collective = ZoneInfo(territory.timezone), defaultdict(list)
    for collective_id, starts_at, ends_at in db.session.execute(here.order_by(Meeting.starts_at)):
        by_collective[collective_id].append((starts_at.astimezone(zone), ends_at - starts_at))
    if len(by_collective) < LEAST_COLLECTIVES:
        return None
    minutes = Counter(int(length.total_seconds() // 60) for each in by_collective.values() for _, length in each)
    first = Counter(each[0][0].month for each in by_collective.values())
    last = Counter(each[-1][0].month for each in by_collective.values())
    many = Counter(map(len, by_collective.values()))
    return SeriesSeen(*(each.most_common(1)[0][0] for each in (many, minutes, first, last)))


def canvases_seen(territory_id: UUID, season: int) -> list[str]:
    """Canvases of the library that collectives of a season work by; the usual one where collectives are few."""
    query = select(Collective.canvas_id).where(Collective.territory_id == territory_id, Collective.season == season)
    used = list(db.session.scalars(query.order_by(Collective.canvas_id)))
    found = {each or DEFAULT_CANVAS for each in used} if len(used) >= LEAST_COLLECTIVES else {DEFAULT_CANVAS}
    return sorted(found & set(library()))


@dataclass(frozen=True)
class CollectiveSource:
    """A collective that met, of this season or the one before: what may be taken over of it."""

    collective: Collective
    territory: Territory
    meetings: tuple[tuple[datetime, datetime], ...]

    @property
    def id(self) -> UUID:
        """The id of the collective."""
        return self.collective.id


def collectives_that_met(territory_ids: Iterable[UUID], season: int, now: datetime) -> list[CollectiveSource]:
    """Of some territories, this season and the one before, the latest season first: those that met once at least."""
    query = select(Collective, Territory, Meeting.starts_at, Meeting.ends_at)
    query = query.join(Territory, Territory.id == Collective.territory_id)
    here = query.join(Meeting, Meeting.collective_id == Collective.id).where(
        Collective.territory_id.in_(list(territory_ids)),
        Collective.season.in_((season, season - 1)),
        Meeting.cancelled_at.is_(None),
    )
    order = (Collective.season.desc(), Collective.name, Collective.id, Meeting.starts_at)
    found: dict[UUID, tuple[Collective, Territory]] = {}
    meetings: dict[UUID, list[tuple[datetime, datetime]]] = defaultdict(list)
    for collective, territory, starts_at, ends_at in db.session.execute(here.order_by(*order)):
        zone = ZoneInfo(territory.timezone)
        found[collective.id] = (collective, territory)
        meetings[collective.id].append((starts_at.astimezone(zone), ends_at.astimezone(zone)))
    return [CollectiveSource(*rows, tuple(meetings[id_])) for id_, rows in found.items() if meetings[id_][0][1] <= now]


def get_launch(launch_id: UUID) -> LaunchAccess | None:
    """One launch."""
    row = db.session.get(Launch, launch_id)
    programme = get_programme(row.programme_id) if row else None
    if row is None or programme is None:
        return None
    call = db.session.get(Call, row.call_id) if row.call_id else None
    source = db.session.get_one(Territory, row.source_id)
    return LaunchAccess(row, programme, source, call, _progress(programme, call))


def _progress(programme: ProgrammeFacts, call: Call | None) -> Progress:
    scheme = scheme_of(programme.territory_id)
    known = {
        Step.NAME: True,
        Step.CONTACT: contact_for(programme.territory_id) is not None,
        Step.DAYS: call is not None,
        Step.PAPERS: bool(scheme.number or scheme.module),
        Step.RELAY: bool(programme.relays),
        Step.OPENING: call is not None and call.published_at is not None,
    }
    return Progress(frozenset(each for each, is_done in known.items() if is_done))


def launches_on(territory_ids: Iterable[UUID]) -> list[LaunchAccess]:
    """The launches of some territories, the latest first."""
    query = select(Launch.id).where(Launch.territory_id.in_(list(territory_ids)))
    found = map(get_launch, db.session.scalars(query.order_by(Launch.made_at.desc(), Launch.id)).all())
    return [each for each in found if each is not None]
