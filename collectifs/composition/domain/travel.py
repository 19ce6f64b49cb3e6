"""How long it takes from one commune to another: an estimate, always said as such.

Roads are taken a third longer than the crow flies; the first five kilometres at 40 km/h, the others at 60, and three
minutes to leave and to park. Inside a commune, six minutes.
"""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0
LONGER = 1.3
SLOW_KM, SLOW_KMH, FAST_KMH = 5.0, 40.0, 60.0
LEAVING_MIN, INSIDE_MIN = 3.0, 6.0


@dataclass(frozen=True)
class Place:
    """A commune, by its INSEE code; where it stands, in degrees."""

    insee: str
    lat: float
    lon: float


def crow_km(one: Place, other: Place) -> float:
    """The distance as the crow flies, in kilometres."""
    lat, lon = radians(other.lat - one.lat), radians(other.lon - one.lon)
    half = sin(lat / 2) ** 2 + cos(radians(one.lat)) * cos(radians(other.lat)) * sin(lon / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def minutes_between(one: Place, other: Place) -> float:
    """How long it takes, in minutes."""
    if one.insee == other.insee:
        return INSIDE_MIN
    road = crow_km(one, other) * LONGER
    slow = min(road, SLOW_KM)
    return LEAVING_MIN + slow / SLOW_KMH * 60 + (road - slow) / FAST_KMH * 60
