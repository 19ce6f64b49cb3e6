"""The end of a season: what was answered, added up and sealed; who answered; the report of a territory."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from collectifs.kernel.extensions import Base
from collectifs.kernel.models import HasId, HasKey, Sealed, UtcDateTime


class SeasonBox(HasKey, Base):
    """What people of a territory answered for a season, added up (domain/questionnaire.py `Box`), in one sealed text.

    It has no instant, and no row for a person: whoever has the database and the keys reads totals.
    """

    __abstract__ = True

    territory_id: Mapped[UUID] = mapped_column(ForeignKey("territories.id"))
    season: Mapped[int]
    body: Mapped[Sealed]


class SeasonReturn(Base):
    """Somebody answered for a season, so that nobody answers twice: neither what, nor when."""

    __abstract__ = True

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    territory_id: Mapped[UUID] = mapped_column(ForeignKey("territories.id"), primary_key=True)
    season: Mapped[int] = mapped_column(primary_key=True)


class QuestionnaireBox(SeasonBox):
    """What the members of collectives answered."""

    __tablename__ = "questionnaire_boxes"
    __table_args__ = (UniqueConstraint("territory_id", "season"),)


class QuestionnaireReturn(SeasonReturn):
    """A member of a collective answered."""

    __tablename__ = "questionnaire_returns"


class EvaluationBox(SeasonBox):
    """What the tutors of pupils and students answered about the modalities."""

    __tablename__ = "evaluation_boxes"
    __table_args__ = (UniqueConstraint("territory_id", "season"),)


class EvaluationReturn(SeasonReturn):
    """A tutor of pupils or students answered."""

    __tablename__ = "evaluation_returns"


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
