"""Who keeps the directory: a manager writes a programme and names its relays; a relay says yes, mends, leaves."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import delete

from collectifs.kernel.audit import ask, record
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.seasons import season_of
from collectifs.kernel.work import DestroyKey
from collectifs.network.domain.directory import Audience, check_relay, season_confirmed
from collectifs.network.domain.work import MailRelayAsked, MailRelayNamed
from collectifs.network.models import Programme, Relay, RelayLink, RelayMessage
from collectifs.network.queries.directory import (
    ProgrammeFacts,
    RelayAccess,
    relays_of_territory,
    relays_to_ask,
    relays_to_remind,
    unsent_messages,
)
from collectifs.people.domain.people import check_name, normal_address
from collectifs.people.domain.person import Person
from collectifs.people.models import Territory
from collectifs.people.queries.people import hashed


@dataclass(frozen=True)
class ProgrammeWords:
    """What a programme says of itself."""

    name: str
    audience: Audience
    about: str = ""
    places: str = ""


@dataclass(frozen=True)
class RelayWords:
    """Who is named."""

    given_name: str
    family_name: str
    address: str


def add_programme(territory: Territory, words: ProgrammeWords, *, now: datetime, by: Person) -> Programme:
    """A line that nobody else reads before a relay has said that it is right."""
    row = Programme(id=uuid4(), territory_id=territory.id, season=season_of(now.date()), made_at=now)
    _write(row, words)
    db.session.add(row)
    db.session.flush()
    record("programme_added", row, by=by)
    return row


def change_programme(row: Programme, words: ProgrammeWords, *, by: Person | None) -> None:
    """Its words; by its manager, or by a relay, who has no account."""
    _write(row, words)
    record("programme_changed", row, by=by)


def _write(row: Programme, words: ProgrammeWords) -> None:
    for name, value in vars(words).items():
        setattr(row, name, value)


def remove_programme(found: ProgrammeFacts, *, by: Person) -> None:
    """It is gone at once, its relays and what they had not received yet with it."""
    record("programme_removed", found.programme, by=by)
    erase_programme(found.programme, found.relays)


def erase_programme(row: Programme, relays: tuple[Relay, ...]) -> None:
    """The line, and its relays before it."""
    for each in relays:
        erase_relay(each)
    db.session.flush()
    db.session.delete(row)


def name_relay(
    territory: Territory, programme: ProgrammeFacts | None, words: RelayWords, *, now: datetime, by: Person
) -> Relay:
    """Ask somebody to answer for a programme, or for all of a territory; their name is public once they say yes."""
    others = programme.relays if programme else tuple(relays_of_territory(territory.id))
    check_relay(len(others))
    check_name(words.given_name, words.family_name)
    address = normal_address(words.address)
    if any(each.address == address for each in others):
        raise RuleBroken("Cette adresse est déjà celle d’un relais.", "address")
    row = Relay(id=uuid4(), territory_id=territory.id, programme_id=programme.id if programme else None)
    row.given_name, row.family_name, row.address = words.given_name, words.family_name, address
    row.season, row.named_at = season_confirmed(now.date()), now
    db.session.add(row)
    db.session.flush()
    ask(MailRelayNamed(row.id))
    record("relay_named", row, by=by)
    return row


def send_link_again(found: RelayAccess, *, by: Person) -> None:
    """Their link by mail once more: what it says depends on whether they said yes."""
    ask(MailRelayNamed(found.relay.id))
    record("relay_link_sent", found.relay, by=by)


def end_relay(found: RelayAccess, *, by: Person | None) -> None:
    """They answer no more, as they or their manager want it: nothing of them is kept."""
    record("relay_ended", found.relay, by=by)
    erase_relay(found.relay)


def erase_relay(row: Relay) -> None:
    """Name, address and links; a message that has not left is destroyed with its key."""
    for each in unsent_messages(RelayMessage.relay_id == row.id):
        ask(DestroyKey(each.key_id))
    for table in (RelayMessage, RelayLink):
        db.session.execute(delete(table).where(table.relay_id == row.id))
    db.session.delete(row)


def confirm_relay(found: RelayAccess, *, now: datetime) -> int:
    """Their yes: the line is right and they answer for it. Returns for which season; done twice, it stands."""
    row, season = found.relay, season_confirmed(now.date())
    row.agreed_at, row.season, row.asked_at, row.reminded_at = row.agreed_at or now, season, None, None
    if found.programme is not None:
        found.programme.confirmed_season, found.programme.confirmed_at = season, now
    record("relay_confirmed", row, by=None)
    return season


def mint_relay_link(relay_id: UUID, *, now: datetime) -> str:
    """A token for one mail; the worker asks for it as the mail goes."""
    token = secrets.token_urlsafe(32)
    db.session.add(RelayLink(id=uuid4(), relay_id=relay_id, token_hash=hashed(token), minted_at=now))
    return token


def follow_relays(*, now: datetime) -> None:
    """From June on each relay is asked about the season to come, once; reminded once when it has begun without them."""
    today: date = now.date()
    season = season_of(today)
    if season_confirmed(today) > season:
        for each in relays_to_ask(season):
            each.asked_at = now
            ask(MailRelayAsked(each.id))
    for each in relays_to_remind(season - 1):
        each.reminded_at = now
        ask(MailRelayAsked(each.id))
