"""The pictures of the guide: there, said in words, light, and of the size that the page keeps for them."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from PIL import Image

from collectifs.web.static import FOLDER
from tests.pages import Visitor

GUIDES = ("membre", "pilote", "inspection", "gestion")
MOST_BYTES = 60_000


def pictures(app: Flask, guide: str) -> list[BeautifulSoup]:
    return Visitor(app).open(f"/aide/{guide}").soup.select("main img")


@pytest.mark.parametrize("guide", GUIDES)
def test_each_guide_is_reached_from_the_help_and_leads_to_the_others(app: Flask, guide: str) -> None:
    visitor = Visitor(app)
    assert visitor.open("/aide").soup.select_one(f"main a[href='/aide/{guide}']")
    links = {link["href"] for link in visitor.open(f"/aide/{guide}").soup.select("main a")}
    assert {f"/aide/{other}" for other in GUIDES if other != guide} | {"/aide"} <= links


@pytest.mark.parametrize("guide", GUIDES)
def test_its_pictures_are_light_and_said_in_words(app: Flask, guide: str) -> None:
    found = pictures(app, guide)
    assert found
    for picture in found:
        assert len(picture["alt"]) > 30
        path = FOLDER / "guide" / Path(picture["src"]).name
        assert path.stat().st_size < MOST_BYTES
        with Image.open(path) as opened:
            width, height = opened.size
        assert abs(width / height - int(picture["width"]) / int(picture["height"])) < 0.01


def test_no_picture_lies_about_unused(app: Flask) -> None:
    shown = {Path(picture["src"]).name for guide in GUIDES for picture in pictures(app, guide)}
    assert shown == {file.name for file in (FOLDER / "guide").iterdir()}


def test_it_gives_the_keys_of_the_room_as_the_room_lists_them(app: Flask) -> None:
    listed = re.findall(r'\["([^"]+)", "([^"]+)"\]', (FOLDER / "js" / "live" / "controls.js").read_text("utf-8"))
    page = Visitor(app).open("/aide/pilote")
    given = [(key.get_text(), key.find_parent("dt").find_next("dd").get_text()) for key in page.soup.select("dt > kbd")]
    assert given == listed
