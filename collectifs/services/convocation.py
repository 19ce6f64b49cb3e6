"""The columns that the academy's training software wants, kept by the managers of a territory."""

from collections.abc import Sequence

from collectifs.domain.convocation import Column, check_columns
from collectifs.kernel.audit import record
from collectifs.people.domain.person import Person
from collectifs.people.models import Territory


def keep_columns(territory: Territory, columns: Sequence[Column], *, by: Person) -> None:
    """These columns, in this order."""
    check_columns(columns)
    territory.convocation_columns = [column.to_json() for column in columns]
    record("convocation_columns_kept", territory, by=by)


def forget_columns(territory: Territory, *, by: Person) -> None:
    """Back to the usual columns (the académie's, for a département)."""
    territory.convocation_columns = []
    record("convocation_columns_forgotten", territory, by=by)
