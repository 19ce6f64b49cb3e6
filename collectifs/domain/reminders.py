"""Reminders: a week and a day before a meeting, to each member, once; none right after the date was told."""

from datetime import datetime, timedelta
from enum import Enum

WEEK, DAY = timedelta(days=7), timedelta(days=1)
# Whoever learned the date so recently needs no reminder of it.
STILL_FRESH = {WEEK: timedelta(days=2), DAY: timedelta(hours=12)}
TOO_LATE = timedelta(hours=1)


class Due(Enum):
    """What to do now about one of the two reminders."""

    LATER = "later"
    SEND = "send"
    SKIP = "skip"


def reminder_due(before: timedelta, *, starts_at: datetime, told_at: datetime | None, now: datetime) -> Due:
    """Whether the reminder of a delay (WEEK or DAY) leaves now; skipped, it never leaves.

    `told_at` is when the members were last told the date. The reminder of the week gives way to that of the day.
    """
    left = starts_at - now
    if left > before:
        return Due.LATER
    is_fresh = told_at is not None and now - told_at < STILL_FRESH[before]
    is_stale = left < TOO_LATE or (before == WEEK and left <= DAY)
    return Due.SKIP if is_fresh or is_stale else Due.SEND
