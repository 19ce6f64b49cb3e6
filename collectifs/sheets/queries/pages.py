"""What the pages of a collective read: who is in it, its series, its sheets. Loaded once, then handed down."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from collectifs.collectives.queries.collectives import CollectiveAccess
from collectifs.meetings.queries.meetings import Presence, Series, presence_from, series_in
from collectifs.sheets.queries.sheets import SheetAccess, sheets_in


@dataclass(frozen=True)
class CollectivePage:
    """A collective with its meetings, and the sheet of each that was not cancelled, by number."""

    access: CollectiveAccess
    series: Series
    sheets: tuple[SheetAccess, ...]

    @property
    def presences(self) -> dict[UUID, Presence]:
        """How many came to each meeting where attendance was marked."""
        return {each.meeting.id: presence_from(each.attendance.values()) for each in self.sheets if each.attendance}

    def sheet_at(self, meeting_id: UUID) -> SheetAccess:
        """The sheet of a meeting of the series."""
        return next(each for each in self.sheets if each.meeting.id == meeting_id)


def collective_page(access: CollectiveAccess) -> CollectivePage:
    """What stands around a collective that is loaded already."""
    return collective_pages({access.collective.id: access})[0]


def collective_pages(collectives: Mapping[UUID, CollectiveAccess]) -> list[CollectivePage]:
    """The same for several, in their order: as many queries as for one."""
    if not collectives:
        return []
    series, sheets = series_in(list(collectives)), sheets_in(collectives)
    return [CollectivePage(access, series[each], tuple(sheets[each])) for each, access in collectives.items()]
