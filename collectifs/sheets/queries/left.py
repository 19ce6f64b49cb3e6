"""What somebody left behind in the collectives that they belong to no more: theirs to take back."""

from dataclasses import dataclass
from uuid import UUID

from collectifs.collectives.queries.collectives import CollectiveAccess, accesses_to, belongings_of
from collectifs.meetings.queries.situations import OpenedSituation, situations_by
from collectifs.sheets.queries.sheets import SheetAccess, sheets_in


@dataclass(frozen=True)
class Left:
    """A former collective, one's own situations in it, the shared sheets of the meetings where one was."""

    access: CollectiveAccess
    situations: tuple[OpenedSituation, ...]
    sheets: tuple[SheetAccess, ...]


def left_by(user_id: UUID) -> list[Left]:
    """What each former collective still holds of a person."""
    ids = [row.id for row, is_present in belongings_of(user_id) if not is_present]
    accesses = accesses_to(ids)
    sheets = sheets_in(accesses)
    return [_left(accesses[each], sheets[each], user_id) for each in ids]


def _left(access: CollectiveAccess, sheets: list[SheetAccess], user_id: UUID) -> Left:
    return Left(
        access,
        tuple(situations_by(user_id, access.collective.id)),
        tuple(sheet for sheet in sheets if sheet.is_shared and user_id in sheet.was_there_ids),
    )
