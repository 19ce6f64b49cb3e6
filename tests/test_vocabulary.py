"""Names in the code, and what is said on the screen, use the words of docs/words.md."""

import ast
import html
import re
from functools import cache
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
ALLOWED = {"CollectiveSummary", "error_summary", "summaries_on", "summary", "_summary", "signature"}


@cache
def read(path: Path) -> tuple[set[str], list[str]]:
    """The names of a module, and its strings but for docstrings, in one go: reading all of them takes two seconds."""
    names: set[str] = set()
    strings: list[ast.Constant] = []
    notes: set[int] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)) and isinstance(node.body[0], ast.Expr):
            notes.add(id(node.body[0].value))
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            strings.append(node)
    return names, [each.value for each in strings if id(each) not in notes]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_names_are_english_and_those_of_the_glossary(path: Path) -> None:
    names, _ = read(path)
    assert all(name.isascii() for name in names)
    for name in names - ALLOWED:
        words = re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower().split("_")
        assert not set(words) & set(AVOID), f"{name}: see docs/words.md"


WORDS = (FOLDER.parent / "docs" / "words.md").read_text("utf-8")
NOT_SAID = re.findall(
    r"^\| (.+?) \|", WORDS.partition("## Words that the screen does not use")[2].partition("\n## ")[0], re.MULTILINE
)[2:]
NOT_SAID_AT_ALL = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, NOT_SAID))})(?!\w)")
SAID_BY = sorted(
    path
    for ending in ("html", "py", "toml", "js")
    for path in FOLDER.rglob(f"*.{ending}")
    if "build" not in path.parts and path.relative_to(FOLDER).parts[0] != "demo"  # its people say what they want
)
# Hours from sixty minutes on: typography.minutes and lib/french.js say them.
MINUTES_BY_HAND = re.compile(r"""\b(?:[6-9][0-9]|[1-9][0-9]{2}) min\b|minutes ~ " min""")
# « de » and « que » before a name: typography.of_person and ofWhom elide them.
NAME_BY_HAND = re.compile(r"""\b(?:de|que) (?:" ~ [\w.]*\bname\b|\{\{ ?[\w.]*\bname\b|\$?\{[\w.]*\bname\b)""")


def spoken(path: Path) -> str:
    """What a file lets people read, on one line: no comment, docstring, address, tag nor typographic space."""
    if path.suffix == ".py":
        text = "\n".join(each for each in read(path)[1] if each[:1] != "/")
    else:
        comments = {".html": r"\{#.*?#\}", ".toml": r"^#.*?$", ".js": r"/\*.*?\*/|(?<![:\"'])//.*?$"}[path.suffix]
        text = re.sub(comments, "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"</?[a-z][^>]*>", "", text))).replace("'", "’").lower()


def faults_in(text: str) -> list[str]:
    """The words of the list that are said, and what is written by hand that has a helper."""
    words = NOT_SAID_AT_ALL.findall(text)
    return words + [found[0] for rule in (MINUTES_BY_HAND, NAME_BY_HAND) for found in rule.finditer(text)]


@pytest.mark.parametrize("path", SAID_BY, ids=lambda path: str(path.relative_to(FOLDER)))
def test_the_screen_says_one_word_for_one_thing(path: Path) -> None:
    assert faults_in(spoken(path)) == [], "see docs/words.md"


def test_the_list_of_words_not_said_is_read() -> None:
    assert len(NOT_SAID) > 40
    for said in ("au secrétariat de la séance", "dure 120 min", '"la fiche de " ~ member.name', "d’une opposition"):
        assert faults_in(said), said
    for said in ("dure 45 min", '"la fiche " ~ (member.name|of_person)', "exposition", "sur le geste professionnel"):
        assert not faults_in(said), said
