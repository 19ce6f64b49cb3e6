"""What the database knows of the installation itself: one row."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from collectifs.extensions import Base
from collectifs.models.base import HasId, Instant, UtcDateTime


class Deployment(HasId, Base):
    """The installation to which this database belongs, as the witness of its folder of keys names it too.

    `tidied_at`: when what time alone decides was last done. The next time is compared with it.
    """

    __tablename__ = "deployments"

    made_at: Mapped[Instant]
    tidied_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
