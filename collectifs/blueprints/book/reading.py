"""What the pages of the book show of a page: where it stands, how many answered, never who."""

from dataclasses import dataclass, replace
from datetime import datetime

from collectifs.book.domain.asking import PageStatus
from collectifs.book.queries.books import BookAccess
from collectifs.book.queries.pages import PageAccess, open_page
from collectifs.book.queries.removals import removals_waiting
from collectifs.book.queries.requests import requests_counted
from collectifs.kernel import clock
from collectifs.kernel.text.typography import count, day_and_month, month_year
from collectifs.sheets.domain.life import objections_seen_until


@dataclass(frozen=True)
class Shown:
    """A page in the editor's list."""

    page: PageAccess
    status: PageStatus
    name: str
    source: str
    detail: str


def shown(page: PageAccess, now: datetime) -> Shown:
    """As the editor is shown it: a refusal appears at 8 h or 18 h."""
    life = page.life.seen(objections_seen_until(now, page.access.zone))
    status = life.status(now)
    said = open_page(page.entry)
    source = ", ".join(f"{each.label}, {month_year(each.month)}" for each in page.sources)
    name = (said.title if said else "") or source or (said.heading if said else "") or "Une page dont il ne reste rien"
    return Shown(page, status, name, source, _detail(page, status, life.answered))


def _detail(page: PageAccess, status: PageStatus, answered: int) -> str:
    if status is PageStatus.ASKED and page.entry.deadline_at:
        until = day_and_month(page.entry.deadline_at.astimezone(page.access.zone))
        return f"{count(answered, 'réponse', feminine=True)} sur {len(page.life.said)}, jusqu’au {until}"
    if status is PageStatus.REFUSED:
        return "tout le monde n’a pas dit oui"
    if status is PageStatus.AGREED:
        return "toutes les personnes ont dit oui"
    if any(each.is_replaced for each in page.sources):
        return "ce dont elle vient a changé depuis"
    return ""


def shown_pages(access: BookAccess, pages: list[PageAccess]) -> list[Shown]:
    """Every page of a book, in order; what is asked for stands beside it: to withdraw it, to change it."""
    now, ids = clock.now(), [each.entry.id for each in pages]
    waiting, wanted = removals_waiting(ids), requests_counted(ids)
    told = [_with_requests(shown(each, now), wanted.get(each.entry.id, 0)) for each in pages]
    return [replace(each, detail="retrait demandé") if each.page.entry.id in waiting else each for each in told]


def _with_requests(told: Shown, number: int) -> Shown:
    """« Un changement demandé » beside where it stands."""
    said = [told.detail, count(number, "changement demandé", "changements demandés")] if number else [told.detail]
    return replace(told, detail=" ; ".join(each for each in said if each))
