"""Who belonged to a collective when a meeting was held."""

from collections.abc import Iterable
from datetime import datetime


def belonged_when_held(
    periods: Iterable[tuple[datetime, datetime | None]], starts_at: datetime, ends_at: datetime, now: datetime
) -> bool:
    """Whether somebody was a member when a meeting was held, or is one now and came before it was over.

    `periods`: when they ever belonged; one without an end goes on.
    """
    return any(since < ends_at and (until is None or until > min(starts_at, now)) for since, until in periods)
