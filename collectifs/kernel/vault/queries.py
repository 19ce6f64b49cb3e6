"""What the table of keys holds, and its epochs."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Row, func, select

from collectifs.kernel.extensions import db
from collectifs.kernel.models import DestroyedKey, KeyEpoch, WrappedKey

Wrapped = Row[str, int, bytes]


def wrapped_key(key_id: str) -> tuple[int, bytes] | None:
    """The epoch of a key, and what it wraps; None once it was destroyed."""
    row = db.session.execute(select(WrappedKey.epoch, WrappedKey.wrapped).where(WrappedKey.key_id == key_id)).first()
    return (row.epoch, row.wrapped) if row else None


def wrapped_among(key_ids: Collection[str]) -> Sequence[Wrapped]:
    """Those of these keys that are there."""
    asked = select(WrappedKey.key_id, WrappedKey.epoch, WrappedKey.wrapped).where(WrappedKey.key_id.in_(key_ids))
    return db.session.execute(asked.order_by(WrappedKey.key_id)).all()


def wrapped_ids() -> set[str]:
    """The ids of all keys."""
    return set(db.session.scalars(select(WrappedKey.key_id).order_by(WrappedKey.key_id)))


def has_wrapped(key_id: str) -> bool:
    """Whether a key is there."""
    return db.session.scalar(select(WrappedKey.epoch).where(WrappedKey.key_id == key_id)) is not None


def wrapped_keys(*, after: str, limit: int, before: int | None = None) -> Sequence[Wrapped]:
    """So many keys, in the order of their ids, after one of them; of epochs `before` that one, or of all."""
    asked = select(WrappedKey.key_id, WrappedKey.epoch, WrappedKey.wrapped).where(WrappedKey.key_id > after)
    if before is not None:
        asked = asked.where(WrappedKey.epoch < before)
    return db.session.execute(asked.order_by(WrappedKey.key_id).limit(limit)).all()


def open_epoch() -> int | None:
    """Under which new keys are wrapped; it does not end before this transaction does."""
    asked = select(KeyEpoch.number).where(KeyEpoch.over_at.is_(None)).order_by(KeyEpoch.number.desc()).limit(1)
    return db.session.scalar(asked.with_for_update(read=True))


def current_epoch() -> KeyEpoch | None:
    """The latest epoch."""
    return db.session.scalars(select(KeyEpoch).order_by(KeyEpoch.number.desc()).limit(1)).first()


def unsettled_epoch() -> int | None:
    """One whose rotation did not end."""
    return db.session.scalar(select(KeyEpoch.number).where(KeyEpoch.settled_at.is_(None)).order_by(KeyEpoch.number))


def newest_number() -> int:
    """The number of the latest epoch; 0 before the first."""
    return db.session.scalar(select(func.max(KeyEpoch.number))) or 0


def epochs_over_before(instant: datetime) -> set[int]:
    """The epochs that had ended by then."""
    return set(db.session.scalars(select(KeyEpoch.number).where(KeyEpoch.over_at < instant).order_by(KeyEpoch.number)))


def destroyed_keys() -> list[str]:
    """The keys that were destroyed and that a copy of the database may still hold."""
    return list(db.session.scalars(select(DestroyedKey.key_id).order_by(DestroyedKey.at, DestroyedKey.key_id)))


def epochs_in_use() -> set[int]:
    """The epochs under which a key is wrapped, and the latest."""
    used = db.session.scalars(select(WrappedKey.epoch).distinct().order_by(WrappedKey.epoch))
    return {*used, newest_number()} - {0}
