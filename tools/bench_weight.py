"""What a browser fetches to open the live screen for the first time: the page, its styles, every script it reaches."""

import re
from dataclasses import dataclass
from pathlib import Path

import brotli

from collectifs.web.static import packed

STATIC = Path(__file__).resolve().parents[1] / "collectifs" / "static"
MOST_KB = 90.0
STYLES = re.compile(r'<link rel="stylesheet" href="/static/[^/"]+/([^"]+)"')
SCRIPTS = re.compile(r'<script[^>]* src="/static/[^/"]+/([^"]+)"')
# What `import(…)` asks for comes later, when it serves: the screen opens without it.
IMPORTS = re.compile(r'(?:\bfrom|\bimport)\s*"(\.{1,2}/[^"]+)"')


@dataclass(frozen=True)
class Weight:
    """Kilobytes once compressed: the page, its styles, its scripts; and how many files."""

    page: float
    styles: float
    scripts: float
    files: int

    @property
    def total(self) -> float:
        """Everything but the typeface."""
        return self.page + self.styles + self.scripts


def weigh(page: str) -> Weight:
    """A page as it was served, with everything that it links to and that its scripts import."""
    styles = {STATIC / name for name in STYLES.findall(page)}
    scripts: set[Path] = set()
    for name in SCRIPTS.findall(page):
        reach(STATIC / name, scripts)
    size = sum(map(compressed, styles)), sum(map(compressed, scripts))
    return Weight(len(brotli.compress(page.encode())) / 1000, *size, 1 + len(styles) + len(scripts))


def reach(script: Path, known: set[Path]) -> None:
    """A script and those that it imports."""
    if script in known:
        return
    known.add(script)
    for name in IMPORTS.findall(script.read_text(encoding="utf-8")):
        reach((script.parent / name).resolve(), known)


def compressed(file: Path) -> float:
    """A file as it travels."""
    return len(packed(file, "br")) / 1000
