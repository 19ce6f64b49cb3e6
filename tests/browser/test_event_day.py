"""A day of workshops played by thirty links: the race for the last place, a host who ticks without network, the code at
the door. Mostly plain requests; a browser where people look."""

import re
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.network.models import SlotChoice
from collectifs.network.services.pages import mint_host_link
from collectifs.network.services.registrations import mint_registration_link
from tests.eventing import Day

PEOPLE, PLACES = 30, 5
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')

CODE = "482915"
# Whatever lies in clear in what the browser keeps: a name, the link of the host.
CLEAR = """async () => {
  const ask = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  const base = await ask(indexedDB.open("collectifs-seance"));
  const all = [];
  for (const name of base.objectStoreNames) all.push(...await ask(base.transaction(name).objectStore(name).getAll()));
  const cached = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (!/[.](js|css|svg|woff2)$/.test(request.url)) cached.push(await (await cache.match(request)).text());
    }
  }
  const text = JSON.stringify([all, { ...localStorage }]) + cached.join("");
  return ["Camille", "Inscrite", location.pathname.split("/")[2]].filter((each) => text.includes(each)).join(" ");
}"""
KEPT = """async () => {
  const ask = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  const base = await ask(indexedDB.open("collectifs-seance"));
  return (await ask(base.transaction("meetings").objectStore("meetings").getAll())).length;
}"""


def prepare_list(page: Page) -> None:
    """« Préparer cet appareil » under the list of a workshop."""
    page.get_by_label("Six chiffres").fill(CODE)
    page.get_by_role("button", name="Préparer cet appareil").click()
    expect(page.get_by_text("Prêt : cette liste s’ouvre ici sans réseau")).to_be_visible(timeout=30_000)


@pytest.fixture
def day(app: Flask, place: Any) -> Day:
    return Day(place, first=PLACES, second=PEOPLE)


def links_of(day: Day) -> list[str]:
    rows = [day.asks(day.first, day.second, given=f"Camille{rank}") for rank in range(PEOPLE)]
    found = [f"/inscription/{mint_registration_link(row, now=clock.now())}" for row in rows]
    db.session.commit()
    return found


def confirm(url: str) -> None:
    """Opens the link of the mail and presses the button, as a telephone does."""
    browser = build_opener(HTTPCookieProcessor())
    page = browser.open(url).read().decode()
    token = TOKEN.search(page)
    assert token is not None
    browser.open(url, data=f"csrf_token={token[1]}".encode()).read()


def at_once(urls: list[str]) -> None:
    crowd = [threading.Thread(target=confirm, args=(url,)) for url in urls]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()


def seats() -> Counter[Any]:
    return Counter(each.seat_id for each in choices())


def came() -> int:
    return sum(each.came_at is not None for each in choices())


def choices() -> list[Any]:
    """As they are now; no lock is left in the way of the server."""
    found = db.session.query(SlotChoice.seat_id, SlotChoice.came_at).all()
    db.session.commit()
    return list(found)


def test_a_day_is_played_by_thirty_links(
    day: Day,
    serve: Callable[[Any], str],
    app: Flask,
    moment: Any,
    phone: Page,
    check_accessible: Callable[[Page], None],
    check_reflow: Callable[[Page], None],
) -> None:
    address, links = serve(app), links_of(day)
    at_once([address + each for each in links])
    assert seats() == {day.first.id: PLACES, day.second.id: PEOPLE - PLACES}
    db.session.commit()
    host = f"{address}/animation/{mint_host_link(day.first, now=clock.now())}"
    over = day.slot.ends_at.timestamp() * 1000 + 1
    db.session.commit()
    moment.move_to(day.slot.starts_at + timedelta(minutes=1), tick=False)

    page, room = phone, phone.context
    page.goto(f"{host}/presences")
    check_accessible(page)
    check_reflow(page)
    room.set_offline(True)
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Enregistrer les présences").click()
    expect(page.get_by_text("Pas de réseau")).to_be_visible()
    assert came() == 0
    room.set_offline(False)
    expect(page.get_by_text("Les présences sont enregistrées.")).to_be_visible(timeout=30_000)
    assert came() == 1

    page.reload()
    prepare_list(page)
    check_accessible(page)
    check_reflow(page)
    page.close()
    room.set_offline(True)
    page = room.new_page()
    page.goto(f"{host}/presences")
    expect(page.get_by_role("checkbox")).to_have_count(0)  # nothing before the code
    assert "Camille" not in page.content()
    page.get_by_label("Six chiffres").fill(CODE)
    page.get_by_role("button", name="Ouvrir").click()
    expect(page.get_by_role("checkbox")).to_have_count(PLACES)
    check_accessible(page)
    check_reflow(page)
    page.get_by_role("checkbox", checked=False).first.check()
    page.get_by_role("button", name="Enregistrer les présences").click()
    expect(page.get_by_text("Pas de réseau")).to_be_visible()
    assert came() == 1
    page.close()
    page = room.new_page()
    page.add_init_script(f"Date.now = () => {over}")
    page.goto(f"{host}/presences")
    page.get_by_label("Six chiffres").fill(CODE)
    page.get_by_role("button", name="Ouvrir").click()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(2)
    assert (page.evaluate(CLEAR), page.evaluate(KEPT)) == ("", 1)
    room.set_offline(False)
    expect(page.get_by_text("Les présences sont enregistrées.")).to_be_visible(timeout=30_000)
    assert came() == 2
    expect(page.get_by_text("Cet appareil ne garde plus rien de cette liste.")).to_be_visible()
    assert page.evaluate(KEPT) == 0

    page.goto(f"{host}/porte")
    expect(page.get_by_role("img", name=re.compile("QR code"))).to_have_count(1)
    check_accessible(page)
    check_reflow(page)
