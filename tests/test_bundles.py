"""Scripts that travel together: one file says what its modules say, and nothing of them meets."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

import pytest
from flask import Flask

from collectifs.web import bundles
from tests.test_static import NODE

SCRIPTS = bundles.FOLDER / "js"
ENTRIES = [f"js/{file.name}" for file in sorted(SCRIPTS.glob("*.js")) if "import" in file.read_text(encoding="utf-8")]
NAMED = re.compile(r'(?:\bfrom|\bimport)\s*\(?"(\.[^"]+)"')


def told_of(entry: str) -> dict[str, Any]:
    """What the maker of the same thing is told of a script."""
    return {
        "entry": entry,
        "words": bundles.script(entry),
        "modules": [(name, text_of(name)) for name in bundles.modules_of(entry)],
        "late": [
            {"address": each, "name": bundles.source(each), "source": text_of(each), "words": bundles.script(each)}
            for each in sorted(asked_later(entry))
        ],
    }


def text_of(name: str) -> str:
    return (bundles.FOLDER / bundles.source(name)).read_text(encoding="utf-8")


def named_in(name: str) -> set[str]:
    """The addresses that a script asks for."""
    return {normpath(join(dirname(name), road)) for road in NAMED.findall(bundles.script(name))}


def asked_later(entry: str) -> Iterator[str]:
    found, waiting = {entry, bundles.EVERYWHERE}, [entry]
    while waiting:
        for name in named_in(waiting.pop()) - found:
            found.add(name)
            waiting.append(name)
            yield name


def faults_of(told: list[dict[str, Any]]) -> list[str]:
    command = [str(NODE), str(Path(__file__).with_name("bundles.mjs"))]
    answer = subprocess.run(command, input=json.dumps(told), capture_output=True, text=True, check=True, timeout=100)
    return answer.stdout.splitlines()


def test_what_travels_together_says_what_its_modules_say_and_no_two_of_them_meet() -> None:
    told = [told_of(entry) for entry in ENTRIES]
    assert {each["entry"]: len(each["modules"]) for each in told}["js/live.js"] > 40
    assert sum(len(each["late"]) for each in told) > 30
    assert faults_of(told) == []


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_line_of_a_message_less_that_which_names_its_module_is_the_line_of_the_source(entry: str) -> None:
    lines = bundles.script(entry).split("\n")
    for name in bundles.modules_of(entry):
        at = lines.index(f"//{name}")
        for number, line in enumerate(text_of(name).split("\n"), 1):
            if found := re.match(r"(?:export )?((?:async )?(?:function|class) \w+)", line):
                assert lines[at + number].startswith(found[1]), name


# What a maker of bundles could do to scripts, or scripts to one another: each is seen, by its name.
MADE_UP: dict[str, tuple[str, dict[str, str]]] = {
    "near stands at the top of js/a.js and of js/b.js": (
        "const near=1;\nconst near=2;\nexport{};",
        {"js/a.js": "const near = 1;", "js/b.js": 'import "./a.js";\nconst near = 2;'},
    ),
    "js/b.js means the browser's print, js/a.js has one at its top": (
        "const print=1;\nprint();\nexport{};",
        {"js/a.js": "const print = 1;", "js/b.js": 'import "./a.js";\nprint();'},
    ),
    "it is not what its modules say": (
        "const one=1;\nconst two=one;\nexport{};",
        {"js/a.js": "export const one = 1;", "js/b.js": 'import { one } from "./a.js";\nconst two = one;'},
    ),
    "it waits at its top, and what it asks for meanwhile would wait for it": (
        'const one=()=>import("./b.js");\nawait one();\nexport{one};',
        {
            "js/a.js": 'export const one = () => import("./a.js");',
            "js/b.js": 'import { one } from "./a.js";\nawait one();',
        },
    ),
}


@pytest.mark.parametrize("fault", MADE_UP)
def test_scripts_that_cannot_travel_together_are_named(fault: str) -> None:
    words, modules = MADE_UP[fault]
    found = faults_of([{"entry": "js/b.js", "words": words, "modules": list(modules.items()), "late": []}])
    assert found[0] == f"js/b.js: {fault}"


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ('import { a as b } from "./lib/a.js";', "js/x.js: a bundle does not know « import{a as b}from "),
        ('import * as a from "./lib/a.js";', "js/x.js: a bundle does not know « import*as a from "),
        ('import { a } from "./lib/a.js";\nexport default a;', "js/x.js: a bundle does not know « export default a; »"),
        ('import { a } from "./lib/ring.js";', "js/lib/ring.js imports itself, by way of js/x.js, js/lib/ring.js"),
    ],
)
def test_a_form_that_a_bundle_does_not_know_is_refused_with_its_file(
    script: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "js/lib").mkdir(parents=True)
    ring = 'import { b } from "./round.js";', 'import { a } from "./ring.js";'
    for name, words in (("x", script), ("lib/a", "export const a = 1;"), ("lib/ring", ring[0]), ("lib/round", ring[1])):
        (tmp_path / f"js/{name}.js").write_text(words, encoding="utf-8")
    monkeypatch.setattr(bundles, "FOLDER", tmp_path)
    bundles.modules_of.cache_clear()
    with pytest.raises(ValueError, match=re.escape(said)):
        bundles.script("js/x.js")
    bundles.modules_of.cache_clear()


def test_each_address_that_a_script_asks_for_answers_for_ever_and_each_module_at_its_own(app: Flask) -> None:
    client, build = app.test_client(), app.extensions["build"]
    for entry in ENTRIES:
        for name in (entry, *asked_later(entry), *bundles.modules_of(entry)):
            answer = client.get(f"/static/{build}/{name}")
            assert (answer.status_code, answer.mimetype) == (200, "text/javascript"), name
            assert "immutable" in answer.headers["Cache-Control"]
            assert answer.get_data(as_text=True) == bundles.script(name)
    assert 'from "./dom.js"' in bundles.script("js/live/store.js") + bundles.script("js/live/closed_view.js")


def test_while_the_application_is_worked_on_each_script_comes_alone(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "debug", True)
    with app.test_client().get("/static/0/js/live.js") as answer:
        assert answer.get_data(as_text=True) == text_of("js/live.js")
