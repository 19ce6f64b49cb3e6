"""The end of a season: what members answered, added up and sealed; who answered; the report of a territory."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from collectifs.kernel.extensions import Base
from collectifs.kernel.models import HasId, HasKey, Sealed, UtcDateTime


class QuestionnaireBox(HasKey, Base):
    """The answers of a territory's members for a season, added up (domain/questionnaire.py `Box`), in one sealed text.

    It has no instant, and no row for a person: whoever has the database and the keys reads totals.
    """

    __tablename__ = "questionnaire_boxes"
    __table_args__ = (UniqueConstraint("territory_id", "season"),)

    territory_id: Mapped[UUID] = mapped_column(ForeignKey("territories.id"))
    season: Mapped[int]
    body: Mapped[Sealed]


class QuestionnaireReturn(Base):
    """Somebody answered for a season, so that nobody answers twice: neither what, nor when."""

    __tablename__ = "questionnaire_returns"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    territory_id: Mapped[UUID] = mapped_column(ForeignKey("territories.id"), primary_key=True)
    season: Mapped[int] = mapped_column(primary_key=True)


class SeasonReport(HasId, Base):
    """The report of a territory for a season. `numbers` are frozen on 1 July, before what members gave is forgotten.

    `wanted`, `words`: how many collectives the management would open next year, and what it would need.
    """

    __tablename__ = "season_reports"
    __table_args__ = (UniqueConstraint("territory_id", "season"),)

    territory_id: Mapped[UUID] = mapped_column(ForeignKey("territories.id"))
    season: Mapped[int]
    numbers: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    frozen_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    wanted: Mapped[int | None]
    words: Mapped[str] = mapped_column(String(800), default="")
