"""Names in the code use the words of docs/words.md."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "collectifs"
FILES = sorted(FOLDER.rglob("*.py"))
# A word of a name, and the word that the table wants instead.
AVOID = {
    "team": "collective",
    "leader": "pilot",
    "junior": "new_tutor",
    "consultant": "peers",
    "consultants": "peers",
    "backlog": "parking_lot",
    "solution": "answer",
    "summary": "sheet",
    "superuser": "administrator",
    "signature": "attendance",
}
ALLOWED = {"CollectiveSummary", "error_summary", "summaries_on", "summary", "_summary"}


def names_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_names_are_those_of_the_glossary(path: Path) -> None:
    for name in set(names_in(path)) - ALLOWED:
        words = re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower().split("_")
        assert not set(words) & set(AVOID), f"{name}: see docs/words.md"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_names_are_english(path: Path) -> None:
    assert all(name.isascii() for name in names_in(path))
