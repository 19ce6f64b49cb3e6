"""Programmes and their relays: those of everybody's page, those of a manager, what a link opens."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select

from collectifs.kernel.extensions import db
from collectifs.kernel.seasons import season_of
from collectifs.kernel.vault.texts import open_text
from collectifs.network.domain.directory import Audience, ProgrammeState, is_found, is_over, state_of_programme
from collectifs.network.models import Programme, Relay, RelayLink, RelayMessage
from collectifs.people.models import Territory
from collectifs.people.queries.people import hashed


@dataclass(frozen=True)
class ProgrammeFacts:
    """A programme with its territory and its relays, in the order in which they were named."""

    programme: Programme
    territory: Territory
    relays: tuple[Relay, ...] = ()

    @property
    def id(self) -> UUID:
        """The id of the programme."""
        return self.programme.id

    @property
    def territory_id(self) -> UUID:
        """Where it is managed."""
        return self.territory.id

    def state(self, today: date) -> ProgrammeState:
        """Where its line stands."""
        return state_of_programme(self.programme.confirmed_season, today)

    def is_listed(self, today: date) -> bool:
        """Whether everybody reads it."""
        season = self.programme.confirmed_season
        return season is not None and not is_over(season, today)

    def named(self, today: date) -> list[Relay]:
        """Whom everybody reads as its relays: they said yes, for this season."""
        return named(self.relays, today)


@dataclass(frozen=True)
class Region:
    """A territory in everybody's page: who answers for all of it, and its programmes by name."""

    territory: Territory
    relays: tuple[Relay, ...]
    programmes: tuple[ProgrammeFacts, ...]


@dataclass(frozen=True)
class RelayAccess:
    """A relay with their territory and, unless they answer for all of it, their programme."""

    relay: Relay
    territory: Territory
    programme: Programme | None

    @property
    def territory_id(self) -> UUID:
        """Where it is managed."""
        return self.territory.id


@dataclass(frozen=True)
class Desk:
    """To whom a message goes: the relays of a programme, or those of a territory (`programme_id` is None)."""

    name: str
    territory: Territory
    programme_id: UUID | None
    relays: tuple[Relay, ...]
    is_grey: bool = False


@dataclass(frozen=True)
class OpenedMessage:
    """Who writes, where the answer goes, what they say."""

    name: str
    address: str
    text: str


def named(relays: Iterable[Relay], today: date) -> list[Relay]:
    """Those who said yes, for this season or the next."""
    return [each for each in relays if each.agreed_at is not None and each.season >= season_of(today)]


def directory(today: date, words: str = "", audience: Audience | None = None) -> list[Region]:
    """What everybody reads, région by région; with `words` or an audience, only what answers them."""
    found: dict[UUID, list[ProgrammeFacts]] = defaultdict(list)
    for each in _programmes():
        if each.is_listed(today) and _answers(each, words, audience):
            found[each.territory_id].append(each)
    relays = _relays_by_territory(today) if not words and audience is None else {}
    ids = {*found, *relays}
    places = select(Territory).where(Territory.id.in_(ids)).order_by(Territory.name, Territory.id)
    rows = db.session.scalars(places)
    return [Region(each, tuple(relays.get(each.id, ())), tuple(found.get(each.id, ()))) for each in rows]


def _answers(each: ProgrammeFacts, words: str, audience: Audience | None) -> bool:
    row = each.programme
    texts = (row.name, row.about, row.places, each.territory.name, row.audience.label)
    return is_found(words, texts) and (audience is None or row.audience is audience)


def _relays_by_territory(today: date) -> dict[UUID, list[Relay]]:
    found: dict[UUID, list[Relay]] = defaultdict(list)
    query = select(Relay).where(Relay.programme_id.is_(None)).order_by(Relay.named_at, Relay.id)
    for each in named(db.session.scalars(query), today):
        found[each.territory_id].append(each)
    return found


def programmes_on(territory_ids: Iterable[UUID]) -> list[ProgrammeFacts]:
    """The programmes of some territories, listed or not."""
    return _programmes(Programme.territory_id.in_(list(territory_ids)))


def get_programme(programme_id: UUID) -> ProgrammeFacts | None:
    """One programme."""
    return next(iter(_programmes(Programme.id == programme_id)), None)


def _programmes(*which: ColumnElement[bool]) -> list[ProgrammeFacts]:
    query = select(Programme, Territory).join(Territory, Territory.id == Programme.territory_id).where(*which)
    rows = db.session.execute(query.order_by(Territory.name, Programme.name, Programme.id)).all()
    ids = select(Programme.id).where(*which)
    relays: dict[UUID | None, list[Relay]] = defaultdict(list)
    in_order = select(Relay).where(Relay.programme_id.in_(ids)).order_by(Relay.named_at, Relay.id)
    for each in db.session.scalars(in_order):
        relays[each.programme_id].append(each)
    return [ProgrammeFacts(row, territory, tuple(relays[row.id])) for row, territory in rows]


def relays_of_territory(territory_id: UUID) -> list[Relay]:
    """Who answers for all of a territory, in the order in which they were named."""
    query = select(Relay).where(Relay.territory_id == territory_id, Relay.programme_id.is_(None))
    return list(db.session.scalars(query.order_by(Relay.named_at, Relay.id)))


def get_relay(relay_id: UUID) -> RelayAccess | None:
    """One relay."""
    row = db.session.get(Relay, relay_id)
    if row is None:
        return None
    programme = db.session.get(Programme, row.programme_id) if row.programme_id else None
    return RelayAccess(row, db.session.get_one(Territory, row.territory_id), programme)


def relay_for_token(token: str, today: date) -> RelayAccess | None:
    """What a link opens, unless its relay has been silent for a whole season."""
    query = select(Relay).join(RelayLink, RelayLink.relay_id == Relay.id).where(RelayLink.token_hash == hashed(token))
    row = db.session.scalars(query).first()
    return get_relay(row.id) if row is not None and not is_over(row.season, today) else None


def desk_of_programme(programme_id: UUID, today: date) -> Desk | None:
    """Who reads a message to a programme: its relays or, when it is grey, those who answered for it before."""
    found = get_programme(programme_id)
    if found is None or not found.is_listed(today):
        return None
    relays = found.named(today) or [each for each in found.relays if each.agreed_at and not is_over(each.season, today)]
    is_grey = found.state(today) is ProgrammeState.GREY
    return Desk(found.programme.name, found.territory, found.id, tuple(relays), is_grey) if relays else None


def desk_of_territory(territory_id: UUID, today: date) -> Desk | None:
    """Who reads a message to a territory."""
    territory = db.session.get(Territory, territory_id)
    relays = named(relays_of_territory(territory_id), today)
    return Desk(territory.name, territory, None, tuple(relays)) if territory and relays else None


def relays_at(address: str) -> list[Relay]:
    """Those at an address, the oldest first."""
    query = select(Relay).where(Relay.address == address)
    return list(db.session.scalars(query.order_by(Relay.named_at, Relay.id)))


def relays_to_ask(season: int) -> list[Relay]:
    """Who answers for a season and was not asked about the next one."""
    query = select(Relay).where(Relay.season == season, Relay.agreed_at.is_not(None), Relay.asked_at.is_(None))
    return list(db.session.scalars(query.order_by(Relay.id)))


def relays_to_remind(season: int) -> list[Relay]:
    """Who answered for a season that is over, and was not reminded."""
    query = select(Relay).where(Relay.season == season, Relay.agreed_at.is_not(None), Relay.reminded_at.is_(None))
    return list(db.session.scalars(query.order_by(Relay.id)))


def programmes_before(season: int) -> list[Programme]:
    """Those that nobody confirmed for a season nor after it."""
    last = func.coalesce(Programme.confirmed_season, Programme.season)
    return list(db.session.scalars(select(Programme).where(last < season).order_by(Programme.id)))


def relays_before(season: int) -> list[Relay]:
    """Those who answer for nothing since before a season."""
    return list(db.session.scalars(select(Relay).where(Relay.season < season).order_by(Relay.id)))


def get_relay_message(message_id: UUID) -> RelayMessage | None:
    """One message."""
    return db.session.get(RelayMessage, message_id)


def open_message(row: RelayMessage) -> OpenedMessage:
    """What the mail says. Raises Perished, once it has left too."""
    return OpenedMessage(**json.loads(open_text(row, RelayMessage.body)))


def unsent_messages(*which: ColumnElement[bool]) -> list[RelayMessage]:
    """Those that have not left."""
    query = select(RelayMessage).where(RelayMessage.sent_at.is_(None), *which)
    return list(db.session.scalars(query.order_by(RelayMessage.written_at, RelayMessage.id)))


def messages_received(relay_ids: Iterable[UUID]) -> int:
    """How many messages left to some relays."""
    query = select(func.count()).select_from(RelayMessage)
    mine = query.where(RelayMessage.relay_id.in_(list(relay_ids)), RelayMessage.sent_at.is_not(None))
    return db.session.scalar(mine) or 0


def ids_of_messages_before(instant: datetime) -> Select[UUID]:
    """Messages written before an instant: their ids, for a condition."""
    return select(RelayMessage.id).where(RelayMessage.written_at < instant)
