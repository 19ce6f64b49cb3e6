"""The demonstration's mails: nothing is sent, each is a file in the data folder, read in the browser."""

import os
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import Message
from email.utils import parsedate_to_datetime
from functools import lru_cache
from pathlib import Path
from uuid import UUID, uuid4

from collectifs.kernel.mail.plain import unfolded


@dataclass(frozen=True)
class KeptMail:
    """A mail of the demonstration, as its reader would see it."""

    id: UUID
    to: str
    subject: str
    sent_at: datetime
    text: str
    page: str


def keep(message: Message, folder: Path) -> UUID:
    """Write a message into the outbox, in one step."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    mail_id = uuid4()
    draft = folder / f"{mail_id}.tmp"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(message.as_bytes())
    draft.replace(folder / f"{mail_id}.eml")
    return mail_id


def kept_mails(folder: Path) -> list[KeptMail]:
    """Every mail of the outbox, the newest first."""
    files = sorted(folder.glob("*.eml"), key=lambda file: (file.stat().st_mtime_ns, file.name), reverse=True)
    return [_read(file) for file in files]


def kept_mail(mail_id: UUID, folder: Path) -> KeptMail | None:
    """One mail of the outbox."""
    file = folder / f"{mail_id}.eml"
    return _read(file) if file.is_file() else None


@lru_cache(256)
def _read(file: Path) -> KeptMail:
    """A mail, which is written once and never changes: one page shows them all."""
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    body, page = message.get_body(("plain",)), message.get_body(("html",))
    return KeptMail(
        id=UUID(file.stem),
        to=str(message["To"]),
        subject=str(message["Subject"]),
        sent_at=parsedate_to_datetime(str(message["Date"])),
        text=unfolded(body.get_content()) if body is not None else "",
        page=page.get_content().replace("\r\n", "\n") if page is not None else "",
    )
