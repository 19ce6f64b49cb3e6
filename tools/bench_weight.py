"""What a browser fetches to open the live screen for the first time: the page, its styles, every script it reaches;
and, apart, the scripts that come once it stands, or when they serve."""

import re
from dataclasses import dataclass
from pathlib import Path

from collectifs.web.compress import PACKERS
from collectifs.web.static import packed

STATIC = Path(__file__).resolve().parents[1] / "collectifs" / "static"
MOST_KB = 90.0
STYLES = re.compile(r'<link rel="stylesheet" href="/static/[^/"]+/([^"]+)"')
SCRIPTS = re.compile(r'<script[^>]* src="/static/[^/"]+/([^"]+)"')
IMPORTS = re.compile(r'(?:\bfrom|\bimport)\s*"(\.{1,2}/[^"]+)"')
LATER = re.compile(r'\bimport\("(\.{1,2}/[^"]+)"\)')  # the screen opens without it


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
    styles = {STATIC / name for name in STYLES.findall(page)}
    scripts: set[Path] = set()
    for name in SCRIPTS.findall(page):
        reach(STATIC / name, scripts)
    return Weight(
        page=len(PACKERS["br"](page.encode())) / 1000,
        styles=sum(map(compressed, styles)),
        scripts=sum(map(compressed, scripts)),
        later=sum(map(compressed, later_than(scripts))),
        files=1 + len(styles) + len(scripts),
    )


def reach(script: Path, known: set[Path]) -> None:
    """A script and those that it imports."""
    if script in known:
        return
    known.add(script)
    for name in IMPORTS.findall(script.read_text(encoding="utf-8")):
        reach((script.parent / name).resolve(), known)


def later_than(scripts: set[Path]) -> set[Path]:
    """The scripts that these ask for once they run, with those that they import."""
    known = set(scripts)
    for script in scripts:
        for name in LATER.findall(script.read_text(encoding="utf-8")):
            reach((script.parent / name).resolve(), known)
    return known - scripts


def compressed(file: Path) -> float:
    """A file as it travels."""
    return len(packed(file, "br")) / 1000
