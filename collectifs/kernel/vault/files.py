"""A file that was made apart: sealed as base64, opened as it was."""

import base64
from datetime import datetime

from collectifs.kernel.models import MadeApart
from collectifs.kernel.vault import Perished, Tampered
from collectifs.kernel.vault.texts import open_text, seal_text


def seal_file(row: MadeApart, content: bytes, *, now: datetime) -> None:
    """Seal what was made; its days begin."""
    seal_text(row, type(row).body, base64.b64encode(content).decode())
    row.ready_at, row.progress = now, 100


def file_bytes(row: MadeApart) -> bytes | None:
    """The file as it was made; None before, once it has perished, and where it no longer opens."""
    try:
        return base64.b64decode(open_text(row, type(row).body))
    except (Perished, Tampered):
        return None
