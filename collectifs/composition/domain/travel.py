"""How long it takes from one commune to another: an estimate, always said as such.

Roads are taken a third longer than the crow flies; the first five kilometres at 40 km/h, the others at 60, and three
minutes to leave and to park. Inside a commune, six minutes.
"""

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0
LONGER = 1.3
SLOW_KM, SLOW_KMH, FAST_KMH = 5.0, 40.0, 60.0
LEAVING_MIN, INSIDE_MIN = 3.0, 6.0


@dataclass(frozen=True, slots=True)
class Place:
    """A commune, by its INSEE code; where it stands, in degrees."""

    insee: str
    lat: float
    lon: float


Travel = Callable[[Place, Place], float]


def crow_km(one: Place, other: Place) -> float:
    """The distance as the crow flies, in kilometres."""
    lat, lon = radians(other.lat - one.lat), radians(other.lon - one.lon)
    half = sin(lat / 2) ** 2 + cos(radians(one.lat)) * cos(radians(other.lat)) * sin(lon / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def minutes_between(one: Place, other: Place) -> float:
    """How long it takes, in minutes, from the crow's flight alone."""
    return INSIDE_MIN if one.insee == other.insee else minutes_of(crow_km(one, other) * LONGER)


def minutes_of(road: float) -> float:
    """How long so many kilometres of road take, in minutes."""
    slow = min(road, SLOW_KM)
    return LEAVING_MIN + slow / SLOW_KMH * 60 + (road - slow) / FAST_KMH * 60


class Minutes:
    """The minutes between communes, once reckoned: read a thousand times, and kept as bytes with a draft."""

    def __init__(self, codes: Sequence[str], values: "array[float]") -> None:
        self.codes = list(codes)
        self.values = values
        self._place = {code: number for number, code in enumerate(self.codes)}

    @classmethod
    def reckoned(cls, places: Sequence[Place], travel: Travel) -> "Minutes":
        """Between all of these places."""
        values = array("f", (travel(one, other) for one in places for other in places))
        return cls([each.insee for each in places], values)

    @classmethod
    def read(cls, codes: Sequence[str], kept: bytes) -> "Minutes":
        """As `kept()` wrote them."""
        values = array("f")
        values.frombytes(kept)
        return cls(codes, values)

    def kept(self) -> bytes:
        """The values as bytes, row after row."""
        return self.values.tobytes()

    def between(self, one: Place, other: Place) -> float:
        """How long it takes; from the crow's flight for a commune that has come since."""
        row, column = self._place.get(one.insee), self._place.get(other.insee)
        if row is None or column is None:
            return minutes_between(one, other)
        return self.values[row * len(self.codes) + column]


def imported(travel: Travel, table: Mapping[tuple[str, str], float]) -> Travel:
    """The minutes that a territory measured, where it did; else those of `travel`. One way stands for both."""

    def between(one: Place, other: Place) -> float:
        known = table.get((one.insee, other.insee), table.get((other.insee, one.insee)))
        return travel(one, other) if known is None or one.insee == other.insee else known

    return between
