"""Composing beside other engines, on the same people and scored alike, in one run: `python -m tools.bench_peers`.

k-means-constrained and HiGHS stand in requirements-bench.txt, in a Python of their own (PEERS, by default
var/bench/peers/bin/python: `make bench-peers` makes it). GroupEng is in no registry: GROUPENG names the folder of a
copy of it; without one it is left out, and said so. Fails when another engine comes closer than it may.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from collectifs.composition.domain.annealing import compose
from collectifs.composition.domain.people import Territory, number_of_groups
from collectifs.composition.domain.score import Weights, described, parts_of
from collectifs.composition.domain.travel import minutes_between
from collectifs.people.domain.person import Degree
from tools.bench_composing import TERRITORIES, drawn

ROOT = Path(__file__).resolve().parents[1]
PEERS = os.environ.get("PEERS", str(ROOT / "var" / "bench" / "peers" / "bin" / "python"))
GROUPENG = os.environ.get("GROUPENG", "")
LOWER, LONGER, ABOVE = 5.0, 1.3, 1.05
BOUNDED = {"47": 60.0, "24": 75.0}  # départements that HiGHS ends with: the longest journey that it considers
ZONE = 40  # people: GroupEng has no geography, and does best in zones


@dataclass(frozen=True)
class Found:
    """What an engine makes of a territory."""

    score: float
    worst: float
    no_pilot: int
    apart: int


def scored(land: Territory, groups: Sequence[Sequence[int]]) -> Found:
    """Groups of the numbers of people, scored as a draft."""
    made = [described([land.people[each] for each in group], land.travel) for group in groups if group]
    parts = parts_of(made, land)
    worst = max(minute for group in made for minute in group.minutes)
    return Found(parts.total(Weights()), worst, parts.no_pilot, parts.apart)


def as_json(land: Territory, farthest: float = 0.0) -> dict[str, Any]:
    """A territory for another engine: places, minutes between communes, who is what."""
    places = list(dict.fromkeys(each.place for each in land.people))
    number = {place: each for each, place in enumerate(places)}
    return {
        "points": [(each.place.lat, each.place.lon) for each in land.people],
        "minutes": [[minutes_between(one, other) for other in places] for one in places],
        "commune": [number[each.place] for each in land.people],
        "first": [each.degree is Degree.FIRST for each in land.people],
        "new": [each.is_new for each in land.people],
        "pilots": [each.pilots for each in land.people],
        "groups": number_of_groups(land.people),
        "farthest": farthest,
    }


def asked(engine: str, land: dict[str, Any]) -> dict[str, Any]:
    """What an engine of the other Python answers."""
    command = [PEERS, str(ROOT / "tools" / "peer_engines.py"), engine]
    answer = subprocess.run(command, input=json.dumps(land), capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return found


def groupeng(land: Territory, zones: Sequence[Sequence[int]]) -> list[list[int]]:
    """Its groups, zone by zone: pilots and both sides spread, as its own rules say."""
    return [group for zone in zones for group in _groupeng_zone(land, zone)]


def _groupeng_zone(land: Territory, zone: Sequence[int]) -> list[list[int]]:
    with tempfile.TemporaryDirectory() as folder:
        _write_class(land, zone, Path(folder))
        env = os.environ | {"PYTHONPATH": GROUPENG}
        run = "from GroupEng.controller import run; run('people.groupeng')"
        subprocess.run([PEERS, "-c", run], cwd=folder, env=env, capture_output=True, check=True)
        [listed] = Path(folder).glob("groups_*/*_groups.csv")
        return [
            [int(each.strip()[1:]) for each in row if each.strip()[:1] == "p"]
            for row in csv.reader(listed.open(encoding="utf-8"))
        ]


def _write_class(land: Territory, zone: Sequence[int], folder: Path) -> None:
    with (folder / "people.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("ID", "Pilots", "Degree", "New"))
        for each in zone:
            who = land.people[each]
            rows.writerow((f"p{each}", "yn"[not who.pilots], who.degree.value, "yn"[not who.is_new]))
    here = [land.people[each] for each in zone]
    wanted = (  # it refuses a rule about a value that nobody has
        ("- distribute : Pilots\n  values : y\n", any(each.pilots for each in here)),
        ("- cluster : Degree\n  values : first\n", any(each.degree is Degree.FIRST for each in here)),
        ("- cluster : New\n  values : y\n", any(each.is_new for each in here)),
    )
    rules = "".join(rule for rule, is_of_use in wanted if is_of_use)
    deck = f"classlist : people.csv\nstudent_identifier : ID\ngroup_size : 8+\n{rules}"
    (folder / "people.groupeng").write_text(deck, encoding="utf-8")


def zones_of(land: Territory) -> list[list[int]]:
    """Zones of about forty people, near one another: by k-means with the sizes of a zone, from the groups of eight."""
    groups: list[list[int]] = asked("kmeans", as_json(land))["groups"]
    middle = [sum(land.people[each].place.lon for each in group) / len(group) for group in groups]
    in_order = [group for _, group in sorted(zip(middle, groups, strict=True))]
    size = ZONE // 8
    cuts = range(0, len(in_order), size)
    return [[each for group in in_order[cut : cut + size] for each in group] for cut in cuts]


def compared(department: str, number: int) -> list[str]:
    """One territory by every engine, printed; the bounds that were passed."""
    land = drawn(department, number)
    index = {each.id: place for place, each in enumerate(land.people)}
    engines: dict[str, Callable[[], Sequence[Sequence[int]]]] = {
        "own": lambda: [[index[each] for each in group.ids] for group in compose(land).groups],
        "k-means": lambda: asked("kmeans", as_json(land))["groups"],
    }
    if GROUPENG:
        engines["GroupEng"] = lambda: groupeng(land, zones_of(land))
    found = {name: scored(land, engine()) for name, engine in engines.items()}
    for name, each in found.items():
        print(f"{department}, {number}: {name} {each.score:,.0f}, worst {each.worst:.0f} min, {each}", flush=True)
    return [f"{department}: {each}" for each in _faults(found) + _above(department, land)]


def _faults(found: dict[str, Found]) -> list[str]:
    own = found["own"]
    others = [each.score for name, each in found.items() if name != "own"]
    said = {
        f"not {LOWER} times lower": own.score * LOWER > min(others),
        f"the worst journey is more than {LONGER} times that of k-means": own.worst > LONGER * found["k-means"].worst,
        "a hard rule is broken": bool(own.no_pilot or own.apart),
    }
    return [each for each, is_so in said.items() if is_so]


def _above(department: str, land: Territory) -> list[str]:
    """How far above the bound, with its liberties: no wishes, no hierarchy."""
    if department not in BOUNDED:
        return []
    free = Territory(tuple(replace(each, supervises="") for each in land.people))
    least = asked("bound", as_json(free, BOUNDED[department]))
    own = compose(free).parts.total(Weights())
    print(f"{department}: {own:,.0f}, bound {least['bound']:,.0f}, gap {least['gap']:.3f}", flush=True)
    return [f"{own / least['bound'] - 1:.1%} above the bound"] if own > ABOVE * least["bound"] else []


def main() -> list[str]:
    """The four territories; what was passed."""
    if not GROUPENG:
        print("Left out: GroupEng (GROUPENG names the folder of a copy).")
    return [each for department, number, _ in TERRITORIES for each in compared(department, number)]


if __name__ == "__main__":
    sys.exit("\n".join(main()) or 0)
