"""What composing costs: 300 people and 1,500 on real communes, CPU, memory, score by parts; the effect of a move.

The people are drawn (four in ten of the second degree, one volunteer pilot for six, one in five of these tied to a
circonscription, some pairs), always the same. Each territory is composed in a process of its own, so that its memory
is its own: `python -m tools.bench_composing 47 300` composes one and prints it as JSON. Fails past a bound.
"""

import json
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

from collectifs.composition.domain.annealing import Draft, compose
from collectifs.composition.domain.moving import Standing, effects
from collectifs.composition.domain.people import Candidate, Territory, Wishes
from collectifs.composition.domain.score import Weights
from collectifs.composition.domain.travel import Minutes, minutes_between
from collectifs.composition.domain.wording import letters
from collectifs.composition.queries.communes import Commune, communes
from collectifs.people.domain.person import Degree

REPORT = Path(__file__).resolve().parents[1] / "var" / "bench" / "composing.json"
# département, people, the most seconds of CPU
TERRITORIES = (("47", 300, 10.0), ("24", 300, 10.0), ("33", 700, 30.0), ("59", 1_500, 60.0))
MOST_MB, MOST_EFFECT_MS = 150, 50
SMALL = 2_500  # inhabitants: under it, no school of the second degree


@dataclass(frozen=True)
class Composed:
    """One territory: seconds of CPU, megabytes, the score with its faults, minutes, milliseconds of an effect."""

    department: str
    people: int
    groups: int
    cpu_s: float
    mb: int
    score: float
    faults: dict[str, float]
    mean: float
    p95: float
    worst: float
    effect_ms: float


def drawn(department: str, number: int) -> Territory:
    """So many people of a département."""
    chance = Random(f"{department}:{number}")  # noqa: S311  a draw that can be made again
    here = [each for each in communes().values() if each.department == department]
    people = tuple(_somebody(chance, str(each), here) for each in range(number))
    pairs = [_pair(chance, people) for _ in range(number * 12 // 200)]
    apart = frozenset(pairs[: len(pairs) // 4])
    return Territory(people, Wishes(frozenset(pairs[len(pairs) // 4 :]) - apart, apart))


def _pair(chance: Random, people: tuple[Candidate, ...]) -> frozenset[str]:
    """Two who live near each other, as people who know each other do."""
    one, *others = chance.sample(people, 40)
    return frozenset({one.id, min(others, key=lambda each: minutes_between(one.place, each.place)).id})


def _somebody(chance: Random, id_: str, here: list[Commune]) -> Candidate:
    of_second = chance.random() < 0.4
    towns = [each for each in here if each.population > SMALL] if of_second else here
    [town] = chance.choices(towns, [max(each.population, 50) for each in towns])
    pilots, district = chance.random() < 1 / 6, f"C{chance.randrange(12)}"
    supervises = f"C{chance.randrange(12)}" if pilots and chance.random() < 0.2 else ""
    degree = Degree.SECOND if of_second else Degree.FIRST
    return Candidate(id_, town.place, degree, chance.random() < 0.46, pilots, district, supervises)


def measure(department: str, number: int) -> Composed:
    """Compose one territory, in this process."""
    land = drawn(department, number)
    began = time.process_time()
    draft = compose(land)
    cpu = time.process_time() - began
    minutes = sorted(minute for group in draft.groups for minute in group.minutes)
    parts = asdict(draft.parts)
    return Composed(
        department,
        number,
        len(draft.groups),
        round(cpu, 1),
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        round(draft.parts.total(Weights())),
        {name: value for name, value in parts.items() if name != "minutes"},
        round(sum(minutes) / len(minutes), 1),
        round(minutes[int(len(minutes) * 0.95)], 1),
        round(minutes[-1], 1),
        round(_effect_ms(land, draft), 1),
    )


def _effect_ms(land: Territory, draft: Draft) -> float:
    """What each move of somebody would change, as the page asks it: the minutes are reckoned already."""
    places = list(dict.fromkeys(each.place for each in land.people))
    known = Territory(land.people, land.wishes, Minutes.reckoned(places, minutes_between).between)
    standing = Standing(known, {letters(place): group.ids for place, group in enumerate(draft.groups)})
    times = []
    for each in land.people[:5]:
        began = time.process_time()
        effects(standing, each.id, Weights())
        times.append(1_000 * (time.process_time() - began))
    return min(times)


def faults_of(found: Composed, most_s: float) -> list[str]:
    """Which bounds it passes."""
    said = {
        f"{found.cpu_s} s of CPU, {most_s} at most": found.cpu_s > most_s,
        f"{found.mb} MB, {MOST_MB} at most": found.mb > MOST_MB,
        f"{found.effect_ms} ms for an effect, {MOST_EFFECT_MS} at most": found.effect_ms > MOST_EFFECT_MS,
        "a hard rule is broken": bool(found.faults["no_pilot"] or found.faults["apart"]),
    }
    return [f"{found.department}, {found.people} people: {each}" for each, is_so in said.items() if is_so]


def main() -> list[str]:
    """Compose the four territories; print them, keep them in var/bench; the bounds that were passed."""
    found, too_much = [], []
    for department, number, most_s in TERRITORIES:
        command = [sys.executable, "-m", "tools.bench_composing", department, str(number)]
        answer = subprocess.run(command, capture_output=True, text=True, check=True)
        one = Composed(**json.loads(answer.stdout))
        found.append(asdict(one))
        too_much += faults_of(one, most_s)
        print(_line(one), flush=True)
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return too_much


def _line(one: Composed) -> str:
    faults = ", ".join(f"{name} {value:g}" for name, value in one.faults.items() if value) or "no fault"
    return (
        f"composing {one.department}, {one.people} people, {one.groups} collectives: {one.cpu_s} s, {one.mb} MB, "
        f"score {one.score:,.0f} ({faults}), minutes {one.mean} / {one.p95} / {one.worst}, effect {one.effect_ms} ms"
    )


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(json.dumps(asdict(measure(sys.argv[1], int(sys.argv[2])))))
    else:
        sys.exit("\n".join(main()) or 0)
