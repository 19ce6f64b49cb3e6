"""The ids of rows as a column holds them. SQLite keeps them as words, and a page reads the same ones again and again:
each is made once, and those read again are the same object, which a dictionary finds without comparing it."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Dialect, Uuid

KEPT = 8192  # ids that a process keeps at hand, the last that were read: some two megabytes


class RowId(Uuid[UUID]):
    """An id, PostgreSQL's own type or thirty-two hexadecimal signs."""

    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """From the database: what makes an id of words, where it is words."""
        made = super().result_processor(dialect, coltype)  # type: ignore[no-untyped-call]
        return made and lru_cache(KEPT)(made)
