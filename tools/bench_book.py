"""The book of the year at 300 entries: processor time, memory and bytes of each format, each in a process of its own.

Written to `var/bench_book.json`; says what passes a limit. Usage: python -m tools.bench_book [--entries 300]
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

from collectifs.book.documents.rendering import render
from collectifs.book.domain.edition import BookFormat
from tests.press_edition import large

OUT = Path(__file__).resolve().parents[1] / "var" / "bench_book.json"
TERMS = 2  # entries for one word of the index
# seconds of processor, megabytes
LIMITS = {
    BookFormat.A4: (30.0, 400.0),
    BookFormat.A5: (30.0, 400.0),
    BookFormat.EPUB: (2.0, 400.0),
    BookFormat.TEXT: (2.0, 400.0),
}


def main(arguments: list[str] | None = None) -> list[str]:
    """Measure, print, write; returns what passes a limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=300)
    parser.add_argument("--form", choices=[form.value for form in BookFormat])
    asked = parser.parse_args([] if arguments is None else arguments)
    if asked.form:
        print(json.dumps(_measured(BookFormat(asked.form), asked.entries)))
        return []
    found = {form.value: _apart(form, asked.entries) for form in BookFormat}
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps({"entries": asked.entries, "formats": found}, indent=1) + "\n", encoding="utf-8")
    print(f"\nThe book, {asked.entries} entries ({OUT.name})")
    for name, each in found.items():
        print(f"  {name:8} {each['cpu_s']:6.1f} s of CPU  {each['mb']:6.0f} MB  {each['bytes'] / 1000:8.0f} KB")
    return [line for form in BookFormat for line in _too_much(form, found[form.value])]


def _apart(form: BookFormat, entries: int) -> dict[str, float]:
    command = [sys.executable, "-m", "tools.bench_book", "--form", form.value, "--entries", str(entries)]
    return dict(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))


def _measured(form: BookFormat, entries: int) -> dict[str, float]:
    edition, began = large(entries, entries // TERMS), time.process_time()
    content = render(edition, form)
    spent = time.process_time() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"cpu_s": round(spent, 2), "mb": round(memory, 1), "bytes": len(content)}


def _too_much(form: BookFormat, each: dict[str, float]) -> list[str]:
    seconds, megabytes = LIMITS[form]
    over = []
    if each["cpu_s"] > seconds:
        over.append(f"{form.value}: {each['cpu_s']} s of CPU, {seconds} at most")
    if each["mb"] > megabytes:
        over.append(f"{form.value}: {each['mb']} MB, {megabytes} at most")
    return over


if __name__ == "__main__":
    passed = main(sys.argv[1:])
    print("\n".join(passed))
    sys.exit(1 if passed else 0)
