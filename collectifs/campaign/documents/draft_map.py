"""The map of a draft as plain values: communes as points, a line to where each collective would meet. No tile."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from math import cos, radians

from collectifs.composition.domain.moving import Standing
from collectifs.composition.domain.travel import Place
from collectifs.composition.domain.wording import FAR
from collectifs.kernel.text.typography import count
from collectifs.kernel.text.typography import minutes as in_minutes

WIDTH, EDGE, TALLEST = 1060, 60, 900
MOST_NAMED = 45  # communes: beyond, names would cover one another
LINE, LETTER = 20, 10  # the size of a name, in units of the map


@dataclass(frozen=True)
class Dot:
    """A commune: where, how many people set out from it, and the letters of those who would meet there."""

    x: int
    y: int
    people: int
    name: str
    letters: str
    is_named: bool

    @property
    def anchor(self) -> str:
        """From where its name is written: at the edges of the sheet, inwards."""
        half = len(self.name) * LETTER / 2
        if self.x < half:
            return "start"
        return "end" if self.x > WIDTH - half else "middle"


@dataclass(frozen=True)
class Way:
    """A line from a commune to where its people would meet; `minutes` where the journey is long."""

    x: int
    y: int
    to_x: int
    to_y: int
    people: int
    minutes: int

    @property
    def is_far(self) -> bool:
        """Whether the journey is long."""
        return bool(self.minutes)


@dataclass(frozen=True)
class DraftMap:
    """Everything that is drawn, and what it shows in a sentence."""

    height: int
    dots: tuple[Dot, ...]
    ways: tuple[Way, ...]
    finding: str


def draft_map(standing: Standing, town: Callable[[str], str]) -> DraftMap | None:
    """The map of a draft; None of an empty one."""
    if not standing.described:
        return None
    people = {each: standing.people[each].place for each in standing.group_of}
    venues: dict[Place, list[str]] = {}
    for code, group in standing.described.items():
        venues.setdefault(group.venue, []).append(code)
    places = sorted({*people.values(), *venues}, key=lambda place: place.insee)
    at, height = _points(places)
    return DraftMap(
        height, _dots(places, at, Counter(people.values()), venues, town), _ways(standing, at), _finding(standing)
    )


def _points(places: list[Place]) -> tuple[dict[Place, tuple[int, int]], int]:
    """Where each commune stands on the sheet: north above, a degree of longitude shortened as it is there."""
    lats, lons = [each.lat for each in places], [each.lon for each in places]
    narrow = cos(radians((min(lats) + max(lats)) / 2))
    wide, tall = max(0.05, (max(lons) - min(lons)) * narrow), max(0.05, max(lats) - min(lats))
    scale = min((WIDTH - 2 * EDGE) / wide, (TALLEST - 2 * EDGE) / tall)
    left = (WIDTH - wide * scale) / 2
    found = {
        each: (round(left + (each.lon - min(lons)) * narrow * scale), round(EDGE + (max(lats) - each.lat) * scale))
        for each in places
    }
    return found, round(tall * scale + 2 * EDGE)


def _dots(
    places: list[Place],
    at: dict[Place, tuple[int, int]],
    people: Counter[Place],
    venues: dict[Place, list[str]],
    town: Callable[[str], str],
) -> tuple[Dot, ...]:
    """The communes where one meets are named first; another is named where its name covers no other."""
    taken: list[tuple[float, float, float]] = []
    found = []
    for place in sorted(places, key=lambda each: (each not in venues, -people[each], each.insee)):
        (x, y), name = at[place], town(place.insee)
        half = len(name) * LETTER / 2 + 4
        is_free = all(abs(y - other_y) > LINE or abs(x - other_x) > half + other for other_x, other_y, other in taken)
        is_named = is_free and (place in venues or len(places) <= MOST_NAMED)
        if is_named:
            taken.append((x, y, half))
        found.append(Dot(x, y, people[place], name, " ".join(venues.get(place, [])), is_named))
    return tuple(found)


def _ways(standing: Standing, at: dict[Place, tuple[int, int]]) -> tuple[Way, ...]:
    found: Counter[tuple[Place, Place]] = Counter()
    longest: dict[tuple[Place, Place], float] = {}
    for group in standing.described.values():
        for each, minute in zip(group.ids, group.minutes, strict=True):
            place = standing.people[each].place
            if place != group.venue:
                found[place, group.venue] += 1
                longest[place, group.venue] = minute
    return tuple(
        Way(*at[one], *at[other], number, round(longest[one, other]) if longest[one, other] > FAR else 0)
        for (one, other), number in sorted(found.items(), key=lambda each: (each[0][0].insee, each[0][1].insee))
    )


def _finding(standing: Standing) -> str:
    far = sum(minute > FAR for minute in standing.minutes.values())
    places = count(len({group.venue for group in standing.described.values()}), "lieu", "lieux")
    longest = in_minutes(round(max(standing.minutes.values())))
    said = "Aucun trajet ne dépasse" if not far else f"{count(far, 'trajet')} au-delà de"
    return (
        f"{places[0].upper()}{places[1:]} de rencontre. {said[0].upper()}{said[1:]} 25 min ; le plus long : {longest}."
    )
