"""`flask bounce`: reads a mail that came back (RFC 3464) on its standard input, as a mail server pipes it."""

import sys
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message

import click
from flask.cli import with_appcontext

from collectifs import clock
from collectifs.extensions import db
from collectifs.services.addresses import note_returns

LARGEST = 2_000_000


@click.command()
@with_appcontext
def bounce() -> None:
    """Mark the addresses that a returned mail says are dead for good; anything else is left alone.

    The exit code is 0 whatever the mail holds: a mail server would send back what is refused here.
    """
    content = sys.stdin.buffer.read(LARGEST)
    marked = note_returns(dead_addresses(message_from_bytes(content)), now=clock.now())
    db.session.commit()
    click.echo(f"{marked} adresse(s) notée(s)")


def dead_addresses(message: Message) -> Iterator[tuple[str, str]]:
    """The recipients whose delivery failed for good, with the status: 5.x.x; 4.x.x may still arrive."""
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in _blocks(part):
            status = str(block.get("Status", "")).split()[:1]
            if status and status[0].startswith("5."):
                for name in ("Final-Recipient", "Original-Recipient"):
                    address = str(block.get(name, "")).partition(";")[2].strip(" <>\t\r\n")
                    if address:
                        yield address, status[0]


def _blocks(part: Message) -> list[Message]:
    """The fields about the message, then those about each recipient."""
    payload = part.get_payload()
    return [block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []
