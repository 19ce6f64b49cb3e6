"""The house stays as it was drawn: sizes, words of explanation, one clock, one environment.

Who imports whom, types, style and templates are `make lint`, which `make test` does beside the tests.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "collectifs"
LONGEST_FUNCTION = 25
LONGEST_FILE = 400
# Style sheets and templates are lists more than reasoning: longer, but not without end.
LONGEST_LIST = 500
EXPLAINED = ("domain", "permissions", "services")
NEVER_COMMIT = ("blueprints", "domain", "models", "permissions", "queries", "services")
CLOCKS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.time_ns",
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.date.today",
}
ENVIRONMENT = {"os.environ", "os.getenv"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def trees() -> dict[Path, ast.Module]:
    """Every module of the application and of the tools, read once."""
    files = [*PACKAGE.rglob("*.py"), *(ROOT / "tools").rglob("*.py"), *ROOT.glob("*.py")]
    return {file: ast.parse(file.read_text(encoding="utf-8")) for file in sorted(files)}


@pytest.fixture(scope="module", autouse=True)
def _trees_are_felled() -> Iterator[None]:
    """Nearly a million nodes: each full collection in this process would walk over them to the end of the run."""
    yield
    trees.cache_clear()
    nodes_of.cache_clear()


def application() -> Iterator[tuple[Path, ast.Module]]:
    """The modules of the package, with their path inside it."""
    return ((file.relative_to(PACKAGE), tree) for file, tree in trees().items() if file.is_relative_to(PACKAGE))


@cache
def nodes_of(tree: ast.Module) -> list[ast.AST]:
    """Walked through once for all that asks something of each."""
    return list(ast.walk(tree))


def functions(tree: ast.Module) -> Iterator[Function]:
    return (node for node in nodes_of(tree) if isinstance(node, Function))


def lines_of_code(function: Function, lines: list[str]) -> int:
    """From `def` to the end, without the docstring, blank lines and comments."""
    left_out: set[int] = set()
    if ast.get_docstring(function) is not None:
        left_out = set(range(function.body[0].lineno, function.body[0].end_lineno + 1))
    numbers = set(range(function.lineno, function.end_lineno + 1)) - left_out
    return sum(1 for number in numbers if lines[number - 1].strip() and not lines[number - 1].lstrip().startswith("#"))


def is_in(path: Path, areas: tuple[str, ...]) -> bool:
    """Whether a module stands on one of these floors, file or folder, of any subject."""
    return any(part.removesuffix(".py") in areas for part in path.parts)


def dotted(node: ast.AST) -> str:
    """`a.b.c` as it is written, or ""."""
    if isinstance(node, ast.Attribute) and (left := dotted(node.value)):
        return f"{left}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def test_only_create_app_imports_inside_a_function():
    found = [
        f"{path}:{inner.lineno}"
        for path, tree in application()
        for function in functions(tree)
        if function.name != "create_app"
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert found == []


def test_functions_are_short():
    found = []
    for file, tree in trees().items():
        lines = file.read_text(encoding="utf-8").splitlines()
        lengths = ((function, lines_of_code(function, lines)) for function in functions(tree))
        found += [
            f"{file.relative_to(ROOT)}:{function.lineno} {function.name}: {length} lines"
            for function, length in lengths
            if length > LONGEST_FUNCTION
        ]
    assert found == []


@pytest.mark.parametrize(
    ("pattern", "limit"),
    [
        ("collectifs/**/*.py", LONGEST_FILE),
        ("tools/**/*.py", LONGEST_FILE),
        ("collectifs/**/*.css", LONGEST_LIST),
        ("collectifs/**/*.html", LONGEST_LIST),
        ("tests/**/*.py", LONGEST_FILE),
        ("tests/**/*.mjs", LONGEST_FILE),
    ],
)
def test_files_are_short(pattern: str, limit: int):
    """Scripts are measured by ESLint, their comments, which hold their types, left out."""
    lengths = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in ROOT.glob(pattern)}
    assert [f"{file.relative_to(ROOT)}: {length} lines" for file, length in lengths.items() if length > limit] == []


def test_every_module_says_what_lives_there():
    assert [str(path) for path, tree in application() if not ast.get_docstring(tree)] == []


def test_rules_permissions_and_services_say_what_they_mean():
    found = [
        f"{path}:{function.lineno} {function.name}"
        for path, tree in application()
        if is_in(path, EXPLAINED)
        for function in tree.body
        if isinstance(function, Function) and not function.name.startswith("_") and not ast.get_docstring(function)
    ]
    assert found == []


def test_only_the_clock_reads_the_time():
    assert users_of(CLOCKS, but="kernel/clock.py") == []


def test_only_the_settings_read_the_environment():
    assert users_of(ENVIRONMENT, but="kernel/config.py") == []


def users_of(names: set[str], *, but: str) -> list[str]:
    """Where one of these dotted names is used, save in one module."""
    return [
        f"{path}:{node.lineno} {dotted(node)}"
        for path, tree in application()
        if str(path) != but
        for node in nodes_of(tree)
        if isinstance(node, ast.Attribute) and dotted(node) in names
    ]


def test_nothing_below_the_web_commits():
    found = [
        f"{path}:{node.lineno}"
        for path, tree in application()
        if is_in(path, NEVER_COMMIT)
        for node in nodes_of(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]
    assert found == []


def test_every_select_stands_in_queries():
    found = [
        f"{path}:{node.lineno}"
        for path, tree in application()
        if not is_in(path, ("queries",))
        for node in nodes_of(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")
        if any(name.name == "select" for name in node.names)
    ]
    assert found == []


def test_a_refusal_is_made_by_a_rule_not_by_a_query_nor_a_view():
    """Queries say what there is; views bind. (The plumbing of the web still refuses what is no form at all.)"""
    found = [
        f"{path}:{node.lineno}"
        for path, tree in application()
        if is_in(path, ("queries", "permissions", "blueprints", "models"))
        for node in nodes_of(tree)
        if isinstance(node, ast.Call) and dotted(node.func).endswith("RuleBroken")
    ]
    assert found == []


def test_nothing_below_the_web_names_an_address_of_the_site():
    """A label, an endpoint: the web's. Mails and what makes them link to pages; they stand above."""
    found = [
        f"{path}:{node.lineno}"
        for path, tree in application()
        if is_in(path, ("domain", "models", "queries", "permissions"))
        for node in nodes_of(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in endpoints()
    ]
    assert found == []


@cache
def endpoints() -> set[str]:
    """« meetings.show »: every view of the blueprints, as pages name it."""
    return {
        f"{path.parts[1]}.{function.name}"
        for path, tree in application()
        if path.parts[0] == "blueprints"
        for function in functions(tree)
    }


def test_rules_and_permissions_are_given_the_instant():
    """(The import contracts keep the clock out of the rules; permissions ask nobody either.)"""
    found = [
        f"{path}:{node.lineno}"
        for path, tree in application()
        if is_in(path, ("domain", "permissions"))
        for node in nodes_of(tree)
        if isinstance(node, ast.Call) and dotted(node.func) == "clock.now"
    ]
    assert found == []


def test_permissions_read_nothing_by_themselves():
    """They are handed what their loader found: from the queries they import types, never a function."""
    found = [
        f"{path}:{node.lineno} {name.name}"
        for path, tree in application()
        if is_in(path, ("permissions",))
        for node in nodes_of(tree)
        if isinstance(node, ast.ImportFrom) and is_in(Path((node.module or "").replace(".", "/")), ("queries",))
        for name in node.names
        if not name.name[0].isupper()
    ]
    assert found == []


def test_only_the_vault_knows_where_a_text_stands_and_only_queries_open_one():
    """Elsewhere a text is sealed for a column, and its place is computed."""
    vault, its_own = "collectifs.kernel.vault", {"current_vault", "SealedText", "texts"}
    holders = (vault, "collectifs.kernel.models")
    taken = [
        (path, f"{node.module}.{name.name}")
        for path, tree in application()
        if not path.is_relative_to("kernel/vault")
        for node in nodes_of(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(holders)
        for name in node.names
    ]
    assert [each for each in taken if each[1].rsplit(".", 1)[1] in its_own] == []
    assert [each for each in taken if each[1] == f"{vault}.texts.open_text" and not is_in(each[0], ("queries",))] == []
    assert users_of({"vault.current_vault"}, but="") == []
    assert any(each[1] == f"{vault}.texts.open_text" for each in taken)


def test_no_swallowed_exception():
    found = [
        f"{path}:{node.lineno}"
        for path, tree in application()
        for node in nodes_of(tree)
        if isinstance(node, ast.ExceptHandler) and len(node.body) == 1 and isinstance(node.body[0], ast.Pass)
    ]
    assert found == []


def test_locks_name_no_registry_and_hold_hashes():
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--hash=sha256:" in text


def test_locks_follow_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime, development = project["project"]["dependencies"], project["dependency-groups"]["dev"]
    assert not_locked(runtime, "requirements.txt") == []
    assert not_locked([*runtime, *development], "requirements-dev.txt") == []
    assert not_locked(project["dependency-groups"]["bench"], "requirements-bench.txt") == []


def not_locked(wanted: list[str], lock: str) -> list[str]:
    """The requirements that a lock does not hold at the same version."""
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    locked = {line.split(" ")[0] for line in lines if "==" in line}
    return [item for item in wanted if re.sub(r"\[.*\]", "", item) not in locked]
