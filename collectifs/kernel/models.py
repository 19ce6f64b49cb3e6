"""Tables of the installation itself, and what all tables share: ids, instants in UTC, sealed columns.

Jobs are work that outlives a request: that table is the truth, the queue only carries ids. The audit says what was
done, by whom when that may be known, to what: ids only, never a text.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from enum import Enum as PythonEnum
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import JSON, DateTime, Dialect, Enum, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, validates
from sqlalchemy.types import TypeDecorator

from collectifs.kernel.extensions import Base
from collectifs.kernel.ids import KEPT
from collectifs.kernel.work import Pace


class SealedText(bytes):
    """A text as the vault sealed it for one column of one row, or as it comes back from there."""

    __slots__ = ()


ERASED = SealedText()


class SealedColumn(TypeDecorator[SealedText]):
    """A column of sealed texts: it takes what the vault sealed, or nothing; never a text in clear."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """To the database. Raises TypeError."""
        if value and not isinstance(value, SealedText):
            raise TypeError("a sealed column takes what seal_text() made")
        return None if value is None else bytes(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> SealedText | None:
        """From the database."""
        return None if value is None else SealedText(value)


Row = TypeVar("Row", bound=Base)


def row_of(table: type[Row], values: Mapping[Any, Any] | Iterable[tuple[str, Any]]) -> Row:
    """A row with these columns that no session knows: nothing that is set on it is written, nor asked when it lacks."""
    row: Row = table.__mapper__.class_manager.new_instance()
    row.__dict__.update(values)
    return row


Sealed = Annotated[SealedText, mapped_column(SealedColumn)]
KeyId = Annotated[str, mapped_column(String(32))]


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, stored in UTC; naive ones are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database: UTC, naive on SQLite."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """From the database: aware, in UTC. SQLite keeps it as words, and those read again are not read anew."""
        read = self.impl_instance.result_processor(dialect, coltype)
        return _in_utc if read is None else lru_cache(KEPT)(lambda words: _in_utc(read(words)))


def _in_utc(at: datetime | None) -> datetime | None:
    if at is None:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


Instant = Annotated[datetime, mapped_column(UtcDateTime())]


def words(kind: type[PythonEnum], length: int = 32) -> Enum:
    """A column type for a closed list: the value as a word. A word that is not in the list is refused on both ways."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        validate_strings=True,
        length=length,
        values_callable=lambda members: [member.value for member in members],
    )


class KnownWord(TypeDecorator[str]):
    """A word that this version knows, when it is written; what is read may be another version's."""

    impl = String
    cache_ok = True

    def __init__(self, kind: type[StrEnum], length: int) -> None:
        super().__init__(length)
        self.kind = kind

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """To the database. Raises ValueError for a word that this version does not know."""
        return None if value is None else self.kind(value).value


class HasId:
    """A row with a random id, the only kind that an address may carry."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)


class HasKey(HasId):
    """A row that names the key under which its texts are sealed (those of a meeting are in its gestures)."""

    key_id: Mapped[KeyId]


class MadeApart(HasKey):
    """A file that somebody asked for, made by the worker: sealed in base64 under a key of its own, for some days.

    `progress`: how much of it is done, of a hundred, for whoever waits before the page.
    """

    asked_at: Mapped[Instant]
    progress: Mapped[int] = mapped_column(default=0)
    ready_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    body: Mapped[Sealed]


class Deployment(HasId, Base):
    """The installation to which this database belongs, as the witness of its folder of keys names it too.

    `tidied_at`: when what time alone decides was last done. The next time is compared with it. `saved_at`,
    `keys_saved_at`: when the database and the keys were last copied elsewhere; `drilled_at`: when copies were last
    restored into a scratch place and held. `proof` is a text of nobody's, sealed for that drill: it lives from one copy
    of the database, at `proved_at`, to the next, and then stands in `former_proof`, its key destroyed
    (vault/proofs.py). `secret_key_hash`: which SECRET_KEY its machines share.
    """

    __tablename__ = "deployments"

    made_at: Mapped[Instant]
    tidied_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    saved_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    keys_saved_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    drilled_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    proved_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    proof: Mapped[bytes | None]
    proof_key_id: Mapped[str | None] = mapped_column(String(32))
    former_proof: Mapped[bytes | None]
    former_proof_key_id: Mapped[str | None] = mapped_column(String(32))
    secret_key_hash: Mapped[bytes | None]


class KeyEpoch(Base):
    """From when to when new keys were wrapped under the key of this number, which lies in a file of KEYS_DIR.

    `settled_at`: when all keys were wrapped under it and the files of the former ones destroyed; whatever was erased
    before `began_at` opens no more since then, not even from the database's log.
    """

    __tablename__ = "key_epochs"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    began_at: Mapped[Instant]
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    over_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class WrappedKey(Base):
    """A data key, wrapped under that of an epoch; where the keys are in the table (KEYS=table)."""

    __tablename__ = "wrapped_keys"

    key_id: Mapped[KeyId] = mapped_column(primary_key=True)
    epoch: Mapped[int] = mapped_column(ForeignKey("key_epochs.number"))
    wrapped: Mapped[bytes]


class DestroyedKey(Base):
    """A key of the table that was destroyed: a copy of the database that comes back still holds it."""

    __tablename__ = "destroyed_keys"

    key_id: Mapped[KeyId] = mapped_column(primary_key=True)
    at: Mapped[Instant]


class JobState(StrEnum):
    """Where a job stands; the last two are ends."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(HasId, Base):
    """A kind and ids: never a text, an address or a token.

    `user_id`, `proposal_id`: those of `args`, by which a page looks for its mails.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        Index("ix_jobs_state_run_after", "state", "run_after"),
        Index("ix_jobs_kind_created", "kind", "created_at"),
    )

    kind: Mapped[str] = mapped_column(String(40))
    args: Mapped[dict[str, Any]] = mapped_column(JSON)
    user_id: Mapped[UUID | None] = mapped_column(index=True)
    proposal_id: Mapped[UUID | None] = mapped_column(index=True)
    state: Mapped[JobState] = mapped_column(words(JobState, 16), default=JobState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    run_after: Mapped[Instant]
    enqueued_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime())
    token: Mapped[str] = mapped_column(String(32), default="")
    error: Mapped[str] = mapped_column(String(80), default="")
    created_at: Mapped[Instant]
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    @validates("args")
    def _named(self, _name: str, args: dict[str, Any]) -> dict[str, Any]:
        self.user_id, self.proposal_id = (_id_in(args, name) for name in ("user_id", "proposal_id"))
        return args


def _id_in(args: dict[str, Any], name: str) -> UUID | None:
    found = args.get(name)
    return UUID(found) if found else None


class MailChoice(Base):
    """The pace at which somebody wants a kind of mail; without a row, at once. It is gone with the account."""

    __tablename__ = "mail_choices"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    pace: Mapped[Pace] = mapped_column(words(Pace, 16))


class HeldMail(HasId, Base):
    """A mail that waits for the one of the week, as a row of `jobs` asked for it. It is gone with the account."""

    __tablename__ = "held_mails"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    args: Mapped[dict[str, Any]] = mapped_column(JSON)
    held_at: Mapped[Instant]


class WorkerBreath(Base):
    """When each worker last breathed: `worker` names the machine and process, `build` the version that it serves."""

    __tablename__ = "worker_breaths"

    worker: Mapped[str] = mapped_column(String(80), primary_key=True)
    breathed_at: Mapped[Instant]
    build: Mapped[str] = mapped_column(String(12), default="")


class AuditEvent(HasId, Base):
    """One act. An objection's event has no actor."""

    __tablename__ = "audit_events"
    __table_args__ = (Index("ix_audit_events_object", "object_kind", "object_id"),)

    kind: Mapped[str] = mapped_column(String(40))
    object_kind: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[UUID]
    actor_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Instant]


class Erased(StrEnum):
    """What was erased, as a collective reads it: with one key go the texts of one of these."""

    NOTES = "notes"
    DRAFTS = "drafts"
    COPY = "copy"
    SITUATION = "situation"
    SERIES = "series"
    REMARK = "remark"

    @property
    def label(self) -> str:
        """The words of the log."""
        return {
            "notes": "les notes d’un regroupement",
            "drafts": "les brouillons d’une fiche",
            "copy": "la copie transmise d’une fiche",
            "situation": "une situation",
            "series": "ce qui a été essayé, et le pense-bête",
            "remark": "une remarque ou sa réponse",
        }[self.value]


class Erasure(HasId, Base):
    """Something of a collective was erased on a day: that it was, never what. One row for each."""

    __tablename__ = "erasures"

    collective_id: Mapped[UUID] = mapped_column(ForeignKey("collectives.id", ondelete="CASCADE"), index=True)
    what: Mapped[Erased] = mapped_column(words(Erased, 16))
    day: Mapped[date]
