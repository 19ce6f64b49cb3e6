"""Templates: what the content policy and the house rules refuse."""

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "collectifs"
PAGES = sorted((FOLDER / "templates").rglob("*.html"))
REFUSED = {
    r"\|\s*safe\b": "unescaped text",
    r"\sstyle=": "inline style",
    r"\son[a-z]+=\"": "inline handler",
    r"<script(?![^>]*\bsrc=)(?![^>]*application/json)": "inline script",
    r"<style": "inline style sheet",
    r"autoescape\s+false": "unescaped text",
    r">\s*Valider\b|>\s*OK\s*<": "a button is named by its verb",
}
# Words that the screen must not say: the users have their own (docs/words.md).
WORDS = ("synchronis", "backlog", "login", "e-mail", "email", "utilisateur", "cliquez ici", "Oups", "2nd degré", "2ème")


def text_of(path: Path) -> str:
    return re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_a_template_keeps_to_the_house_rules(path: Path) -> None:
    is_paper = "documents" in path.parts or "mails" in path.parts
    for pattern, why in REFUSED.items():
        if is_paper and "style" in why:
            continue
        assert not re.search(pattern, text_of(path)), why


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_a_template_speaks_the_words_of_its_readers(path: Path) -> None:
    shown = re.sub(r"\{[%{].*?[%}]\}|<[^>]+>", " ", text_of(path), flags=re.DOTALL)
    found = [word for word in WORDS if word in shown]
    assert not found


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_apostrophes_are_typographic(path: Path) -> None:
    shown = re.sub(r"\{[%{#].*?[%}#]\}|<[^>]+>", " ", text_of(path), flags=re.DOTALL)
    assert not re.search(r"\w'\w", shown)


# What follows the number in `count(…)`: of two words the software does not know the plural.
COUNTED = re.compile(r'\bcount\((?:[^()"]|\([^()]*\))*, "([^" ]+ [^"]+)"(?:, feminine=\w+)?\)')


def test_of_two_words_that_are_counted_the_plural_is_written() -> None:
    files = [*FOLDER.rglob("*.html"), *FOLDER.rglob("*.py")]
    assert [found for each in files for found in COUNTED.findall(each.read_text(encoding="utf-8"))] == []
