"""From the page of a call to a receipt, on a phone and a laptop; then what its manager answers."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from collectifs.campaign.domain.candidacy import CandidacyState
from collectifs.campaign.models.calls import Call, Candidacy
from collectifs.campaign.services.candidacies import mint_candidacy_link
from collectifs.composition.queries.finding import completed
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from tests import factories

WIDTHS = (360, 1280)


@pytest.fixture
def call(place) -> Call:
    row = factories.call(place, slug="val-de-brume")
    factories.testimonial(row)
    return row


@pytest.fixture
def begun(call: Call) -> tuple[UUID, str]:
    """Somebody who gave an address, and the link of the mail; the communes are read by then."""
    completed("le passage")
    row = factories.candidacy(
        call,
        state=CandidacyState.STARTED,
        confirmed_at=None,
        degree=None,
        tutoring_years=None,
        work_insee="",
        home_insee="",
        school="",
        would_pilot=None,
    )
    row_id, token = row.id, mint_candidacy_link(row, now=clock.now())
    db.session.commit()
    return row_id, f"/candidature/{token}"


def kept(page: Page, name: str) -> None:
    expect(page.locator(f"[data-answer={name}] .kept")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_candidacy_is_kept_answer_by_answer_and_sent(
    laptop: Page,
    serve: Callable[[Flask], str],
    app: Flask,
    begun: tuple[UUID, str],
    check_accessible: Callable[[Page], None],
    check_reflow: Callable[[Page], None],
    width: int,
):
    row_id, link = begun
    page, address = laptop, serve(app)
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{address}/appel/val-de-brume")
    check_accessible(page)
    check_reflow(page)
    assert page.context.cookies() == []
    page.goto(f"{address}{link}")
    page.get_by_role("button", name="Oui, c’est moi").click()
    answer_by_hand(page)
    check_accessible(page)
    check_reflow(page)
    page.get_by_role("button", name="Envoyer ma candidature").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Merci, c’est reçu")
    check_accessible(page)
    check_reflow(page)
    db.session.expire_all()
    sent = db.session.get_one(Candidacy, row_id)
    assert (sent.state, sent.work_insee, sent.home_insee) == (CandidacyState.COMPLETE, "47201", "47001")


def answer_by_hand(page: Page) -> None:
    """A commune out of the names that its first letters offer, by the keyboard; an unknown one is told at once."""
    page.get_by_role("radio", name="1er degré").check()
    kept(page, "degree")
    page.get_by_label("Depuis combien").fill("0")
    work = page.get_by_label("Commune où vous travaillez")
    work.fill("le pass")
    expect(page.get_by_role("option", name="Le Passage (47)")).to_be_visible()
    work.press("ArrowDown")
    work.press("Enter")
    kept(page, "work_insee")
    home = page.get_by_label("Commune où vous habitez")
    home.fill("zzz")
    home.blur()
    expect(page.locator("[data-answer=home_insee] .error")).to_contain_text("Aucune commune de ce nom")
    home.fill("agen")
    home.blur()
    kept(page, "home_insee")
    page.get_by_label("Votre école").fill("École du Lavoir")
    page.get_by_role("radio", name="Non").check()
    kept(page, "would_pilot")
    expect(page.locator("[data-left]")).to_contain_text("Tout est rempli")


def test_a_manager_answers_and_takes_it_back_at_any_width(
    laptop: Page,
    serve: Callable[[Flask], str],
    app: Flask,
    call: Call,
    sylvie,
    check_accessible: Callable[[Page], None],
    check_reflow: Callable[[Page], None],
):
    name = f"Choisir Nadège {factories.candidacy(call, 'Nadège').family_name}"
    here, secret = f"/appels/{call.id}", factories.device(sylvie)
    db.session.commit()  # from here on the server writes: nothing is read in this session
    page, address = laptop, serve(app)
    page.context.add_cookies([{"name": "appareil", "value": secret, "url": address}])
    for end in ("/partenaires", "/paroles", "/modifier", ""):
        page.goto(f"{address}{here}{end}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            check_accessible(page)
            check_reflow(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.get_by_role("checkbox", name=name).check()
        page.get_by_role("button", name="Retenir").click()
        expect(page.get_by_role("status").first).to_contain_text("Une réponse notée")
        check_accessible(page)
        page.get_by_role("button", name="Tout annuler").click()
        expect(page.get_by_role("status").first).to_contain_text("rien n’est parti")
