"""What teachers hold: Firefox, and the WebKit of the iPhones of 2022 (16.0), beside Chromium.

Each engine that this machine has reads every script, and lives the offline meeting once. Their packages are Debian's;
without them `make test` says at its end what was left out.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from flask import Flask

from collectifs.kernel.extensions import db
from collectifs.people.models import User
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent
from tests import factories
from tests.browser.engines.driver import PATIENCE_S, Driver, Firefox, firefox, webkit
from tests.browser.room_house import CODE, House
from tests.circle import Circle
from tools.system_packages import ENGINES

SCRIPTS = Path("collectifs/static/js")
START = {"firefox": firefox, "webkit": webkit}
HERE = [name for name, is_here in ENGINES.items() if is_here()]
# The first script that an engine cannot read is named; what fails only for want of its page is no matter here.
READ_ALL = """const addresses = arguments[0];
const never = () => new Promise((_, no) => { setTimeout(() => no(new SyntaxError("never came")), 8000); });
const read = async (address) => {
  try { await Promise.race([import(address), never()]); } catch (error) {
    if (error instanceof SyntaxError || /import|fetch|load/i.test(String(error.message))) return `${address}: ${error}`;
  }
  return null;
};
return Promise.all(addresses.map(read)).then((answers) => answers.filter(Boolean));"""
TOPS = """const tops = [...document.querySelectorAll(".controls > .btn")].filter((each) => each.getClientRects().length)
  .map((each) => Math.round(each.getBoundingClientRect().top));
return [document.documentElement.clientWidth, [...new Set(tops)]];"""
PLAIN_SPACES = """const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
const bad = [];
while (texts.nextNode()) {
  const { data, parentElement } = texts.currentNode;
  if (parentElement.getClientRects().length && / [:;!?»]/.test(data)) bad.push(data);
}
return bad;"""
GROWN = """const all = [...document.querySelectorAll("textarea")].filter((each) => each.getClientRects().length);
return all.length > 1 && all.every((each) => each.scrollHeight <= each.clientHeight + 2);"""


@pytest.fixture(scope="module", params=HERE)
def driver(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    """One engine, started once for this file."""
    with START[request.param](tmp_path_factory.mktemp(request.param)) as started:
        started.size(1280, 800)  # less the bar that scrolls: what a common laptop has
        yield started


def enter(driver: Driver, url: str, who: User) -> None:
    """The browser is known as this person."""
    secret = factories.device(who)
    db.session.commit()  # and nothing is read here any more: a transaction of ours would hold the server's back
    driver.open(f"{url}/aide")
    driver.set_cookie("appareil", secret)


def wait_for_notes(house: House, wanted: list[str]) -> None:
    """Until the server holds these notes."""
    until = time.monotonic() + PATIENCE_S
    while (found := house.notes()) != wanted:
        assert time.monotonic() < until, found
        time.sleep(0.2)


def check_one_row(driver: Driver) -> None:
    """The gestures of the clock stand side by side on a common laptop; its words do not begin a line with a colon."""
    width, tops = driver.run(TOPS)
    assert width < 1000 or len(tops) == 1, f"{driver.name}: {tops} at {width} px"
    assert driver.run(PLAIN_SPACES) == []


def test_it_reads_every_script(driver: Driver, house: House) -> None:
    enter(driver, house.url, db.session.get_one(User, house.pilot_id))
    driver.open(house.url + "/aide")
    build = driver.run("return document.querySelector('script[type=module]').src.replace(/js\\/page\\.js.*$/, '')")
    files = [f"{build}js/{file.relative_to(SCRIPTS)}" for file in sorted(SCRIPTS.rglob("*.js")) if file.name != "sw.js"]
    assert len(files) > 50
    assert driver.run(READ_ALL, files) == []


def test_the_meeting_goes_on_without_network_and_nothing_is_lost(driver: Driver, house: House) -> None:
    enter(driver, house.url, db.session.get_one(User, house.pilot_id))
    driver.open(house.url + house.path)
    driver.press("Préparer cet appareil")
    driver.type_in("Six chiffres", CODE)
    driver.press("Préparer cet appareil")
    driver.sees("Prêt : cet appareil peut perdre le réseau")
    driver.press("Commencer le regroupement")
    check_one_row(driver)
    driver.type_in("Votre note", "Avec le réseau", enter=True)
    wait_for_notes(house, ["Avec le réseau"])
    house.stop()
    driver.type_in("Votre note", "Sans le réseau", enter=True)
    driver.sees("1 action gardée sur cet appareil")
    driver.open(house.url + house.path)
    driver.type_in("Six chiffres", CODE)
    driver.press("Ouvrir")
    driver.sees("Sans le réseau")
    house.start()
    driver.run("dispatchEvent(new Event('online'))")
    wait_for_notes(house, ["Avec le réseau", "Sans le réseau"])
    driver.sees("Tout est enregistré")


@pytest.fixture
def sheet(app: Flask, serve: Callable[[Any], str], driver: Driver) -> str:
    """Where a sheet stands whose pilot has entered; its texts take several lines."""
    circle = Circle()
    long = "Comment dire ce que l’on a vu sans blesser, alors que l’on est aussi collègue de la personne ? " * 4
    answer = Answer("Décrire trois faits datés, puis se taire longtemps. " * 8, AnswerKind.TRIED)
    circle.write(SheetContent(long, (answer,)))
    url = serve(app)
    enter(driver, url, circle.pilot)
    return url + circle.url()


def test_a_text_being_written_is_seen_whole(driver: Driver, sheet: str) -> None:
    driver.open(f"{sheet}/ecrire")
    driver.sees("Notre problématique")
    driver.wait("each field is as high as its text", GROWN)


@pytest.mark.parametrize("driver", [name for name in HERE if name == "firefox"], indirect=True)
def test_what_is_printed_is_the_sheet(driver: Firefox, sheet: str) -> None:
    driver.open(sheet)
    driver.sees("Notre problématique")
    document = pypdfium2.PdfDocument(driver.print_pdf())
    printed = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    assert "alors que l’on est aussi collègue" in printed
    assert "Décrire trois faits datés" in printed
