"""docs/promises.md is printed from the table of tests/promises.py: `python -m tests.test_promises_page`."""

from pathlib import Path

from tests.promises import KEPT

PAGE = Path(__file__).resolve().parents[1] / "docs" / "promises.md"
HEAD = """# Promises

What a page, a mail or a paper says is kept, erased, shown or checked; where it is said; the test that tries it. Printed
by `python -m tests.test_promises_page` from `tests/promises.py`, with those that may not come back.

| said | in `collectifs/` | tried by, in `tests/` |
|---|---|---|
"""


def printed() -> str:
    """The page, from the table."""
    lines = [f"| « {words} » | `{where}` | `{file}`, `{test}` |" for where, words, file, test in KEPT]
    return HEAD + "\n".join(lines) + "\n"


def test_the_page_of_promises_is_printed_from_their_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == printed(), "run: python -m tests.test_promises_page"


if __name__ == "__main__":
    PAGE.write_text(printed(), encoding="utf-8")
