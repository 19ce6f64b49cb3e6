"""What a newcomer finds at the door says what is true: the hooks before a commit, the version, the pages of docs/."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def linters() -> list[str]:
    """The tools that `make lint` runs on Python and templates."""
    words = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.search(r"(?m)^LINTERS := (.+)$", words)[1].split()
    recipes = [re.search(rf"(?m)^{target}:.*\n((?:\t.*\n)+)", words)[1] for target in targets]
    return re.findall(r"\$\(BIN\)/(.+)", "".join(recipes))


def test_the_hooks_before_a_commit_are_what_make_lint_runs() -> None:
    words = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert re.findall(r"repo: (.+)", words) == ["local"]  # nothing is fetched
    entries = re.findall(r"entry: (.+)", words)
    assert "make --no-print-directory lint-scripts" in entries
    for command in linters():
        tool = command.removesuffix(" collectifs/templates")
        assert any(entry.startswith(f".venv/bin/{tool}") for entry in entries), command
    assert len(entries) == len(linters()) + 1


def test_the_version_is_one_and_has_its_page() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert "pyproject.toml" in (ROOT / "docs" / "release.md").read_text(encoding="utf-8")


# What the code calls by name: functions and classes of Python, methods and functions of the scripts.
DEFINED = {
    ".py": r"(?m)^ *(?:def|class) (\w+)",
    ".js": r"(?m)(?:function|class|const) (\w+)|^  (?:async |static )?#?(\w+)\(.*\) \{$",
}
NAMES = {
    found[found.lastindex or 0]
    for path in (ROOT / "collectifs").rglob("*.*")
    if path.suffix in DEFINED
    for found in re.finditer(DEFINED[path.suffix], path.read_text(encoding="utf-8"))
}
PAGES = sorted(
    path
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob(".gitlab/**/*.md"))
    if path.name != "CHANGELOG.md"
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_names_files_links_and_commands_that_exist(page: Path) -> None:
    words = page.read_text(encoding="utf-8")
    for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", words):
        assert (page.parent / link).exists(), link
    for path in re.findall(r"`((?:collectifs|tests|tools|docs|migrations)/[\w./-]*)`", words):
        assert (ROOT / path).exists(), path
    if "docs" in page.parts:
        assert set(re.findall(r"`(\w+)\(\)`", words)) <= NAMES
    targets = set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8")))
    assert set(re.findall(r"`make ([a-z-]+)", words)) <= targets
