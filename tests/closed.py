"""Sealed texts that do not open any more: a bit of their key, or of their own bytes, is another."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from collectifs.across.queries.samples import sealed_columns
from collectifs.kernel.extensions import db
from collectifs.kernel.models import SealedText

Fault = Callable[[Flask], AbstractContextManager[None]]


def flip(sealed: bytes) -> bytes:
    """The same bytes, one bit apart."""
    return sealed[:-1] + bytes([sealed[-1] ^ 1])


@contextmanager
def keys_flipped(app: Flask) -> Iterator[None]:
    """Each key file is a bit apart."""
    kept = {file: file.read_bytes() for file in app.extensions["settings"].keys_dir.glob("*.key")}
    for file, wrapped in kept.items():
        file.write_bytes(flip(wrapped))
    app.extensions["vault"]._cache.clear()
    yield
    for file, wrapped in kept.items():
        file.write_bytes(wrapped)


@contextmanager
def texts_altered(_app: Flask) -> Iterator[None]:
    """Each sealed text is a bit apart; the test's database is taken back by whoever lent it."""
    alter(sealed_columns())
    yield


def alter(columns: Iterable[Any]) -> None:
    """Alter every text of these columns."""
    for column in columns:
        table, sealed = column.class_.__table__, column.property.columns[0]
        for row_id, text in db.session.execute(select(table.c.id, sealed).where(sealed.is_not(None))).all():
            if text:
                db.session.execute(update(table).where(table.c.id == row_id).values({sealed: SealedText(flip(text))}))
    db.session.commit()
