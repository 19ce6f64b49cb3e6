"""A published book, read by anybody: no account, no cookie, asked for again by its digest; withdrawn at once."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from collectifs.book.domain.edition import BookFormat, Edition
from collectifs.book.domain.work import RenderEdition
from collectifs.book.jobs.rendering import render_edition
from collectifs.book.models import BookEdition, BookEntry, BookRendering
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.text.typography import french
from collectifs.meetings.domain.canvas import library, load_canvas
from tests import booking
from tests.press_edition import EDITION
from tests.press_rows import IDS, published


@pytest.fixture
def edition(place: Any) -> BookEdition:
    made = published(place)
    db.session.commit()
    return made


@pytest.fixture
def reader(app: Flask) -> FlaskClient:
    return app.test_client()


PAGES = (
    "/recueils",
    "/recueils/recueil-2026",
    "/recueils/recueil-2026/mots",
    "/recueils/recueil-2026/changements",
    "/recueils/recueil-2026/changements/donnees",
    f"/recueils/theme/{IDS['t1']}",
    *(f"/recueils/fiche/{IDS[name]}" for name in ("e1", "e2", "e3")),
    f"/recueils/atelier/{IDS['w1']}",
    f"/recueils/atelier/{IDS['w1']}/atelier.pdf",
    f"/recueils/atelier/{IDS['w1']}/canevas",
)


@pytest.mark.parametrize("address", PAGES)
def test_each_page_is_the_same_for_all_keeps_no_cookie_and_is_asked_for_again(
    reader: FlaskClient, edition: BookEdition, address: str
) -> None:
    first = reader.get(address)
    assert first.status_code == 200
    assert "Set-Cookie" not in first.headers
    assert first.headers["Cache-Control"] == "public, no-cache"
    assert "script-src" not in first.headers["Content-Security-Policy"]
    assert b"csrf" not in first.data
    again = reader.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_canvas_of_a_workshop_is_a_file_that_the_library_reads(
    reader: FlaskClient, edition: BookEdition, tmp_path: Path
) -> None:
    address = f"/recueils/atelier/{IDS['w1']}"
    assert f'href="{address}/canevas"' in reader.get(address).text
    answer = reader.get(f"{address}/canevas")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="canevas-genot-soutoul.toml"'
    file = tmp_path / "genot-soutoul.toml"
    file.write_bytes(answer.data)
    assert load_canvas(file) == library()["genot-soutoul"]


def test_an_entry_is_read_with_all_that_it_leads_to(reader: FlaskClient, edition: BookEdition) -> None:
    said = reader.get(f"/recueils/fiche/{IDS['e1']}").text
    first = next(EDITION.entries())
    for text in (first.title, first.answers[0].text, first.answers[0].condition, "Une réponse a été ajoutée."):
        assert french(text) in said.replace("&lt;", "<").replace("&amp;", "&").replace("&#39;", "'")
    assert f"/recueils/fiche/{IDS['e2']}" in said
    assert f"/recueils/atelier/{IDS['w1']}" in said
    assert "CC BY-SA 4.0" in said


def test_a_workshop_leads_a_pilot_to_its_canvas(reader: FlaskClient, edition: BookEdition) -> None:
    said = reader.get(f"/recueils/atelier/{IDS['w1']}").text
    assert "Utiliser ce canevas" in said
    assert 'href="/canevas/genot-soutoul"' in said


def test_what_changed_is_there_as_data(reader: FlaskClient, edition: BookEdition) -> None:
    said = reader.get("/recueils/recueil-2026/changements/donnees").json
    assert said["since"] == "2025-2026"
    assert said["new"] == [str(IDS["e2"]), str(IDS["e4"])]
    assert said["reworded"] == [{"id": str(IDS["e1"]), "what": "Une réponse a été ajoutée."}]


def test_what_is_not_published_does_not_exist(reader: FlaskClient, place: Any) -> None:
    book = booking.book(place)
    waiting = booking.page(book)
    db.session.commit()
    for address in ("/recueils/recueil-2026", f"/recueils/fiche/{waiting.id}", f"/recueils/fichier/{uuid4()}"):
        assert reader.get(address).status_code in (302, 404), address
    assert "Les recueils de l’année seront ici" in reader.get("/recueils").text


def test_the_files_are_made_one_after_the_other_and_their_addresses_never_change(
    reader: FlaskClient, edition: BookEdition, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "se préparent" in reader.get("/recueils/recueil-2026").text
    monkeypatch.setattr("collectifs.book.jobs.rendering.render", lambda _edition, form: form.value.encode())
    render_edition(RenderEdition(edition.id))
    assert (edition.progress, edition.ready_at) == (100, clock.now()) or edition.ready_at is not None
    said = reader.get("/recueils/recueil-2026").text
    rows = {row.format: row for row in db.session.query(BookRendering)}
    assert set(rows) == set(BookFormat)
    for form, row in rows.items():
        assert f"/recueils/fichier/{row.id}" in said
        answer = reader.get(f"/recueils/fichier/{row.id}")
        assert answer.data == form.value.encode()
        assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
        assert f"recueil-2026-2027.{form.ending}" in answer.headers["Content-Disposition"]


def test_nobody_who_writes_waits_for_the_press(edition: BookEdition, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[int] = []

    def press(_edition: Edition, _form: BookFormat) -> bytes:
        with db.engine.connect() as other:  # it takes the one write lock of SQLite
            found.append(other.exec_driver_sql("SELECT progress FROM book_editions").scalar())
        return b"x"

    monkeypatch.setattr("collectifs.book.jobs.rendering.render", press)
    render_edition(RenderEdition(edition.id))
    assert found == [0, 25, 50, 75]


def test_a_worker_that_comes_after_a_lost_one_makes_only_what_is_missing(
    edition: BookEdition, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[BookFormat] = []

    def press(_edition: Edition, form: BookFormat) -> bytes:
        if form is BookFormat.A5 and len(made) == 2:
            made.append(form)
            raise MemoryError
        made.append(form)
        return b"x"

    monkeypatch.setattr("collectifs.book.jobs.rendering.render", press)
    with pytest.raises(MemoryError):
        render_edition(RenderEdition(edition.id))
    db.session.rollback()
    assert edition.progress == 50
    render_edition(RenderEdition(edition.id))
    assert made == [BookFormat.TEXT, BookFormat.EPUB, BookFormat.A5, BookFormat.A5, BookFormat.A4]
    assert edition.progress == 100


def test_a_page_that_is_withdrawn_leaves_the_site_and_its_files_at_once(
    reader: FlaskClient, edition: BookEdition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("collectifs.book.jobs.rendering.render", lambda _edition, form: b"x")
    render_edition(RenderEdition(edition.id))
    row = db.session.query(BookRendering).first()
    address = f"/recueils/fiche/{IDS['e1']}"
    before = reader.get(address)
    db.session.get(BookEntry, IDS["e1"]).withdrawn_at = clock.now() + timedelta(seconds=1)
    db.session.commit()
    after = reader.get(address, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "Une fiche a été retirée" in after.text
    assert "Un conseil reçu" not in after.text
    for page in PAGES:
        assert "Un conseil reçu".encode() not in reader.get(page).data, page
    assert reader.get(f"/recueils/fichier/{row.id}").status_code in (302, 404)
    assert "se préparent" in reader.get("/recueils/recueil-2026").text
