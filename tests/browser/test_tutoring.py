"""A school's year of interviews by codes, on a phone: names typed are refused or asked about, and are no row."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from collectifs.kernel.extensions import db
from collectifs.tutoring.models import Interview, TutoredCode
from collectifs.tutoring.queries.notebooks import opened_codes
from tests import factories, notebooks

MONTHS = (date(2026, 10, 8), date(2026, 11, 12), date(2026, 12, 10), date(2027, 1, 7), date(2027, 1, 12))


@pytest.fixture
def notebook(place, maud, helene) -> tuple[UUID, str]:
    """An empty notebook, and the secret of its tutor's browser."""
    notebooks.opening(place)
    row_id = notebooks.notebook(notebooks.programme(place, helene), maud).id
    secret = factories.device(maud)
    db.session.commit()
    return row_id, secret


def add_code(page: Page, typed: str) -> None:
    page.get_by_label("Son code").fill(typed)
    page.get_by_role("button", name="Ajouter ce code").click()


def note(page: Page, held_on: date, words: str) -> None:
    page.get_by_label("Le", exact=True).fill(held_on.isoformat())
    page.get_by_label("méthodes").check()
    page.get_by_label("Un mot pour vous").fill(words)
    page.get_by_role("button", name="Garder cet entretien").click()


def test_a_school_s_year_by_codes_names_nobody(
    phone: Page,
    serve: Callable[[Flask], str],
    app: Flask,
    notebook: tuple[UUID, str],
    check_accessible: Callable[[Page], None],
    check_reflow: Callable[[Page], None],
) -> None:
    row_id, secret = notebook
    address = serve(app)
    phone.context.add_cookies([{"name": "appareil", "value": secret, "url": address}])
    phone.goto(f"{address}/carnet/{row_id}")
    expect(phone.get_by_role("heading", name="Une lettre à la place d’un nom")).to_be_visible()
    phone.get_by_role("link", name="Choisir un premier code").click()
    for name in ("CanariPrenom", "LM"):
        add_code(phone, name)
        expect(phone.locator(".error")).to_contain_text("Ni prénom, ni initiales")
        expect(phone.get_by_label("Son code")).to_have_value(name)
    check_accessible(phone)
    add_code(phone, "a")
    for held_on in MONTHS:
        note(phone, held_on, "Copie relue avant de me la montrer.")
        expect(phone.get_by_text("L’entretien est gardé.")).to_be_visible()
    note(phone, MONTHS[-1], "CanariPrenom a relu, avec Léa.")
    guard = phone.locator(".guard")
    expect(guard).to_contain_text("Rien n’est perdu.")
    check_accessible(phone)
    check_reflow(phone)
    phone.get_by_role("button", name="Écrire « A » à la place de CanariPrenom").click()
    phone.get_by_role("button", name="Écrire « A » à la place de Léa").click()
    expect(phone.get_by_label("Un mot pour vous")).to_have_value("A a relu, avec A.")
    phone.get_by_role("button", name="Garder cet entretien").click()
    expect(phone.get_by_text("L’entretien est gardé.")).to_be_visible()
    note(phone, MONTHS[-1], "Il est en 4eB.")
    expect(guard).to_contain_text("Une classe précise n’entre pas dans un carnet.")
    expect(guard.get_by_role("button", name="garder ces mots")).to_have_count(0)
    with app.app_context():
        assert [each.code for each in db.session.query(TutoredCode)] == ["A"]
        assert db.session.query(Interview).count() == 6
        [code] = opened_codes(row_id)
        said = " ".join(each.body.note for each in code.interviews)
        assert "Canari" not in said
        assert "Léa" not in said
