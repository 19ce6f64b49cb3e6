"""The mail of the week: when it leaves, and how it counts what waited."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from collectifs.kernel.seasons import PARIS
from collectifs.kernel.text.typography import count, sentence_case
from collectifs.kernel.work import Choosable

LEAVES_AT = time(7)


@dataclass(frozen=True)
class Line:
    """« Deux remarques de l’inspection », and the pages that show them: (« Les Tilleuls, jeudi… », address)."""

    words: str
    pages: tuple[tuple[str, str], ...]


def latest_monday(now: datetime) -> datetime:
    """The last Monday at seven, in Paris: what waited before it is due; what waits since, the week after."""
    local = now.astimezone(PARIS)
    monday = datetime.combine(local.date() - timedelta(days=local.weekday()), LEAVES_AT, PARIS)
    return monday if monday <= now else datetime.combine(monday.date() - timedelta(weeks=1), LEAVES_AT, PARIS)


def lines_of(found: Iterable[tuple[Choosable, str, str]]) -> list[Line]:
    """One line a kind, in the order in which the first of each waited; what leads to the same page counts once.

    `found`: the kind, the collective and the day that it is about, the page that it leads to.
    """
    pages: dict[Choosable, dict[str, str]] = {}
    for told, about, url in found:
        pages.setdefault(told, {})[url] = about
    return [
        Line(_counted(told, urls), tuple((name, url) for url, name in urls.items())) for told, urls in pages.items()
    ]


def _counted(told: Choosable, urls: Mapping[str, str]) -> str:
    return sentence_case(count(len(urls), told.one, told.several, feminine=told.feminine))
