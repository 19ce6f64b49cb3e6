"""Lists that a process reads for half a second, the same for all: read once, before the others are forked from it."""

from contextlib import suppress
from datetime import date

from collectifs.across.jobs import worker
from collectifs.composition.queries.finding import completed
from collectifs.guard.domain.context import Context
from collectifs.guard.domain.guard import marks
from collectifs.meetings.domain.school_year import SchoolCalendar, school_break


def read_long_lists() -> None:
    """The communes and their names, the words of the guard, the holidays of schools; what was not made is not there."""
    for read in (lambda: completed("Brest"), lambda: marks("Maud", Context())):
        with suppress(OSError):
            read()
    school_break(date(2027, 1, 13), SchoolCalendar("A"))


def keep_long_lists() -> None:
    """A worker's round gives back the memory of the communes, and whoever needs them reads them again: not here."""
    worker.let_go = _nothing  # type: ignore[attr-defined]


def _nothing() -> None:
    """They stay."""
