"""Who wishes to be told that a call opens: an address, and nothing else."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from collectifs.kernel.extensions import Base
from collectifs.kernel.models import HasId, Instant, UtcDateTime


class OpeningNotice(HasId, Base):
    """An address that was left on the page of a call before it opens. It counts once its mail was answered.

    `token_hash`: of the link of that mail, which confirms and takes back; `told_at`: when the one mail was asked for,
    after which the row goes.
    """

    __tablename__ = "opening_notices"
    __table_args__ = (UniqueConstraint("call_id", "address"),)

    call_id: Mapped[UUID] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"))
    address: Mapped[str] = mapped_column(String(254), index=True)
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    asked_at: Mapped[Instant]
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
