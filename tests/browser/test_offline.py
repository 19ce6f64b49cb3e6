"""The two hours without network: prepared, cut, closed, started again; nothing is lost, nothing is doubled."""

from playwright.sync_api import Page, expect

from tests.browser.patience import becomes
from tests.browser.room_house import COUNT, KEPT, House, chromium_on_disk, give_code, hurry, note, prepare

NOTES = [f"Idée numéro {number}" for number in range(60)]


def walk(page: Page, notes: list[str]) -> None:
    """From the first step to the close, with as many notes at each."""
    page.get_by_role("button", name="Commencer le regroupement").click()
    expect(page.get_by_label("Votre note")).to_be_visible()
    steps = page.locator("[data-plan-rows] tr").count()
    share = -(-len(notes) // steps)
    for number in range(steps):
        for words in notes[number * share : (number + 1) * share]:
            note(page, words)
        is_last = number == steps - 1
        before = page.get_by_role("heading", level=1).inner_text()
        page.get_by_role("button", name="Clore la séance" if is_last else "Étape suivante").click()
        expect(page.get_by_role("heading", level=1)).not_to_have_text(before)
        if not is_last:
            page.wait_for_timeout(510)  # a press that comes within half a second is a double press


def test_prepared_cut_closed_and_started_again_with_no_network_sixty_notes_arrive_once(
    house: House, playwright, browser_type_launch_args, tmp_path
) -> None:
    with chromium_on_disk(playwright, browser_type_launch_args, tmp_path) as page:
        house.sign_in(page.context)
        house.open(page)
        prepare(page)
        house.stop()
    with chromium_on_disk(playwright, browser_type_launch_args, tmp_path) as page:
        house.open(page)
        give_code(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Avant de commencer")
        walk(page, NOTES)
        expect(page.locator(KEPT).first).to_contain_text("actions gardées sur cet appareil")
        assert house.notes() == []
        house.start()
        hurry(page)
        expect(page.locator(KEPT).first).to_have_text("Tout est enregistré", timeout=45_000)
        becomes(page, house.notes, NOTES)
        expect(page.get_by_role("heading", level=1)).to_have_text("La séance est close")
        assert page.evaluate(COUNT) == [0, 0]
        becomes(page, house.waited_for, [])
