"""Preparing by thumb and by keyboard: the hours follow the durations, and the button stays in sight."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from collectifs.collectives.models import Meeting
from collectifs.kernel.extensions import db
from tests import factories

FEBRUARY = datetime(2027, 2, 3, 13, 0, tzinfo=UTC)


@pytest.fixture
def meeting(app):
    return factories.meeting(factories.collective(pilot=factories.user("Hélène")), number=2, starts_at=FEBRUARY)


@pytest.fixture
def open_as_pilot(app, serve, meeting):
    def open_page(page: Page) -> str:
        pilot = db.session.query(factories.User).one()
        secret, path = factories.device(pilot), f"/regroupements/{meeting.id}/preparer"
        db.session.commit()  # and nothing is read here any more: a transaction of ours would hold the pilot's back
        address = serve(app)
        page.context.add_cookies([{"name": "appareil", "value": secret, "url": address}])
        page.goto(address + path)
        return address

    return open_page


def minutes_of(meeting: Meeting) -> list[int]:
    db.session.rollback()
    db.session.expire_all()
    return [step["minutes"] for step in db.session.get_one(Meeting, meeting.id).steps]


def test_by_thumb_a_minute_more_moves_the_hours_and_is_kept(
    phone: Page, open_as_pilot, meeting, check_accessible, check_reflow
):
    open_as_pilot(phone)
    save = phone.get_by_role("button", name="Enregistrer le déroulé")
    expect(save).to_be_in_viewport()
    phone.get_by_role("button", name="Une minute de plus pour l’étape 2").tap()
    rows = phone.locator(".agenda tbody tr")
    expect(rows.nth(0).locator("td").last).to_have_text("14\u00a0h\u00a005")
    expect(rows.nth(1).locator("td").last).to_have_text("14\u00a0h\u00a016")
    expect(rows.last.locator("td").last).to_have_text("16\u00a0h\u00a001")
    expect(phone.locator("[data-gap]")).to_have_text("Le déroulé finit 1\u00a0min après l’heure prévue.")
    expect(phone.locator("#enregistre")).to_have_text("Pas encore enregistré")
    check_reflow(phone)
    check_accessible(phone)
    save.tap()
    expect(phone.locator("#enregistre")).to_contain_text("Enregistré à")
    assert minutes_of(meeting)[:2] == [5, 11]


def test_by_keyboard_a_duration_never_goes_under_its_least(laptop: Page, open_as_pilot, meeting, check_accessible):
    open_as_pilot(laptop)
    less = laptop.get_by_role("button", name="Une minute de moins pour l’étape 11")
    less.focus()
    for _ in range(4):
        laptop.keyboard.press("Enter")
    field = laptop.get_by_label("Durée de l’étape 11, Clôture, en minutes")
    expect(field).to_have_value("3")
    field.focus()
    laptop.keyboard.press("Enter")
    expect(laptop.locator("[data-gap]")).to_have_text("Le déroulé finit 2\u00a0min avant l’heure prévue.")
    expect(laptop.locator("#enregistre")).to_contain_text("Enregistré à")
    check_accessible(laptop)
    assert minutes_of(meeting)[-1] == 3


def test_past_the_closing_of_the_room_the_page_says_so_at_once(laptop: Page, open_as_pilot, meeting, check_accessible):
    open_as_pilot(laptop)
    closing = laptop.locator("[data-closing]")
    laptop.get_by_label("La salle ferme à").fill("16:05")
    laptop.get_by_role("button", name="Enregistrer le déroulé").click()
    expect(laptop.locator("#enregistre")).to_contain_text("Enregistré à")
    expect(closing).to_be_empty()
    laptop.get_by_label("Durée de l’étape 5, Questionnement, en minutes").fill("32")
    expect(closing).to_have_text("La salle aura fermé 7\u00a0min plus tôt.")
    laptop.get_by_label("Durée de l’étape 5, Questionnement, en minutes").fill("25")
    expect(closing).to_be_empty()
    check_accessible(laptop)


def test_by_thumb_steps_are_moved_dropped_put_back_and_added(
    phone: Page, open_as_pilot, meeting, check_accessible, check_reflow
):
    open_as_pilot(phone)
    phone.get_by_role("button", name="Une minute de plus pour l’étape 2").tap()
    phone.get_by_role("button", name="Changer les étapes").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Changer les étapes")
    steps = phone.locator("ol.steps-list > li")
    phone.get_by_role("button", name="Descendre : étape 1, Ouverture").tap()
    expect(phone.get_by_role("button", name="Monter : étape 2, Ouverture")).to_be_in_viewport()
    phone.get_by_role("button", name="Retirer : étape 3, Choix de la situation").tap()
    expect(phone.get_by_role("button", name="Remettre : Choix de la situation")).to_be_visible()
    check_reflow(phone)
    check_accessible(phone)
    phone.get_by_role("button", name="Remettre : Choix de la situation").tap()
    expect(steps).to_have_count(11)
    phone.get_by_role("link", name="Ajouter une étape").tap()
    phone.get_by_label("Son nom").fill("Pause")
    check_reflow(phone)
    check_accessible(phone)
    phone.get_by_role("button", name="Ajouter l’étape").tap()
    expect(steps).to_have_count(12)
    kept = minutes_of(meeting)
    assert kept[:2] == [11, 5]
    assert kept[-2] == 10


def test_without_javascript_another_canvas_is_taken(browser, open_as_pilot, meeting):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}, locale="fr-FR")
    page = context.new_page()
    open_as_pilot(page)
    page.get_by_label("Durée de l’étape 11, Clôture, en minutes").fill("4")
    page.get_by_role("button", name="Changer les étapes").click()
    expect(page.get_by_text("Le déroulé finit 1\u00a0min avant l’heure prévue.")).to_be_visible()
    page.get_by_role("link", name="Revenir aux durées").first.click()
    page.get_by_role("link", name="Choisir un autre canevas").click()
    page.get_by_label("Un cas en trois quarts d’heure").check()
    page.get_by_role("button", name="Prendre ce canevas").click()
    expect(page.get_by_text("Le déroulé finit 1\u00a0h\u00a015 avant l’heure prévue.")).to_be_visible()
    context.close()
    assert minutes_of(meeting) == [2, 10, 3, 5, 5, 3, 7, 5, 5]
