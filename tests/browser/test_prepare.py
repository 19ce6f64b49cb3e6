"""Preparing by thumb and by keyboard: the hours follow the durations, and the button stays in sight."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from collectifs.extensions import db
from collectifs.models import Meeting
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
