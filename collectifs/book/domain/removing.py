"""« Demander le retrait »: whoever was there and has no link any more asks those who edit the book, unnamed.

The editor withdraws the page, or sets the request aside: no request stays longer than three months.
"""

from datetime import datetime, timedelta

from collectifs.book.domain.asking import PageLife, PageStatus
from collectifs.kernel.errors import RuleBroken

LONGEST_REQUEST = 400
REQUEST_KEPT = timedelta(days=90)
BY_MACHINE, TO_ONE_PAGE = 5, 20  # a day; waiting


def check_may_ask_removal(is_printed: bool, words: str, *, by_machine: int, waiting: int) -> None:
    """About a page that is there to be read; not too often from one machine, nor about one page."""
    if not is_printed:
        raise RuleBroken("Cette page est déjà retirée : il n’y a plus rien à demander.")
    if len(words) > LONGEST_REQUEST:
        raise RuleBroken(f"{LONGEST_REQUEST} caractères au plus : raccourcissez, rien n’est coupé.", "sentence")
    if by_machine >= BY_MACHINE:
        raise RuleBroken("Trop de demandes sont parties d’ici aujourd’hui : la vôtre pourra partir demain.")
    if waiting >= TO_ONE_PAGE:
        raise RuleBroken("Cette page a déjà reçu beaucoup de demandes : l’inspection les lit déjà.")


def check_editor_withdraws(life: PageLife, now: datetime) -> None:
    """A printed page, by who edits the book."""
    status = life.status(now)
    if status is PageStatus.WITHDRAWN:
        raise RuleBroken("Cette page est déjà retirée.")
    if status is not PageStatus.PRINTED:
        raise RuleBroken("Cette page n’est pas publiée : il suffit de la laisser de côté.")
