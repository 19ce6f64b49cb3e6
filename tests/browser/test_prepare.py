"""Preparing by thumb and by keyboard: the hours follow the durations, and the button stays in sight."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from collectifs.collectives.models import Meeting
from collectifs.kernel.extensions import db
from collectifs.kernel.text.aloud import pieces_aloud
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


def saved(meeting: Meeting) -> Meeting:
    """The meeting as it is kept now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Meeting, meeting.id)


def steps_of(meeting: Meeting) -> list[dict]:
    steps = saved(meeting).steps
    db.session.rollback()  # no transaction of ours holds the pilot's back
    return steps


def minutes_of(meeting: Meeting) -> list[int]:
    return [step["minutes"] for step in steps_of(meeting)]


def said(text: str) -> str:
    """A text of the page, with what is heard after each hour that it shows."""
    return "".join(written + heard for written, heard in pieces_aloud(text))


def rows(page: Page):
    """The steps of the agenda, those that are out too."""
    return page.locator("ol.steps > li")


def kept(meeting: Meeting) -> list[str]:
    return [step["id"] for step in steps_of(meeting)]


def menu(page: Page, title: str):
    """The « … » of one step."""
    return page.get_by_label(f"Déplacer ou retirer\u00a0: {title}")


def test_by_thumb_a_minute_more_moves_the_hours_and_is_kept(
    phone: Page, open_as_pilot, meeting, check_accessible, check_reflow
):
    open_as_pilot(phone)
    save = phone.get_by_role("button", name="Enregistrer")
    expect(save).to_be_in_viewport()
    phone.get_by_role("button", name="Une minute de plus\u00a0: Retour sur les pistes").tap()
    expect(rows(phone).nth(0).locator(".till-in")).to_have_text(said("jusqu’à 14\u00a0h\u00a005"))
    expect(rows(phone).nth(1).locator(".till-in")).to_have_text(said("jusqu’à 14\u00a0h\u00a016"))
    expect(rows(phone).last.locator(".till-in")).to_have_text(said("jusqu’à 16\u00a0h\u00a001"))
    expect(phone.locator("[data-gap]")).to_have_text(said("Le déroulé finit 1\u00a0min après l’heure prévue."))
    expect(phone.locator("[data-size]")).to_have_text(said("11\u00a0étapes, 2\u00a0h\u00a001"))
    expect(phone.locator("#enregistre")).to_have_text("Pas encore enregistré")
    check_reflow(phone)
    check_accessible(phone)
    save.tap()
    expect(phone.locator("#enregistre")).to_contain_text("Enregistré à")
    assert minutes_of(meeting)[:2] == [5, 11]


def test_the_whole_page_is_three_screens_of_a_telephone_and_with_text_twice_as_large_nothing_runs_over(
    phone: Page, open_as_pilot, check_reflow
):
    open_as_pilot(phone)
    height, banner = phone.evaluate(
        "[document.documentElement.scrollHeight, document.querySelector('.demo')?.offsetHeight ?? 0]"
    )
    assert height - banner <= 3 * 740
    for label in ("La salle ferme à", "Sans notes"):
        assert phone.get_by_label(label).bounding_box()["y"] < 740
    assert phone.get_by_label("La salle ferme à").bounding_box()["y"] < rows(phone).first.bounding_box()["y"]
    menu(phone, "Questionnement").tap()
    check_reflow(phone, "200%")
    phone.evaluate("document.documentElement.style.fontSize = '200%'")
    assert phone.get_by_role("button", name="Monter\u00a0: Questionnement").bounding_box()["x"] >= 0
    expect(phone.get_by_role("button", name="Enregistrer")).to_be_in_viewport()


def test_by_keyboard_a_duration_never_goes_under_its_least(laptop: Page, open_as_pilot, meeting, check_accessible):
    open_as_pilot(laptop)
    less = laptop.get_by_role("button", name="Une minute de moins\u00a0: Clôture")
    less.focus()
    for _ in range(4):
        laptop.keyboard.press("Enter")
    field = laptop.get_by_label("Minutes\u00a0: Clôture")
    expect(field).to_have_value("3")
    field.focus()
    laptop.keyboard.press("Enter")
    expect(laptop.locator("[data-gap]")).to_have_text(said("Le déroulé finit 2\u00a0min avant l’heure prévue."))
    expect(laptop.locator("#enregistre")).to_contain_text("Enregistré à")
    check_accessible(laptop)
    assert minutes_of(meeting)[-1] == 3


def test_past_the_closing_of_the_room_the_page_says_so_at_once(laptop: Page, open_as_pilot, meeting, check_accessible):
    open_as_pilot(laptop)
    closing = laptop.locator("[data-closing]")
    expect(closing).to_be_empty()
    laptop.get_by_label("La salle ferme à").fill("15:50")
    expect(closing).to_have_text(said("La salle aura fermé 10\u00a0min plus tôt."))
    laptop.get_by_label("La salle ferme à").fill("16:05")
    expect(closing).to_be_empty()
    laptop.get_by_label("Minutes\u00a0: Questionnement").fill("32")
    expect(closing).to_have_text(said("La salle aura fermé 7\u00a0min plus tôt."))
    check_accessible(laptop)
    laptop.get_by_role("button", name="Enregistrer").click()
    expect(laptop.locator("#enregistre")).to_contain_text("Enregistré à")
    expect(closing).to_have_text(said("La salle aura fermé 7\u00a0min plus tôt."))


def test_by_keyboard_a_step_goes_down_with_the_focus_to_the_end_of_the_road_and_one_save_keeps_all(
    laptop: Page, open_as_pilot, meeting, check_accessible
):
    open_as_pilot(laptop)
    menu(laptop, "Ouverture").focus()
    laptop.keyboard.press("Enter")
    down = rows(laptop).first.get_by_role("button", name="Descendre\u00a0: Ouverture")
    down.focus()
    for _ in range(3):
        laptop.keyboard.press("Enter")
    moved = rows(laptop).nth(3)
    expect(moved.locator("[data-place]")).to_have_text("4")
    expect(moved.get_by_role("button", name="Descendre")).to_be_focused()
    laptop.keyboard.press("Escape")
    expect(menu(laptop, "Ouverture")).to_be_focused()
    check_accessible(laptop)
    check_at_the_top_the_focus_goes_to_the_other_way(laptop, "Choix de la situation")
    assert kept(meeting)[0] == "ouverture"
    laptop.get_by_label("Sans notes").check()
    laptop.get_by_role("button", name="Enregistrer").click()
    expect(laptop.locator("#enregistre")).to_contain_text("Enregistré à")
    assert kept(meeting)[:4] == ["choix", "retour", "presentation", "ouverture"]
    assert saved(meeting).keeps_notes is False


def check_at_the_top_the_focus_goes_to_the_other_way(page: Page, second: str) -> None:
    menu(page, second).click()
    page.get_by_role("button", name=f"Monter\u00a0: {second}").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=f"Descendre\u00a0: {second}")).to_be_focused()


def test_by_thumb_a_step_taken_out_is_put_back_in_its_place_with_its_minutes(
    phone: Page, open_as_pilot, meeting, check_accessible, check_reflow
):
    open_as_pilot(phone)
    phone.get_by_label("Minutes\u00a0: Choix de la situation").fill("8")
    menu(phone, "Choix de la situation").tap()
    phone.get_by_role("button", name="Retirer\u00a0: Choix de la situation").tap()
    back = phone.get_by_role("button", name="La remettre\u00a0: Choix de la situation")
    expect(back).to_be_focused()
    expect(back).to_have_accessible_description("«\u00a0Choix de la situation\u00a0» est retirée")
    expect(phone.locator("[data-gap]")).to_have_text(said("Le déroulé finit 5\u00a0min avant l’heure prévue."))
    expect(phone.get_by_role("listitem").filter(has_text="Présentation").locator("[data-place]")).to_have_text("3")
    check_reflow(phone)
    check_accessible(phone)
    back.tap()
    expect(menu(phone, "Choix de la situation")).to_be_focused()
    expect(phone.get_by_label("Minutes\u00a0: Choix de la situation")).to_have_value("8")
    menu(phone, "Présentation").tap()
    phone.get_by_role("button", name="Retirer\u00a0: Présentation").tap()
    phone.get_by_role("button", name="Enregistrer").tap()
    expect(phone.locator("#enregistre")).to_contain_text("Enregistré à")
    assert kept(meeting)[2:4] == ["choix", "questionnement"]
    expect(phone.get_by_role("button", name="La remettre\u00a0: Présentation")).to_be_visible()


def test_by_thumb_a_step_of_ones_own_is_added_after_what_was_typed_is_kept(
    phone: Page, open_as_pilot, meeting, check_accessible, check_reflow
):
    open_as_pilot(phone)
    phone.get_by_role("button", name="Une minute de plus\u00a0: Retour sur les pistes").tap()
    phone.get_by_role("button", name="Ajouter une étape").tap()
    phone.get_by_label("Son nom").fill("Pause")
    check_reflow(phone)
    check_accessible(phone)
    phone.get_by_role("button", name="Ajouter l’étape").tap()
    expect(rows(phone)).to_have_count(12)
    expect(phone.locator("#etape-ajout-1")).to_be_in_viewport()
    assert minutes_of(meeting)[1] == 11
    assert minutes_of(meeting)[-2] == 10


@pytest.fixture
def bare(browser):
    """A telephone without scripts."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}, locale="fr-FR")
    yield context.new_page()
    context.close()


def test_without_javascript_a_step_is_moved_or_out_where_one_stands_and_one_save_keeps_all(
    bare: Page, open_as_pilot, meeting
):
    open_as_pilot(bare)
    bare.get_by_label("La salle ferme à").fill("16:30")
    menu(bare, "Mise en résonance").click()
    bare.get_by_role("button", name="Retirer\u00a0: Mise en résonance").click()
    back = bare.get_by_role("button", name="La remettre\u00a0: Mise en résonance")
    expect(back).to_be_in_viewport()
    expect(bare.locator("#enregistre")).to_have_text("Pas encore enregistré")
    menu(bare, "Clôture").click()
    bare.get_by_role("button", name="Monter\u00a0: Clôture").click()
    expect(bare.locator("#etape-cloture")).to_be_in_viewport()
    bare.get_by_label("Minutes\u00a0: Clôture").fill("4")
    bare.get_by_label("Minutes\u00a0: Clôture").press("Enter")
    expect(bare.locator("#enregistre")).to_contain_text("Enregistré à")
    assert "resonance" not in kept(meeting)
    assert kept(meeting)[-2:] == ["cloture", "generalite"]
    assert minutes_of(meeting)[-2] == 4
    assert saved(meeting).room_closes_at is not None


def test_without_javascript_another_canvas_is_read_then_taken(bare: Page, open_as_pilot, meeting):
    open_as_pilot(bare)
    bare.get_by_role("button", name="Changer de canevas").click()
    bare.get_by_label("Durée").select_option("60")
    bare.get_by_role("button", name="Filtrer").click()
    expect(bare.get_by_role("link", name="2\u00a0h")).to_have_count(0)
    bare.get_by_role("link", name="Un cas en trois quarts d’heure").click()
    expect(bare.get_by_role("heading", name="Étape par étape")).to_be_visible()
    assert len(minutes_of(meeting)) == 11
    bare.get_by_role("button", name="Prendre ce canevas").click()
    expect(bare.get_by_text(said("Le déroulé finit 1\u00a0h\u00a015 avant l’heure prévue."))).to_be_visible()
    assert minutes_of(meeting) == [2, 10, 3, 5, 5, 3, 7, 5, 5]
