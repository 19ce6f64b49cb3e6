"""`make picture`: the folders of the application as rooms, and an arrow wherever one imports another.

Read from the imports themselves, so that the picture cannot lie; a test compares it with the code. Whoever imports
stands above what is imported; an arrow that others already imply is pale, one that goes up, against the order, is red
and dashed.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "collectifs"
FILE = ROOT / "docs" / "pictures" / "architecture.svg"

Room = tuple[str, str]  # a folder, and what stands in it: "" where it holds files alone
Arrows = set[tuple[Room, Room]]

LEFT, ROOMS, RIGHT, TOP = 16, 150, 700, 56
LETTER, HIGH, GAP, LINE = 9, 28, 10, 46
STYLE = """
  text { font: 15px sans-serif; fill: #1b1b1b } .folder { font-weight: bold } .title { font: bold 20px sans-serif }
  .band { fill: #f4f1ea; stroke: #8a8371 } .room { fill: #fff; stroke: #8a8371 }
  path { fill: none; stroke: #35618f; stroke-width: 1.6; marker-end: url(#down) } path.implied { stroke-opacity: .25 }
  path.up { stroke: #b3261e; stroke-width: 2; stroke-dasharray: 6 4; marker-end: url(#up) }
"""


def imported(tree: ast.AST) -> Iterator[tuple[str, ...]]:
    """What a module imports of the application: the parts of each path, the package left out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (tuple(name.split(".")[1:]) for name in names if name.split(".")[0] == PACKAGE)


def rooms_of(package: Path) -> dict[str, list[str]]:
    """The folders that hold Python, and their rooms: those of folders that hold other folders, or none."""
    found: dict[str, list[str]] = {}
    for path in sorted(package.rglob("*.py")):
        first, *rest = path.relative_to(package).with_suffix("").parts
        rooms = found.setdefault("create_app" if first == "__init__" else first, [])
        has_folders = any(each.parent.parent != package for each in (package / first).rglob("*.py"))
        if rest and has_folders and rest[0] != "__init__" and rest[0] not in rooms:
            rooms.append(rest[0])
    return found


def arrows_of(package: Path, rooms: dict[str, list[str]]) -> Arrows:
    """Which room imports which."""

    def room(parts: tuple[str, ...]) -> Room | None:
        first, second = parts[0], parts[1] if len(parts) > 1 else ""
        if first not in rooms:  # a name of the package itself
            return ("create_app", "") if first in ("__init__", "create_app") else None
        return first, second if second in rooms[first] else ""

    found: Arrows = set()
    for path in package.rglob("*.py"):
        here = room(path.relative_to(package).with_suffix("").parts)
        there = {room(parts) for parts in imported(ast.parse(path.read_text(encoding="utf-8"))) if parts}
        found |= {(here, each) for each in there if here and each and each != here}
    return found


def in_order(names: list[str], uses: set[tuple[str, str]]) -> list[str]:
    """From what stands on nothing up: each time whoever imports the fewest of those that are still to be placed, and
    among them whom most of these import."""
    left, placed = sorted(names), list[str]()
    while left:
        rest = {pair for pair in uses if pair[0] in left and pair[1] in left}
        out, into = Counter(one for one, _ in rest), Counter(other for _, other in rest)
        lowest = min(left, key=lambda name: (out[name], -into[name]))
        placed.append(lowest)
        left.remove(lowest)
    return placed


class Drawing:
    """The lines of the picture, filled from the top."""

    def __init__(self, rooms: dict[str, list[str]], arrows: Arrows) -> None:
        self.rooms, self.arrows = rooms, arrows
        self.uses = {(one[0], other[0]) for one, other in arrows if one[0] != other[0]}
        self.order = in_order(list(rooms), self.uses)[::-1]
        self.lines: list[str] = []
        self.middle: dict[str, float] = {}
        self.y = float(TOP)
        self.edge = RIGHT

    def svg(self) -> str:
        """The whole picture."""
        for folder in self.order:
            self.band(folder)
        for one, other in sorted(self.uses):
            self.between(one, other)
        size = f'width="{self.edge + LEFT}" height="{self.y + LEFT:.0f}"'
        view = f'viewBox="0 0 {self.edge + LEFT} {self.y + LEFT:.0f}"'
        return "\n".join(
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size} {view}>',
                "<title>The folders of Collectifs, and which imports which</title>",
                f"<style>{STYLE}</style>",
                f"<defs>{head('down', '#35618f')}{head('up', '#b3261e')}</defs>",
                '<rect width="100%" height="100%" fill="#fff"/>',
                f'<text class="title" x="{LEFT}" y="34">Whoever imports stands above what is imported</text>',
                *self.lines,
                "</svg>\n",
            )
        )

    def band(self, folder: str) -> None:
        """A folder, with its rooms from the lowest to the highest."""
        inside = {(one[1], other[1]) for one, other in self.arrows if one[0] == other[0] == folder}
        places, x, row = dict[str, tuple[float, float]](), float(ROOMS), 0
        for name in in_order(self.rooms[folder], inside):
            wide = LETTER * len(name) + 24
            if x + wide > RIGHT - GAP:
                x, row = float(ROOMS), row + 1
            places[name] = (x, self.y + 9 + LINE * row)
            x += wide + GAP
        high = LINE * (row + 1)
        self.lines.append(rect("band", LEFT, self.y, RIGHT - LEFT, high))
        self.lines.append(words("folder", LEFT + 10, self.y + 28, folder))
        for one, other in sorted(inside):
            if one in places and other in places:
                self.inside(places, one, other)
        for name, (left, top) in places.items():  # over the arrows, so that names can be read
            self.lines += [rect("room", left, top, LETTER * len(name) + 24, HIGH), words("", left + 10, top + 19, name)]
        self.middle[folder] = self.y + high / 2
        self.y += high + GAP

    def inside(self, places: dict[str, tuple[float, float]], one: str, other: str) -> None:
        """From a room to another of the same folder: under them."""
        (x1, y1), (x2, y2) = places[one], places[other]
        x1, x2 = x1 + LETTER * len(one) / 2 + 6, x2 + LETTER * len(other) / 2 + 14
        is_up = list(places).index(other) > list(places).index(one)
        y1, y2 = y1 + HIGH, y2 + HIGH
        curve = f"M{x1:g} {y1:g} C{x1:g} {y1 + 14:g} {x2:g} {y2 + 14:g} {x2:g} {y2:g}"
        self.lines.append(arrow(curve, f"{one} → {other}", "up" if is_up else "down"))

    def between(self, one: str, other: str) -> None:
        """From a folder to another: at their right."""
        y1, y2 = self.middle[one] - 6, self.middle[other] + 6
        steps = self.order.index(other) - self.order.index(one)
        out = RIGHT + 24 + 26 * abs(steps)
        self.edge = max(self.edge, RIGHT + (out - RIGHT) * 3 // 4 + GAP)
        curve = f"M{RIGHT} {y1:g} C{out} {y1:g} {out} {y2:g} {RIGHT} {y2:g}"
        implied = steps > 0 and is_implied(one, other, self.uses, self.order)
        kind = "up" if steps < 0 else "implied" if implied else "down"
        self.lines.append(arrow(curve, f"{one} → {other}", kind))


def head(name: str, colour: str) -> str:
    """The head of an arrow."""
    return (
        f'<marker id="{name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" '
        f'markerUnits="userSpaceOnUse" orient="auto"><polygon points="0,0 10,5 0,10" fill="{colour}"/></marker>'
    )


def rect(kind: str, x: float, y: float, wide: float, high: float) -> str:
    """A box."""
    return f'<rect class="{kind}" x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}" rx="4"/>'


def words(kind: str, x: float, y: float, text: str) -> str:
    """A name."""
    return f'<text class="{kind}" x="{x:g}" y="{y:g}">{escape(text)}</text>'


def arrow(curve: str, says: str, kind: str) -> str:
    """An arrow, which says its two ends to whoever points at it."""
    return f'<path class="{kind}" d="{curve}"><title>{says}</title></path>'


def is_implied(one: str, other: str, uses: set[tuple[str, str]], order: list[str]) -> bool:
    """Whether one can also come from a folder to another by the folders between them, downwards."""
    between = order[order.index(one) + 1 : order.index(other)]
    reached = {one}
    for each in between:
        if any((before, each) in uses for before in reached):
            reached.add(each)
    return any((each, other) in uses for each in reached - {one})


def draw(package: Path = ROOT / PACKAGE) -> str:
    """The picture of a package, the same each time."""
    rooms = rooms_of(package)
    return Drawing(rooms, arrows_of(package, rooms)).svg()


if __name__ == "__main__":
    FILE.write_text(draw(), encoding="utf-8")
    print(FILE.relative_to(ROOT))
