"""What ends of the directory: what nobody confirms any more, messages of a past season or that never left."""

from datetime import date, datetime, time

from sqlalchemy import delete

from collectifs.kernel.extensions import db
from collectifs.kernel.seasons import season_of
from collectifs.network.domain.directory import MESSAGE_KEPT
from collectifs.network.models import RelayMessage
from collectifs.network.queries.directory import (
    get_programme,
    ids_of_messages_before,
    programmes_before,
    relays_at,
    relays_before,
    unsent_messages,
)
from collectifs.network.services.directory import erase_programme, erase_relay
from collectifs.network.services.writing import erase_message


def forget_directory(*, now: datetime) -> None:
    """Programmes and relays that nobody confirmed for a whole season; messages of a past one, or that never left."""
    season = season_of(now.date())
    for row in programmes_before(season - 1):
        found = get_programme(row.id)
        erase_programme(row, found.relays if found else ())
    db.session.flush()
    for relay in relays_before(season - 1):
        erase_relay(relay)
    for message in unsent_messages(RelayMessage.written_at <= now - MESSAGE_KEPT, RelayMessage.body != b""):
        erase_message(message)
    began = datetime.combine(date(season, 9, 1), time(), now.tzinfo)
    db.session.execute(delete(RelayMessage).where(RelayMessage.id.in_(ids_of_messages_before(began))))


def forget_relays_at(address: str) -> None:
    """Somebody erases their account: what they answered for by its address goes with it."""
    for row in relays_at(address):
        erase_relay(row)
