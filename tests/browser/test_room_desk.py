"""The pilot's desk and its clock on one screen: the field at every step, the slim bar, the plan that leads anywhere."""

from playwright.sync_api import Page, expect

from collectifs.kernel.extensions import db
from tests.browser.room_house import House, note
from tests.browser.test_room_screen import begin, enter, go_to, meeting_of

LAST_PIXEL = "document.querySelector('#note').getBoundingClientRect().bottom"
CONTROLS = """() => [...document.querySelectorAll(".controls > .btn")].filter((each) => each.getClientRects().length)
  .map((each) => [Math.round(each.getBoundingClientRect().top), each.getBoundingClientRect().width])"""
# Whether a menu that is open stands wholly in its window.
# `toggle` comes a moment after the click: two frames later it has come.
OUTSIDE = """async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const { top, bottom } = document.querySelector("details[open] > .menu-list").getBoundingClientRect();
  return Math.max(0, -top) + Math.max(0, bottom - innerHeight);
}"""


def test_the_note_field_is_on_the_first_screen_at_every_step(house: House, laptop: Page):
    page = begin(house, laptop)
    titles = page.locator("[data-plan-rows] th button").all_inner_texts()
    assert len(titles) > 8
    sizes = [(1280, 800), (1366, 768)]
    for title in titles:
        go_to(page, title)
        sizes.reverse()  # each step begins in the window in which the former ended: resizing is dear
        for width, height in sizes:
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate("scrollTo(0, 0)")
            assert page.evaluate(LAST_PIXEL) <= height, (title, width)
            expect(page.get_by_role("button", name="Noter", exact=True)).to_be_in_viewport()
    go_to(page, "Présentation")
    check_no_control_falls_alone(page)


def check_no_control_falls_alone(page: Page) -> None:
    """In a narrower window the gestures of the clock keep their row; without room the next step has one, whole."""
    for width in (1280, 1200, 1120, 1060):
        page.set_viewport_size({"width": width, "height": 800})
        boxes = page.evaluate(CONTROLS)
        tops = [top for top, _ in boxes]
        row = [wide for top, wide in boxes if top == tops[-1]]
        assert len(set(tops)) == 1 or (len(row) == 1 and row[0] > 200), f"{boxes} at {width} px"


def test_step_and_time_stay_once_the_stage_is_scrolled_away_and_the_plan_leads_to_its_steps_and_back(
    house: House, laptop: Page, check_accessible
):
    page = begin(house, laptop)
    slim = page.locator("[data-slim]")
    expect(slim).to_be_hidden()
    page.locator("[data-attendance]").scroll_into_view_if_needed()
    page.mouse.wheel(0, 2000)
    expect(slim).to_be_visible()
    expect(slim).to_contain_text("Ouverture")
    expect(slim.locator("[data-slim-left]")).to_contain_text("min")
    check_accessible(page)
    slim.get_by_role("button", name="Suivante").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Ouverture")
    page.evaluate("scrollTo(0, 0)")
    expect(slim).to_be_hidden()
    check_the_lines_of_the_plan_lead_to_their_step_and_back(page)


def check_the_lines_of_the_plan_lead_to_their_step_and_back(page: Page) -> None:
    step = page.get_by_role("heading", level=1)
    before = step.inner_text()
    page.locator("[data-plan-rows]").get_by_role("button", name="Clôture").click()
    expect(step).to_have_text("Clôture")
    page.get_by_role("button", name="Revenir", exact=True).click()
    expect(step).to_have_text(before)


def test_a_key_goes_to_the_field_the_last_note_is_echoed_under_it_and_its_menu_opens_where_there_is_room(
    house: House, laptop: Page, check_accessible
):
    page = begin(house, laptop)
    echo = page.locator("[data-echo]")
    expect(echo).to_be_hidden()
    page.keyboard.press("e")
    expect(page.get_by_label("Votre note")).to_be_focused()
    page.keyboard.type("Une idée eue")
    page.keyboard.press("Enter")
    expect(echo).to_contain_text("Une idée eue")
    expect(echo).to_contain_text("du collectif")
    expect(page.locator("[data-lanes]").get_by_text("Une idée eue")).to_have_count(1)
    check_accessible(page)
    check_a_menu_opens_where_there_is_room(page)
    page.evaluate("scrollTo(0, 0)")
    go_to(page, "Présentation")
    expect(echo).to_be_hidden()
    page.get_by_role("heading", level=1).focus()
    page.keyboard.press("?")
    expect(page.get_by_text("écrire une note")).to_be_visible()


def check_a_menu_opens_where_there_is_room(page: Page) -> None:
    """That of the note."""
    usual = page.viewport_size
    assert usual is not None
    page.set_viewport_size({"width": 1280, "height": 420})
    more = page.locator("[data-lanes] li summary").first
    for place in ("start", "center", "end"):
        more.evaluate("(it, block) => it.scrollIntoView({ block })", place)
        more.click()
        expect(page.locator("details[open] > .menu-list")).to_be_visible()
        assert page.evaluate(OUTSIDE) == 0, place
        page.keyboard.press("Escape")
    page.set_viewport_size(usual)


def test_by_thumb_a_button_notes(house: House, phone: Page):
    page = begin(house, phone)
    page.get_by_label("Votre note").fill("Dite au pouce")
    page.get_by_role("button", name="Noter", exact=True).tap()
    expect(page.locator("[data-echo]")).to_contain_text("Dite au pouce")
    expect(page.get_by_label("Votre note")).to_have_value("")


def test_without_notes_it_is_said_where_the_field_was_and_everything_else_is_there(
    house: House, laptop: Page, check_accessible
):
    meeting_of(house).keeps_notes = False
    db.session.commit()
    page = enter(house, laptop)
    expect(page.get_by_role("main")).to_contain_text("Sans notes, décidé à la préparation")
    page.get_by_role("button", name="Commencer le regroupement").click()
    expect(page.get_by_role("heading", name="Sans notes, décidé à la préparation")).to_be_in_viewport()
    page.keyboard.press("e")
    check_accessible(page)
    expect(page.get_by_label("Votre note")).to_have_count(0)
    go_to(page, "Mise en résonance")
    page.locator("[data-round-next]").click()
    expect(page.locator("[data-round-list] [aria-current]")).to_have_count(1)
    expect(page.get_by_role("button", name="Une autre relance")).to_be_visible()
    check_accessible(page)


def test_the_discussion_shows_the_answers_just_noted_and_none_that_is_for_oneself(
    house: House, laptop: Page, check_accessible
):
    page = begin(house, laptop)
    said = page.get_by_role("region", name="Les réponses qui viennent d’être dites")
    go_to(page, "Réponses éprouvées ou envisagées")
    note(page, "Ouvrir par une feuille")
    page.locator("#voie-private").check()
    note(page, "À moi seul")
    page.locator("#voie-sheet").check()
    note(page, "Nommer, puis se taire")
    expect(said).to_be_hidden()
    go_to(page, "Mise en discussion")
    expect(said.get_by_role("listitem")).to_have_text(["Ouvrir par une feuille", "Nommer, puis se taire"])
    expect(said).to_be_in_viewport()
    check_accessible(page)
    go_to(page, "Montée en généralité")
    expect(said).to_be_hidden()


def test_the_question_goes_to_the_wall_by_a_press_and_leaves_it_by_another_or_with_its_step(
    house: House, laptop: Page, check_accessible
):
    page = begin(house, laptop)
    go_to(page, "Montée en généralité")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Projeter").click()
    wall, asked = opened.value, opened.value.locator("[data-asked]")
    wall.emulate_media(reduced_motion="reduce")  # its tools are there or gone, never half faded when it is looked at
    expect(wall.get_by_role("heading", level=1)).to_have_text("Montée en généralité")
    question = page.get_by_label("1- Notre problématique")
    press = page.get_by_role("button", name="Projeter la question")
    press.click()
    expect(question).to_be_focused()  # there is none yet
    question.fill("Comment accueillir")
    note(page, "Une note pour le collectif")
    expect(asked).to_be_hidden()
    press.click()
    expect(press).to_have_attribute("aria-pressed", "true")
    says = page.locator("[data-ask] p")
    expect(says).to_have_text("À l’écran de la salle, telle que vous l’écrivez. Cercle : collectif.")
    expect(asked).to_have_text("Comment accueillir")
    question.fill("Comment accueillir ce qui déborde, alors que le travail attend ?")
    expect(asked).to_have_text("Comment accueillir ce qui déborde, alors que le travail attend\u202f?")
    expect(wall.get_by_text("Une note")).to_have_count(0)
    for screen in (page, wall):
        check_accessible(screen)
    press.click()
    expect(asked).to_be_hidden()
    question.fill("Comment accueillir autrement ?")
    press.click()
    expect(asked).to_have_text("Comment accueillir autrement\u202f?")
    go_to(page, "Clôture")
    expect(asked).to_be_hidden()
    question.fill("Ce qui s’écrit ensuite")
    page.evaluate("new Promise((done) => setTimeout(done, 1500))")  # longer than a screen waits to follow the writing
    expect(asked).to_be_hidden()
