"""The communes of France as `make assets` made them (tools/make_communes.py): read once a process."""

import csv
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from collectifs.composition.domain.travel import Place

BUILT = Path(__file__).resolve().parents[1] / "build"
COMMUNES = "communes.csv"
HEADER = ("code", "name", "department", "population", "lat", "lon", "neighbours")


class CommunesMissing(OSError):
    """The list was not made: no commune is known by its code."""

    def __init__(self) -> None:
        super().__init__("The list of communes is missing: `make assets` makes it.")


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of today: its name with the article, its place, the codes of those beside it."""

    name: str
    department: str
    population: int
    place: Place
    neighbours: tuple[str, ...]


@lru_cache(maxsize=1)
def communes() -> dict[str, Commune]:
    """Every commune by its INSEE code. Raises CommunesMissing."""
    try:
        with (BUILT / COMMUNES).open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file, delimiter=";")
            next(rows)
            return {sys.intern(row[0]): _commune(row) for row in rows}
    except FileNotFoundError:
        raise CommunesMissing from None


def _commune(row: list[str]) -> Commune:
    code, name, department, population, lat, lon, near = row
    place, codes = Place(sys.intern(code), float(lat), float(lon)), tuple(map(sys.intern, near.split()))
    return Commune(name, sys.intern(department), int(population), place, codes)
