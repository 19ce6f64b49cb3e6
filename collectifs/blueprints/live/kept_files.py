"""The static files that the live pages need, found by following the empty pages themselves: what a device keeps."""

import re
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath

from collectifs.web.static import words

IN_PAGE = re.compile(r'(?:href|src)="/static/[0-9a-f]+/([^"]+)"')
IMPORTED = re.compile(r'(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]+\.js)"')
IN_STYLE = re.compile(r'url\(\s*["\']?(?!data:)([^"\')]+)["\']?\s*\)')


def files_behind(pages: list[str]) -> list[str]:
    """Every file that these pages load, and those that their scripts and style sheets load in turn; in order."""
    found: set[str] = set()
    waiting = [name for page in pages for name in IN_PAGE.findall(page)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(_loaded_by(name))
    return sorted(found)


@cache
def _loaded_by(name: str) -> tuple[str, ...]:
    pattern = {".js": IMPORTED, ".css": IN_STYLE}.get(Path(name).suffix)
    if pattern is None:
        return ()
    return tuple(normpath(join(dirname(name), path)) for path in pattern.findall(words(name)))
