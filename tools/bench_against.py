"""What `bench_live` sets beside the application: itself as it was at a former commit, and a neighbour that is busy."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from collectifs.cli.forks import ROOT
from tools.processes import dying_with_us, end

REPORT = ROOT / "var" / "bench-live.json"
MADE = ("collectifs/static/build", "collectifs/guard/build", "collectifs/composition/build")
LONGEST_S = 900
BUSY = f"import time\nend = time.monotonic() + {LONGEST_S}\nwhile time.monotonic() < end:\n    pass"
FLOOR = ROOT / "tools"  # not a commit: the bare application that stands there
COMPARED = ("gesture_p95_ms", "question_p95_ms", "server_ms_per_request")


@contextmanager
def former(commit: str) -> Iterator[Path]:
    """The application as it was at a commit, in a folder of its own, with what set-up made here.

    It is served on the tables of the present one: a release works on those of the next.
    """
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder) / "former"
        subprocess.run(["git", "worktree", "add", "--detach", "--quiet", str(at), commit], cwd=ROOT, check=True)
        try:
            for made in MADE:
                if (ROOT / made).exists():
                    shutil.copytree(ROOT / made, at / made, dirs_exist_ok=True)
            yield at
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(at)], cwd=ROOT, check=False)


@contextmanager
def neighbour(is_there: bool) -> Iterator[None]:
    """Somebody else who takes a whole core meanwhile, a quarter of an hour at most."""
    if not is_there:
        yield
        return
    busy = subprocess.Popen(dying_with_us([sys.executable, "-c", BUSY]))
    try:
        yield
    finally:
        end(busy)


def write_report(rows: list[dict[str, Any]], asked: dict[str, Any]) -> None:
    """The figures of a run; how many times those of the former commit are greater, and those of now than the floor."""
    REPORT.parent.mkdir(exist_ok=True)
    found = {"asked": asked, "load_of_the_machine": os.getloadavg(), "loads": rows}
    found |= {"former_by_now": _ratios(rows, "former", "now"), "now_by_floor": _ratios(rows, "now", "floor")}
    REPORT.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"written to {REPORT.relative_to(ROOT)}", flush=True)


def _ratios(rows: list[dict[str, Any]], greater: str, less: str) -> list[dict[str, Any]]:
    """Of each load that both met: the median of the one's rounds by the median of the other's."""
    ratios = []
    for base, screens in sorted({(row["base"], row["screens"]) for row in rows}):
        met = [row for row in rows if (row["base"], row["screens"]) == (base, screens)]
        above, below = ([row for row in met if row["code"] == which] for which in (greater, less))
        if above and below:
            of = {name: _middle(above, name) / max(_middle(below, name), 0.001) for name in COMPARED}
            ratios.append({"base": base, "screens": screens, **{name: round(each, 2) for name, each in of.items()}})
    return ratios


def _middle(rows: list[dict[str, Any]], name: str) -> float:
    return float(median(row[name] for row in rows))
