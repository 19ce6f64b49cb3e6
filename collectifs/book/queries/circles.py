"""Who stands behind a page: whom its text is put to, what the guard must know of them, who presented.

A sheet has its collective; the page of a workshop has those whose presence was noted, and whoever led it, who answers
apart. People who came without being registered are known to nobody: they are asked nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from collectifs.book.domain.asking import Asked, Known
from collectifs.book.domain.strict import together
from collectifs.book.queries.pages import PageAccess
from collectifs.guard.domain.context import Context, context_of
from collectifs.network.queries.pages import PageAccess as LeftPage
from collectifs.network.queries.pages import get_workshop_page, guarded_in, registered_as_host
from collectifs.sheets.queries.sheets import SheetAccess, get_sheet, open_presenter


@dataclass(frozen=True)
class Circle:
    """Those behind one source. `presenter`: who presented, of a sheet, as long as its drafts tell.

    `is_agreed`: whether the source stands as they agreed to it. `has_no_link`: a host to whom nothing can be sent.
    """

    asked: frozenset[Asked]
    guarded: Context
    presenter: UUID | None = None
    is_agreed: bool = True
    has_no_link: bool = False


def circles_of(page: PageAccess) -> list[Circle]:
    """Those behind each source of a page."""
    found = [_of_sheet(sheet) for sheet in sheets_behind(page)]
    left = (get_workshop_page(each.id) for each in page.sources if not each.is_sheet)
    return [*found, *(_of_workshop(each) for each in left if each)]


def _of_sheet(sheet: SheetAccess) -> Circle:
    """Whoever was there; where nobody's presence was noted, those to whom the sheet is put."""
    ids = sheet.was_there_ids or sheet.objector_ids
    who = open_presenter(sheet.sheet)
    members = frozenset(Asked(Known.MEMBER, each) for each in ids)
    return Circle(members, sheet.access.guarded, who if who in ids else None)


def _of_workshop(left: LeftPage) -> Circle:
    """Whoever's presence was noted, and the host; who is both is asked once, as the host. The name of the day is one
    more that does not leave.
    """
    workshop = left.workshop
    came = frozenset(Asked(Known.REGISTERED, each) for each in left.came - registered_as_host(left))
    host = frozenset({Asked(Known.HOST, workshop.id)} if workshop.host_address else ())
    named = together([guarded_in(left.found), context_of((), schools=[left.access.event.title])])
    has_no_link = bool(workshop.host) and not host
    return Circle(came | host if came else came, named, None, left.is_agreed, has_no_link)


def asked_about(circles: Iterable[Circle]) -> list[Asked]:
    """Everybody behind some sources, each once."""
    return sorted(frozenset().union(*(each.asked for each in circles)))


def context_for(page: PageAccess) -> Context:
    """What the guard must know of those behind a page."""
    return together(each.guarded for each in circles_of(page))


def sheets_behind(page: PageAccess) -> list[SheetAccess]:
    """The sheets that a page was written from."""
    return [sheet for each in page.sources if each.sheet_id and (sheet := get_sheet(each.sheet_id))]


def own_sheet_of(page: PageAccess, user_id: UUID) -> SheetAccess | None:
    """Of the sheets behind a page, the one of somebody's own meeting."""
    sheets = sheets_behind(page)
    return next((each for each in sheets if user_id in each.was_there_ids | each.objector_ids), None)
