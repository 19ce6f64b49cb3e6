"""What a browser fetches to open the live screen for the first time: the page, its styles, its scripts with what
they begin with; and, apart, the scripts that come once it stands, or when they serve."""

import re
from dataclasses import dataclass
from posixpath import dirname, join, normpath

from collectifs.web.compress import PACKERS
from collectifs.web.static import packed, words

MOST_KB = 90.0
STYLES = re.compile(r'<link rel="stylesheet" href="/static/[^/"]+/([^"]+)"')
SCRIPTS = re.compile(r'<script[^>]* src="/static/[^/"]+/([^"]+)"')
NAMED = re.compile(r'\b(?:from|import) ?\(?"(\.{1,2}/[^"]+)"')  # what comes later: the screen opens without it


@dataclass(frozen=True)
class Weight:
    """Kilobytes once compressed: the page, its styles, its scripts, those that come later; and how many files it opens
    with."""

    page: float
    styles: float
    scripts: float
    later: float
    files: int

    @property
    def total(self) -> float:
        """What it opens with, but for the typeface."""
        return self.page + self.styles + self.scripts


def weigh(page: str) -> Weight:
    """A page as it was served, with everything that it links to and that its scripts import."""
    styles, scripts = set(STYLES.findall(page)), set(SCRIPTS.findall(page))
    return Weight(
        page=len(PACKERS["br"](page.encode())) / 1000,
        styles=sum(map(compressed, styles)),
        scripts=sum(map(compressed, scripts)),
        later=sum(map(compressed, later_than(scripts))),
        files=1 + len(styles) + len(scripts),
    )


def later_than(scripts: set[str]) -> set[str]:
    """The scripts that these ask for once they run, with what those ask for."""
    known, waiting = set(scripts), list(scripts)
    while waiting:
        name = waiting.pop()
        found = {normpath(join(dirname(name), road)) for road in NAMED.findall(words(name))} - known
        known |= found
        waiting.extend(found)
    return known - scripts


def compressed(name: str) -> float:
    """A file as it travels."""
    return len(packed(name, "br")) / 1000
