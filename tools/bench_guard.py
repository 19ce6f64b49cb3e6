"""What the anonymity guard finds in sentences that were written before its rules, with intervals, and what it costs.

The sentences go through `flask guard`, as anybody’s would. By kind: how many of the spans to find were found, how many
marks were right. Intervals are Wilson’s, at 95 %. `python -m tools.bench_guard --held-back` also reads the sentences
that are held back; without it they stay unread.
"""

import argparse
import json
import math
import resource
import statistics
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from collectifs.cli.guard import guard
from collectifs.guard.domain.context import Context
from collectifs.guard.domain.guard import marks
from collectifs.guard.domain.lexicons import lexicons

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "guard" / "evaluation"
REPORT = Path(__file__).resolve().parents[1] / "var" / "bench" / "guard.json"
SIDES = {"build": "built on", "held_back": "held back"}
LEVELS = ("certain", "likely")
Z = 1.96
WORDS_OF_A_SHEET = 250


@dataclass(frozen=True)
class Sentence:
    """A text, its context and the spans that ought to be found."""

    text: str
    context: dict[str, Any]
    spans: list[dict[str, Any]]


@dataclass
class Score:
    """Counts by (kind, level): spans to find and found, marks made and right; sentences without spans, left alone."""

    wanted: Counter[tuple[str, str]] = field(default_factory=Counter)
    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    made: Counter[tuple[str, str]] = field(default_factory=Counter)
    right: Counter[tuple[str, str]] = field(default_factory=Counter)
    clean: int = 0
    left_alone: int = 0

    def recall(self, level: str, *, only: str = "", but: str = "") -> float:
        """The share of the spans of a level that were found."""
        return _share(_sum(self.found, level, only, but), _sum(self.wanted, level, only, but))

    def precision(self, level: str) -> float:
        """The share of the marks of a level that were right."""
        return _share(_sum(self.right, level), _sum(self.made, level))


def sentences(file: Path) -> list[Sentence]:
    """The sentences of a file, one JSON object a line."""
    return [Sentence(**json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]


def measure(side: list[Sentence]) -> Score:
    """Ask `flask guard`, and compare."""
    lines = [json.dumps({"text": each.text, "context": each.context}, ensure_ascii=False) for each in side]
    answer = CliRunner().invoke(guard, input="\n".join(lines), catch_exceptions=False)
    score = Score()
    for sentence, line in zip(side, answer.stdout.splitlines(), strict=True):
        _count(score, sentence, json.loads(line)["spans"])
    return score


def _count(score: Score, sentence: Sentence, made: list[dict[str, Any]]) -> None:
    for span in sentence.spans:
        key = span["kind"], span["level"]
        enough = LEVELS if span["level"] == "likely" else ("certain",)
        score.wanted[key] += 1
        score.found[key] += any(_overlap(span, mark) and mark["level"] in enough for mark in made)
    for mark in made:
        key = mark["kind"], mark["level"]
        enough = LEVELS if mark["level"] == "likely" else ("certain",)
        score.made[key] += 1
        score.right[key] += any(_overlap(span, mark) and span["level"] in enough for span in sentence.spans)
    score.clean += not sentence.spans
    score.left_alone += not sentence.spans and not made


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


def _sum(counts: Counter[tuple[str, str]], level: str, only: str = "", but: str = "") -> int:
    return sum(
        number
        for (kind, of_level), number in counts.items()
        if of_level == level and (not only or kind == only) and kind != but
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The interval in which a share of a larger set lies, nineteen times in twenty."""
    if not whole:
        return 0.0, 1.0
    share, weight = part / whole, Z * Z / whole
    middle = (share + weight / 2) / (1 + weight)
    half = Z * math.sqrt(share * (1 - share) / whole + weight / whole / 4) / (1 + weight)
    return max(0.0, middle - half), min(1.0, middle + half)


def main(arguments: list[str] | None = None) -> None:
    """Print the table, write it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held-back", action="store_true", help="also read the sentences that are held back")
    parser.add_argument("--json", type=Path, default=REPORT)
    options = parser.parse_args(arguments)
    report: dict[str, Any] = {"cost": cost()}
    for name, words in SIDES.items():
        if name == "build" or options.held_back:
            side = sentences(FOLDER / f"{name}.jsonl")
            report[name] = table(measure(side))
            _show(f"{words}: {len(side)} sentences", report[name])
    print("cost: " + ", ".join(f"{name} {value}" for name, value in report["cost"].items()))
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def table(score: Score) -> dict[str, Any]:
    """Each kind and level, then each level, as shares with their interval."""
    rows: dict[str, Any] = {
        f"{kind} ({level})": {
            "recall": _told(score.found[kind, level], score.wanted[kind, level]),
            "precision": _told(score.right[kind, level], score.made[kind, level]),
        }
        for kind, level in sorted({*score.wanted, *score.made}, key=lambda key: (key[1], key[0]))
    }
    for level, but in (("certain", ""), ("likely", ""), ("likely", "rare")):
        rows[f"all {level}" + (f" but {but}" if but else "")] = {
            "recall": _told(_sum(score.found, level, "", but), _sum(score.wanted, level, "", but)),
            "precision": _told(_sum(score.right, level, "", but), _sum(score.made, level, "", but)),
        }
    rows["nothing to hide, left alone"] = {"recall": _told(score.left_alone, score.clean), "precision": None}
    return rows


def _told(part: int, whole: int) -> dict[str, Any]:
    low, high = wilson(part, whole)
    share = round(_share(part, whole), 3)
    return {"right": part, "of": whole, "share": share, "low": round(low, 3), "high": round(high, 3)}


def _show(title: str, rows: dict[str, Any]) -> None:
    print(f"\nThe guard, {title}\n{'':30}{'recall':^30}{'precision':^30}")
    for name, row in rows.items():
        print(f"{name:30}" + "".join(f"{_cell(row[column]):30}" for column in ("recall", "precision")))


def _cell(cell: dict[str, Any] | None) -> str:
    if cell is None:
        return ""
    return f"{cell['right']:>4} of {cell['of']:<4} {cell['share']:.3f} [{cell['low']:.2f} {cell['high']:.2f}]"


def cost() -> dict[str, Any]:
    """Seconds and megabytes to load, milliseconds a sheet of 250 words."""
    before, start = _megabytes(), time.perf_counter()
    lexicons.cache_clear()
    lexicons()
    loaded = time.perf_counter() - start
    words = " ".join(each.text for each in sentences(FOLDER / "build.jsonl")).split()
    begins = range(0, len(words) - WORDS_OF_A_SHEET, WORDS_OF_A_SHEET)
    sheets = [" ".join(words[at : at + WORDS_OF_A_SHEET]) for at in begins]
    return {
        "load_s": round(loaded, 2),
        "load_mb": round(_megabytes() - before),
        "process_mb": round(_megabytes()),
        "sheet_ms": round(statistics.median(_milliseconds(sheet) for sheet in sheets), 1),
        "ten_thousand_words_ms": round(_milliseconds(" ".join((words * 10)[:10000]))),
    }


def _milliseconds(text: str) -> float:
    start = time.perf_counter()
    marks(text, Context())
    return 1000 * (time.perf_counter() - start)


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
