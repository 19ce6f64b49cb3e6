"""How long each kind of thing is kept, in days and years, and the shape of a row of `retention.py`."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

NOTES_DAYS = 30
NEVER_SUBMITTED = timedelta(days=365)
AFTER_SUBMISSION = timedelta(days=30)
SUBMITTED_YEARS = 5
SEASONS_KEPT = 5  # as the schools of continuing training ask for the attendance of their trainings
ACCOUNT_TOLD_DAYS = 31
ACCOUNT_WARNED_DAYS = 30  # never less between the mail and the erasure, however late the mail was
ROLES_KEPT = timedelta(days=366)  # a year, the longest
FAILURES_KEPT = timedelta(days=1)
# A stale link can still say that it is stale, and a closed device that it is closed, for a while.
STALE_KEPT = timedelta(days=30)
JOBS_KEPT = timedelta(days=30)
DATA_COPY_KEPT = timedelta(days=7)
EXPORT_KEPT = timedelta(days=7)
AUDIT_KEPT = timedelta(days=365)
DESTROYED_KEPT = timedelta(days=8)  # as long as a copied epoch, and the copies of the database that open with it


class Circle(StrEnum):
    """In which of the three circles something stands; what is about one person's own account stands in none."""

    COLLECTIVE = "collective"
    INSTITUTION = "institution"
    NONE = ""


@dataclass(frozen=True)
class Retention:
    """What ends together: in the words that people read, and the tables or columns (`table.column`) that hold it.

    `sealed_under`: under which key it is sealed, empty for what is not.
    """

    what: str
    why: str
    read_by: str
    perishes: str
    covers: tuple[str, ...]
    circle: Circle = Circle.NONE
    sealed_under: str = ""
