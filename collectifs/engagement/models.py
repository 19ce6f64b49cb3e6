"""Attestations that somebody made: their code, and which lines were chosen. What a line says is read anew each time."""

from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from collectifs.engagement.domain.lines import LineKind
from collectifs.kernel.extensions import Base
from collectifs.kernel.models import HasId, Instant, words


class Engagement(HasId, Base):
    """An attestation of somebody. `code`: printed on it; with the name that it bears, a reader checks it."""

    __tablename__ = "engagements"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)
    season: Mapped[int]
    code: Mapped[str] = mapped_column(String(16), unique=True)
    made_at: Mapped[Instant]


class ChosenLine(Base):
    """A line that was chosen: of which kind, and the row that it names. No word, no day: these are that row's."""

    __tablename__ = "engagement_lines"

    engagement_id: Mapped[UUID] = mapped_column(ForeignKey("engagements.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[LineKind] = mapped_column(words(LineKind, 16))
