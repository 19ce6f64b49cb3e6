"""The pages of a published book, as everybody finds them: on a phone and on a laptop, heard by axe."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page

from collectifs.book.domain.work import RenderEdition
from collectifs.book.jobs.rendering import render_edition
from collectifs.kernel.extensions import db
from tests.press_rows import IDS, published

PAGES = (
    "/recueils",
    "/recueils/recueil-2026",
    "/recueils/recueil-2026/mots",
    "/recueils/recueil-2026/changements",
    f"/recueils/theme/{IDS['t1']}",
    f"/recueils/fiche/{IDS['e1']}",
    f"/recueils/fiche/{IDS['e2']}",
    f"/recueils/fiche/{IDS['e3']}",
    f"/recueils/atelier/{IDS['w1']}",
)


def test_each_page_of_a_book_holds_on_a_phone_and_is_heard_without_fault(
    app: Flask,
    place: Any,
    serve: Callable[[Flask], str],
    phone: Page,
    laptop: Page,
    check_accessible: Callable[[Page], None],
    check_reflow: Callable[[Page], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("collectifs.book.jobs.rendering.render", lambda _edition, form: form.value.encode())
    render_edition(RenderEdition(published(place).id))
    db.session.commit()
    here = serve(app)
    for screen in (phone, laptop):
        for address in PAGES:
            screen.goto(here + address)
            check_reflow(screen)
            if screen is phone:
                check_accessible(screen)
