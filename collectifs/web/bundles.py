"""Scripts travel together: what a page's own script begins with stands before it in one file, each module once.

`js/live.js` is asked for, and the fifty modules that it imports come in the same answer, in the order in which a
browser would run them, without their lines of import: a telephone waits for one file instead of fifty. The names at the
top of modules that travel together are of one scope; tests/bundles.mjs holds them, and what is made here, to it.

What a script asks for later (`import("./live/closed_view.js")`) has an address of its own, `late/live/…`, at which it
takes from the bundle what stands there: within a page each module runs once. At its own address every module still
answers alone.
"""

import re
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath, relpath

from collectifs.web.lean import lean

FOLDER = Path(__file__).parent.parent / "static"
ENTRY = re.compile(r"js/(\w+)\.js")  # the scripts that pages name; modules stand in the folders below
LATE = re.compile(r"late/(\w+)/(js/.+\.js)")
EVERYWHERE = "js/page.js"  # every page has it, and it acts as it comes: it stands in no other's bundle
AWAITED = re.compile(r'(?m)^(?:import|export) ?(?:[*{][^"\n]*from ?)?"(\.[^"]+\.js)";')
NAMED = re.compile(r'((?:\bfrom|\bimport) ?\(?)"(\.[^"]+\.js)"')
LATER = re.compile(r'\bimport\("\.')
GIVEN = re.compile(r"(?m)^export (?=(?:async )?(?:function|class|const|let) (\w+))")
RENAMED = re.compile(r"\bas \w")
HERE = "import.meta.url"


def source(name: str) -> str:
    """The file that stands behind an address."""
    found = _late(name)
    return found[1] if found else name


def script(name: str) -> str:
    """What travels at an address."""
    if found := _late(name):
        entry, module = found
        return _moved(_text(module), module, entry, name)
    return _bundle(name) if ENTRY.fullmatch(name) and _is_of_several(name) else _text(name)


@cache
def modules_of(entry: str) -> tuple[str, ...]:
    """What a script begins with, in the order in which it runs, itself the last."""
    found: dict[str, None] = {}

    def walk(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise ValueError(f"{name} imports itself, by way of {', '.join(above)}")
        for module in (_beside(name, path) for path in AWAITED.findall(_text(name))):
            if module not in found and module != EVERYWHERE:
                walk(module, (*above, name))
        found[name] = None

    walk(entry, ())
    return tuple(found)


def address(module: str, entry: str) -> str:
    """Where the page of this script finds a module."""
    if module in modules_of(entry):
        return entry
    return module if module == EVERYWHERE else f"late/{Path(entry).stem}/{module}"


def _late(name: str) -> tuple[str, str] | None:
    """The script that asks for something later, and the module that it asks for."""
    found = LATE.fullmatch(name)
    entry = f"js/{found[1]}.js" if found else ""
    return (entry, found[2]) if found and (FOLDER / entry).is_file() else None


def _text(name: str) -> str:
    return lean(FOLDER / name)


def _beside(name: str, path: str) -> str:
    return normpath(join(dirname(name), path))


def _road(name: str, at: str) -> str:
    road = relpath(name, dirname(at))
    return road if road.startswith("..") else f"./{road}"


def _is_of_several(entry: str) -> bool:
    return len(modules_of(entry)) > 1 or bool(LATER.search(_text(entry)))


def _bundle(entry: str) -> str:
    """Each module after a line that names it: the number of a line, less that one's, is its number in the source."""
    modules = modules_of(entry)
    given = ",".join(name for module in modules for name in GIVEN.findall(_text(module)))
    return "".join(f"//{module}\n{_plain(module, entry)}\n" for module in modules) + f"export{{{given}}};\n"


def _plain(name: str, entry: str) -> str:
    """A module as it stands in a bundle: no import of what stands there too, no export."""
    lines = (_without_import(line, name, entry) for line in GIVEN.sub("", _text(name)).split("\n"))
    return _moved("\n".join(lines), name, entry, entry)


def _without_import(line: str, name: str, entry: str) -> str:
    found = AWAITED.match(line)
    if found and not RENAMED.search(line):
        return "" if address(_beside(name, found[1]), entry) == entry else line
    if re.match(r"(?:import|export)\b(?!\()", line):
        raise ValueError(f"{name}: a bundle does not know « {line} »")
    return line


def _moved(text: str, name: str, entry: str, at: str) -> str:
    """The text of a module that travels at another address than its own: what it names is looked for from there."""

    def elsewhere(found: re.Match[str]) -> str:
        return f'{found[1]}"{_road(address(_beside(name, found[2]), entry), at)}"'

    return NAMED.sub(elsewhere, text).replace(HERE, f'new URL("{_road(name, at)}", {HERE}).href')
