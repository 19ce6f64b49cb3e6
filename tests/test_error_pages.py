"""Each error says what happened to what was typed, and what to do next; the way out of danger stands under it."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask, render_template

from tests.pages import check_page, plain

SAYS = {
    403: "rechargez la page et renvoyez",
    404: "Vérifiez l’adresse dans votre message d’invitation",
    409: "Rien n’a été écrasé.",
    410: "Demandez-en un autre depuis l’accueil",
    413: "Raccourcissez le texte ou envoyez-le en plusieurs fois.",
    422: "Rien n’a été changé.",
    429: "Réessayez dans un quart d’heure.",
    500: "attendez une minute, puis recommencez",
    503: "Rechargez cette page dans une minute.",
}


GONE = {
    "link": "Demandez-en un autre depuis l’accueil",
    "meeting": "elles s’effacent quand le collectif accepte la fiche, au plus tard trente jours après la séance",
    "situation": "au plus tard le 31 août",
    "sheet": "Toute personne qui était là peut retirer une fiche",
    "calendar": "donnez la nouvelle adresse à votre agenda",
}


def page_of(app: Flask, code: int, **words: str) -> BeautifulSoup:
    """The page of an error, once what every page owes its reader was looked at."""
    with app.test_request_context():
        html = render_template(f"errors/{code}.html", **words)
    check_page(html)
    return BeautifulSoup(html, "html.parser")


@pytest.mark.parametrize("code", SAYS)
def test_each_error_says_what_to_do_and_where_to_go(app: Flask, code: int) -> None:
    soup = page_of(app, code)
    assert SAYS[code] in plain(soup.main.get_text(" "))
    assert f"Erreur {code}" in plain(soup.main.get_text(" "))
    assert soup.main.select("a.btn.primary")


@pytest.mark.parametrize("kind", GONE)
def test_what_is_no_more_is_told_in_the_words_of_its_kind(app: Flask, kind: str) -> None:
    soup = page_of(app, 410, kind=kind, meeting_id="m", url="/regroupements/m", sheet_url="")
    words = plain(soup.main.get_text(" "))
    assert GONE[kind] in words
    assert ("Ce lien" in words) is (kind == "link")
    assert soup.main.select("a.btn.primary")


@pytest.mark.parametrize("code", SAYS)
def test_danger_and_its_ways_out_need_no_request(app: Flask, code: int) -> None:
    danger = page_of(app, code).select_one("footer details.danger")
    assert "119" in danger.get_text()
    assert not danger.select("a, form, button, img")


def test_the_live_screen_has_the_way_out_too(app: Flask) -> None:
    template = Path(app.root_path, "templates", "live", "run.html").read_text(encoding="utf-8")
    assert "{{ danger() }}" in template


def test_what_is_known_of_an_error_is_said(app: Flask) -> None:
    assert "Réessayez dans 10 min." in plain(page_of(app, 429, wait="10 min").get_text(" "))
    assert "a1b2c3d4" in page_of(app, 500, reference="a1b2c3d4").get_text()
    assert "Cette date est passée." in page_of(app, 422, sentence="Cette date est passée.").get_text()
