"""Drafts of collectives: what was composed and how, who would stand where, what managers changed by hand."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from collectifs.campaign.domain.drafting import DraftState, Hand
from collectifs.kernel.extensions import Base
from collectifs.kernel.models import HasId, Instant, UtcDateTime, words


class CallTravel(Base):
    """What a territory knows of its roads: shores without a bridge, minutes that it measured.

    `barriers`: pairs of lists of INSEE codes; `measured`: `[from, to, minutes]`.
    """

    __tablename__ = "call_travels"

    call_id: Mapped[UUID] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"), primary_key=True)
    barriers: Mapped[list[list[list[str]]]] = mapped_column(JSON, default=list)
    measured: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)


class Draft(HasId, Base):
    """Collectives as the worker composed them, then as managers changed them.

    `aims`: what comes first, in order; `walk`: where the worker stands between two slices; `digest`: of the
    candidacies that were composed. `codes` and `minutes`: the minutes between their communes, row after row.
    `begun_from_id`: the draft around whose pinned people it was composed. `sequence` counts what was changed by hand.
    `problem`: why nothing could be composed. `publishes_at`: when what somebody said yes to is published.
    """

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("call_id", "number"),)

    call_id: Mapped[UUID] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    state: Mapped[DraftState] = mapped_column(words(DraftState, 16), default=DraftState.COMPOSING)
    aims: Mapped[list[str]] = mapped_column(JSON)
    seed: Mapped[int] = mapped_column(default=0)
    moves: Mapped[int | None]
    begun_from_id: Mapped[UUID | None] = mapped_column(ForeignKey("drafts.id", ondelete="SET NULL"))
    asked_at: Mapped[Instant]
    asked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    progress: Mapped[int] = mapped_column(default=0)
    stop_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    walk: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    digest: Mapped[str] = mapped_column(String(32), default="")
    codes: Mapped[list[str]] = mapped_column(JSON, default=list)
    minutes: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
    problem: Mapped[str] = mapped_column(String(300), default="")
    sequence: Mapped[int] = mapped_column(default=0)
    ready_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    publishes_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    publishes_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class DraftGroup(Base):
    """A collective of a draft, by its letter. `pilot_id`: who was chosen among those who may pilot it."""

    __tablename__ = "draft_groups"

    draft_id: Mapped[UUID] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(String(4), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), default="")
    pilot_id: Mapped[UUID | None] = mapped_column(ForeignKey("candidacies.id", ondelete="SET NULL"))


class DraftPlace(Base):
    """Where somebody stands in a draft; pinned, whoever composes around them leaves them there."""

    __tablename__ = "draft_places"

    draft_id: Mapped[UUID] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True)
    candidacy_id: Mapped[UUID] = mapped_column(
        ForeignKey("candidacies.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    code: Mapped[str] = mapped_column(String(4))
    is_pinned: Mapped[bool] = mapped_column(default=False)


class DraftMove(HasId, Base):
    """What a manager changed by hand, in order; what is undone stays written, and is skipped."""

    __tablename__ = "draft_moves"
    __table_args__ = (UniqueConstraint("draft_id", "sequence"),)

    draft_id: Mapped[UUID] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), index=True)
    sequence: Mapped[int]
    hand: Mapped[Hand] = mapped_column(words(Hand, 8))
    candidacy_id: Mapped[UUID] = mapped_column(ForeignKey("candidacies.id", ondelete="CASCADE"), index=True)
    from_code: Mapped[str] = mapped_column(String(4))
    to_code: Mapped[str] = mapped_column(String(4))
    moved_at: Mapped[Instant]
    moved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
