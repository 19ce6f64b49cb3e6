"""Keys of rows that a page has read: the first one that is wanted brings all of them, in one question (KEYS=table)."""

from collections.abc import Iterable

from sqlalchemy import event
from sqlalchemy.orm import QueryContext, Session

from collectifs.kernel.extensions import db, is_only_reading
from collectifs.kernel.models import HasKey

READ = "keys_of_rows_read"


def take_ids(wanted: str, most: int) -> list[str]:
    """This key, and those of the rows that this transaction has read and nobody has asked for; at most so many.

    Whoever writes asks for what it needs alone: it relies on each row that it reads.
    """
    noted: set[str] = db.session.info.get(READ, set())
    if wanted not in noted or not is_only_reading():
        return [wanted]
    noted.discard(wanted)
    return [wanted, *(noted.pop() for _ in range(min(len(noted), most - 1)))]


def note_keys(key_ids: Iterable[str]) -> None:
    """Columns alone were read, of rows that are sealed under these keys."""
    db.session.info.setdefault(READ, set()).update(key_ids)


@event.listens_for(HasKey, "load", propagate=True)
def _note(row: HasKey, context: QueryContext | None) -> None:
    key_id: str | None = row.__dict__.get("key_id")  # a column may have been left out
    if key_id and context is not None:
        context.session.info.setdefault(READ, set()).add(key_id)


@event.listens_for(db.session, "after_commit")
@event.listens_for(db.session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(READ, None)
