"""Static files: compressed for whoever reads them so, the same words for everybody, for ever under one address."""

import gzip

import brotli
import pytest
from flask import Flask, url_for

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
