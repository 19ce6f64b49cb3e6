"""What is asked of a job is what its work takes: the names go through a table, where no type sees them."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from collectifs.kernel.jobs.registry import WORK

PACKAGE = Path(__file__).resolve().parents[3] / "collectifs"
OF_THE_ROW = {"after_s"}  # when, not what


def asked() -> Iterator[tuple[str, str, set[str]]]:
    """Each `ask_job`: where, the kind, the names that it is given."""
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            for call in calls_of(function, "ask_job"):
                for kind in kinds_of(call, function, tree):
                    names = {word.arg for word in call.keywords if word.arg} - OF_THE_ROW
                    yield f"{path.relative_to(PACKAGE)}:{call.lineno}", kind, names


def calls_of(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name)


def kinds_of(call: ast.Call, function: ast.FunctionDef, tree: ast.AST) -> list[str]:
    """The kind as it is written; where a function hands it on, as those who call it write it."""
    first = call.args[0]
    if isinstance(first, ast.Constant):
        return [first.value]
    place = [argument.arg for argument in function.args.args].index(first.id)
    handed = [kinds_in(each.args[place]) for each in calls_of(tree, function.name)]
    assert handed, f"nobody says the kind of {function.name}"
    assert all(handed), f"{function.name} is handed a kind that is not written out"
    return [kind for kinds in handed for kind in kinds]


def kinds_in(said: ast.expr) -> list[str]:
    """The words of an expression: one, or either of two."""
    return [node.value for node in ast.walk(said) if isinstance(node, ast.Constant)]


def test_every_kind_that_is_asked_has_its_work_and_every_work_is_asked_for(app: Flask) -> None:
    assert {kind for _where, kind, _names in asked()} == set(WORK)


@pytest.mark.parametrize(("where", "kind", "names"), sorted(asked(), key=lambda each: each[0]))
def test_a_job_is_given_the_names_that_its_work_takes(app: Flask, where: str, kind: str, names: set[str]) -> None:
    parameters = inspect.signature(WORK[kind]).parameters.values()
    needed = {each.name for each in parameters if each.default is each.empty}
    assert needed <= names, f"{where}: {kind} lacks {needed - names}"
    assert names <= {each.name for each in parameters}, f"{where}: {kind} does not take {names}"
