"""Somebody writes to the relays of a programme or of a territory: sealed until it leaves, counted without its text."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from collectifs.kernel.audit import ask, record
from collectifs.kernel.extensions import db
from collectifs.kernel.models import ERASED
from collectifs.kernel.vault import make_key
from collectifs.kernel.vault.texts import seal_text
from collectifs.kernel.work import DestroyKey
from collectifs.network.domain.directory import Sent, check_may_write
from collectifs.network.domain.work import MailRelayMessage
from collectifs.network.models import RelayMessage
from collectifs.network.queries.directory import Desk, OpenedMessage
from collectifs.people.queries.people import failures_since
from collectifs.people.services.sign_in import note_failure

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Sending:
    """How a form came: keyed hashes of the address, the machine and the addressees; how long it took; the trap."""

    by_address: bytes
    by_machine: bytes
    to_them: bytes
    took: timedelta | None
    trap: str = ""

    @property
    def counted(self) -> tuple[bytes, bytes, bytes]:
        """What each message counts against."""
        return (self.by_address, self.by_machine, self.to_them)


def write_to_relays(desk: Desk, words: OpenedMessage, sending: Sending, *, now: datetime) -> None:
    """One mail to each relay; nobody else reads it, and its words are gone from here once it has left."""
    sent = Sent(*(failures_since(each, now - DAY) for each in sending.counted))
    check_may_write(sent, took=sending.took, trap=sending.trap)
    note_failure(sending.counted, now=now)
    for relay in desk.relays:
        row = RelayMessage(id=uuid4(), relay_id=relay.id, key_id=make_key(), written_at=now)
        seal_text(row, RelayMessage.body, json.dumps(vars(words), ensure_ascii=False))
        db.session.add(row)
        db.session.flush()
        ask(MailRelayMessage(row.id))
        record("relay_message_written", row, by=None)


def note_sent(row: RelayMessage, *, now: datetime) -> None:
    """It has left: its words and its key go, its instants stay."""
    row.sent_at = now
    erase_message(row)


def erase_message(row: RelayMessage) -> None:
    """Words and key."""
    row.body = ERASED
    ask(DestroyKey(row.key_id))
