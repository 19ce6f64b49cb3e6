"""`make attack`: tries to get in, to break, to lose and to overtake, on this machine alone; prints and writes figures.

`python -m tools.attack [--requests 20000] [--kills 1000] [--crashes 100] [--seed 1] [--out var/attack.json]`; one part
alone by `--only requests|words|kills|crashes`: `--only kills --kills 1000 --screens 1600 --base sqlite` kills web
processes beside so many live screens. What is drawn is drawn from the seed. The tests run some of it
(tests/test_attack.py).
"""

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tools import attack_doors, attack_fields, attack_kills, attack_races
from tools.attack_fuzz import Fuzz
from tools.attack_world import target
from tools.system_packages import postgresql_bin

Found = tuple[Counter[str], list[str]]
Parts = dict[str, Callable[[], Found]]
BASES = ("sqlite", "postgresql")


def main(arguments: list[str] | None = None) -> int:
    """All of it, or some; the code is 1 when anything was found."""
    options = _options(arguments)
    parts: list[tuple[str, Found, float]] = []
    for kind in options.only or PARTS:
        with PARTS[kind](options) as each:
            for name, part in each.items():
                begun = time.monotonic()
                parts.append((name, part(), time.monotonic() - begun))
                _say(*parts[-1])
    _write(options.out, options.seed, parts)
    return 1 if any(faults for _, (_, faults), _ in parts) else 0


@contextmanager
def _requests(options: argparse.Namespace) -> Iterator[Parts]:
    with tempfile.TemporaryDirectory() as folder, target(Path(folder)) as here:
        yield {
            "another collective's ids": lambda: attack_doors.foreign_ids(here),
            "odd methods": lambda: attack_doors.own_ids(here),
            "mass assignment": lambda: attack_doors.mass_assignment(here),
            "two sessions at once": lambda: attack_races.races(here),
            "generated requests": lambda: Fuzz(here, options.seed).run(options.requests),
        }


@contextmanager
def _words(_options: argparse.Namespace) -> Iterator[Parts]:
    with tempfile.TemporaryDirectory() as folder:
        yield {"hostile words in every field": lambda: attack_fields.every_field(Path(folder))}


@contextmanager
def _kills(options: argparse.Namespace) -> Iterator[Parts]:
    yield {
        f"SIGKILL under load, {base}": partial(
            attack_kills.on_web, base, options.kills, options.seed, attack_kills.forked, options.screens
        )
        for base in options.base
        if options.kills and (base == "sqlite" or postgresql_bin())
    }


@contextmanager
def _crashes(options: argparse.Namespace) -> Iterator[Parts]:
    if options.crashes and postgresql_bin():
        yield {"PostgreSQL killed under load": lambda: attack_kills.on_postgresql(options.crashes, options.seed)}
    else:
        yield {}


PARTS = {"requests": _requests, "words": _words, "kills": _kills, "crashes": _crashes}


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS)
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--base", nargs="+", choices=BASES, default=BASES)
    parser.add_argument("--screens", type=int, default=0)
    parser.add_argument("--crashes", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("var/attack.json"))
    return parser.parse_args(arguments)


def _say(name: str, found: Found, seconds: float) -> None:
    tries, faults = found
    counted = ", ".join(f"{number} {kind}" for kind, number in sorted(tries.items()))
    print(f"{name}: {counted}; {len(faults)} faults; {seconds:.0f} s", flush=True)
    for fault, number in Counter(faults).most_common(20):
        print(f"    {number} × {fault}", flush=True)


def _write(path: Path, seed: int, parts: list[tuple[str, Found, float]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    figures = {name: {"tries": dict(found[0]), "faults": found[1], "seconds": round(s, 1)} for name, found, s in parts}
    path.write_text(json.dumps({"seed": seed, "parts": figures}, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
