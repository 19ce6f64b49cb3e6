"""`flask bounce`: reads a mail that came back (RFC 3464) on its standard input, as a mail server pipes it."""

import re
import sys
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.mail.refusals import is_dead, status_in
from collectifs.people.services.addresses import note_delays, note_returns

LARGEST = 2_000_000
TRY_LATER = 75  # EX_TEMPFAIL: the mail server keeps the report, and pipes it again
NO_REASON = "5.0.0"
RECIPIENTS = ("final-recipient", "original-recipient")
ADDRESS = re.compile(r"[^\s<>;,\"()]+@[^\s<>;,\"()]+")

Block = list[tuple[str, str]]


@click.command()
@with_appcontext
def bounce() -> None:
    """Mark the addresses that a returned mail says are dead for good, note why others did not get theirs.

    The exit code is 0 whatever the mail holds: a mail server would send back what is refused here. When the database
    is away it is 75: the mail server keeps the report.
    """
    content = sys.stdin.buffer.read(LARGEST)
    try:
        failed, now = list(failed_deliveries(message_from_bytes(content))), clock.now()
        noted = note_returns([each for each in failed if is_dead(each[1])], now=now)
        noted += note_delays([each for each in failed if not is_dead(each[1])], now=now)
        db.session.commit()
    except (SQLAlchemyError, OSError) as error:
        click.echo(f"Base de données indisponible ({type(error).__name__}) : le retour sera relu plus tard.", err=True)
        sys.exit(TRY_LATER)
    click.echo(f"{noted} adresse(s) notée(s)")


def failed_deliveries(message: Message) -> Iterator[tuple[str, str]]:
    """The recipients of what failed, with the status that says why. Reports attached to a mail tell nothing of us."""
    if message.get_content_type() != "multipart/report":
        return
    for part in _parts(message):
        if part.get_content_type() == "message/delivery-status":
            for block in _recipients(part):
                yield from _failed_in(block)


def _failed_in(block: Block) -> Iterator[tuple[str, str]]:
    """The addresses of one recipient, when its delivery failed and a status says why."""
    fields = dict(reversed(block))
    action, status = fields.get("action", "failed").strip().lower(), status_in(fields.get("status", ""))
    if status == NO_REASON:
        status = status_in(fields.get("diagnostic-code", ""))
    if action != "failed" or status in ("", NO_REASON):
        return
    for name, value in block:
        if name in RECIPIENTS and (found := ADDRESS.search(value)):
            yield found[0], status


def _recipients(part: Message) -> Iterator[Block]:
    """The fields about each recipient, even when several were written without a line between them."""
    for fields in _parts(part):
        block: Block = []
        for name, value in fields.items():
            if name.lower() in RECIPIENTS and _is_told(block, name.lower()):
                yield block
                block = []
            block.append((name.lower(), str(value)))
        yield block


def _is_told(block: Block, name: str) -> bool:
    """Whether a block knows this recipient already, or has said what became of one: the next one begins."""
    names = {each for each, _ in block}
    return name in names or bool(names & {"action", "status"})


def _parts(message: Message) -> list[Message]:
    payload = message.get_payload()
    return [part for part in payload if isinstance(part, Message)] if isinstance(payload, list) else []
