"""What the pilot sees and does during the two hours: the round, the hands, the duties, the parking lot, the cards,
the settings of the device; each state read by axe, on the laptop and on a telephone. Time is moved, never waited."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from playwright.sync_api import BrowserContext, Page, expect

from collectifs.collectives.models import Collective, Meeting
from collectifs.kernel.extensions import db
from collectifs.meetings.models import MeetingGuest
from collectifs.people.models import User
from tests import factories
from tests.browser.conftest import LAPTOP
from tests.browser.patience import becomes
from tests.browser.room_house import KEPT, House, note

SAVED = "Tout est enregistré"
# What the fixed row of gestures covers of the thing that has the focus.
COVERED = """() => {
  const row = document.querySelector(".controls");
  if (getComputedStyle(row).position !== "fixed") return 0;
  return Math.max(0, document.activeElement.getBoundingClientRect().bottom - row.getBoundingClientRect().top);
}"""


def enter(house: House, page: Page) -> Page:
    house.sign_in(page.context)
    house.open(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Avant de commencer")
    return page


def begin(house: House, page: Page) -> Page:
    """The meeting goes on, begun on this page's device (by the screen: `enter`, then « Commencer le regroupement »)."""
    house.sign_in(page.context)
    house.begin()
    house.take_hand(page)
    house.open(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ouverture")
    expect(page.locator("[data-plan-rows] th button").first).to_be_attached()  # drawn after the heading
    return page


def go_to(page: Page, title: str) -> None:
    page.get_by_role("button", name=title, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def later(page: Page, moment, minutes: int) -> None:
    """The time has gone on, and the page is opened again: it reads the server's clock."""
    expect(page.locator(KEPT).first).to_have_text(SAVED)
    moment.shift(timedelta(minutes=minutes))
    page.reload()


def meeting_of(house: House) -> Meeting:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Meeting, house.meeting_id)


def test_guests_and_duties_are_named_before_the_start(house: House, laptop: Page, check_accessible):
    page = enter(house, laptop)
    page.get_by_text("Ajouter une personne en visite").click()
    page.get_by_label("Son nom").fill("Léa Fontaine")
    page.keyboard.press("Enter")
    guest = page.get_by_role("group", name="Léa Fontaine")
    expect(guest.get_by_role("radio", name="Là", exact=True)).to_be_checked()
    page.get_by_label("Secrétaire").select_option(label="Odile CanariFamille")
    expect(page.get_by_text("peut ouvrir cet écran sur son appareil pour noter")).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="QR code pour noter").click()
    code = page.get_by_role("dialog", name="Pour noter")
    expect(code.get_by_role("img")).to_be_visible()
    expect(code).to_contain_text("Odile CanariFamille scanne ce code")
    check_accessible(page)
    page.keyboard.press("Escape")
    expect(code).to_have_count(0)
    expect(page.get_by_role("button", name="QR code pour noter")).to_be_focused()
    expect(page.locator(KEPT).first).to_have_text(SAVED)
    assert meeting_of(house).note_taker_id is not None
    assert [(each.name, each.state) for each in db.session.query(MeetingGuest)] == [("Léa Fontaine", "present")]
    db.session.rollback()
    page.get_by_role("button", name="Commencer le regroupement").click()
    expect(page.get_by_text("Secrétaire : Odile")).to_be_visible()


def test_the_floor_goes_round_is_passed_and_comes_back(house: House, laptop: Page, check_accessible):
    page = begin(house, laptop)
    page.get_by_role("group", name="Samir Haddad").get_by_role("radio", name="En retard").check()
    go_to(page, "Mise en résonance")
    names = page.locator("[data-round-list] li")
    first, second, last = (names.nth(number).get_by_role("button") for number in range(3))
    expect(last).to_contain_text("Samir")
    following = page.locator("[data-round-next]")
    following.click()
    expect(first).to_have_attribute("aria-current", "true")
    expect(first).to_contain_text("1 fois la parole")
    following.click()
    page.locator("[data-round-pass]").click()
    expect(second).to_contain_text("passe")
    expect(following).to_have_text("Au tour de Samir")
    following.click()
    expect(page.get_by_text("Le tour est fait. Touchez un nom pour y revenir.")).to_be_visible()
    check_accessible(page)
    second.click()
    expect(second).to_have_attribute("aria-current", "true")
    expect(names).to_have_count(3)
    go_to(page, "Réponses éprouvées ou envisagées")
    expect(page.locator("[data-round-list] [aria-current]")).to_have_count(0)
    expect(last).to_contain_text("1 fois la parole")
    go_to(page, "Mise en discussion")
    expect(last).to_be_hidden()


def test_hands_are_an_indication_and_choose_nothing(house: House, laptop: Page, check_accessible):
    page = begin(house, laptop)
    go_to(page, "Choix de la situation")
    choice = page.get_by_role("region", name="Choisir la situation")
    choice.get_by_role("button", name="Compter les mains levées").click()
    more = choice.get_by_role("button", name=re.compile("Une main de plus, urgence")).first
    expect(more).to_be_focused()
    for _ in range(3):
        page.keyboard.press("Enter")
    choice.get_by_role("button", name=re.compile("Une main de moins, urgence")).first.click()
    urgency = choice.get_by_role("spinbutton", name="urgence").first
    expect(urgency).to_have_value("2")
    expect(choice.get_by_role("radio", checked=True)).to_have_count(0)
    assert "CanariTitre" not in choice.inner_text()
    check_accessible(page)
    expect(page.locator(KEPT).first).to_have_text(SAVED)
    page.reload()
    expect(urgency).to_have_value("2")


def test_a_situation_is_called_as_its_author_wishes_and_a_spare_one_unfolds_when_it_is_to_be_read(
    house: House, laptop: Page
):
    where = db.session.get_one(Collective, meeting_of(house).collective_id)
    author = db.session.query(User).filter_by(given_name="Samir").one()
    factories.situation(where, author, "CanariMontré", shows_title=True)
    db.session.commit()
    page = begin(house, laptop)
    go_to(page, "Choix de la situation")
    choice = page.get_by_role("region", name="Choisir la situation")
    for title, label in (("CanariMontré", "CanariMontré"), ("CanariTitre", "Une situation envoyée le")):
        row = choice.locator("li").filter(has_text=title)
        expect(row.locator("label").first).to_contain_text(label)
        row.get_by_text("La relire, pour vous").click()
        expect(row.get_by_text(title)).to_have_count(1)
        expect(row.get_by_text(title)).to_be_visible()
    choice.get_by_text("Une situation de secours").click()
    choice.locator("details", has_text="Une situation de secours").get_by_role("radio").first.check()
    chosen = page.locator("[data-chosen]")
    expect(chosen).to_be_visible()
    expect(chosen).not_to_have_attribute("open", "")
    go_to(page, "Présentation")
    expect(chosen).to_have_attribute("open", "")
    beside, field = chosen.bounding_box(), page.locator("[data-capture]").bounding_box()
    assert beside["y"] < field["y"] + field["height"]
    assert beside["x"] > field["x"]


def test_the_parking_lot_and_who_might_bring_a_situation(house: House, laptop: Page, check_accessible):
    page = begin(house, laptop)
    page.get_by_text("Pense-bête de la série").click()
    field = page.get_by_label("À reprendre une autre fois")
    field.fill("Le rapport intermédiaire")
    field.press("Enter")
    lot = page.locator("[data-parking]")
    expect(lot.get_by_text("Pense-bête de la série : 1")).to_be_visible()
    go_to(page, "Clôture")
    odile = lot.get_by_role("button", name="Odile", exact=True)
    odile.click()
    expect(odile).to_have_attribute("aria-pressed", "true")
    expect(lot.get_by_text("Odile pensait apporter une situation.")).to_be_visible()
    check_accessible(page)
    odile.click()
    expect(odile).to_have_attribute("aria-pressed", "false")
    lot.get_by_role("button", name="Retirer « Le rapport intermédiaire » du pense-bête").click()
    expect(lot.locator("[data-parking-list] li")).to_have_count(0)
    page.get_by_role("button", name="Annuler").click()
    expect(lot.get_by_text("Le rapport intermédiaire")).to_be_visible()
    expect(page.locator(KEPT).first).to_have_text(SAVED)
    page.reload()
    expect(lot.get_by_text("Pense-bête de la série : 1")).to_be_visible()


def test_one_card_at_a_time_and_the_list_of_shortcuts(house: House, laptop: Page, check_accessible):
    page = begin(house, laptop)
    card = page.locator("[data-card-title]")
    expect(card).to_be_hidden()
    go_to(page, "Montée en généralité")
    before = card.inner_text()
    page.get_by_role("button", name="Une autre carte").click()
    expect(card).not_to_have_text(before)
    more = page.get_by_role("button", name="+ 2 min")
    more.focus()
    page.keyboard.press("?")
    shortcuts = page.get_by_label("Raccourcis du clavier")
    expect(shortcuts).to_be_focused()
    menu = page.locator("#shortcuts .menu-list")
    assert menu.evaluate("(list) => list.scrollHeight - list.clientHeight") <= 0, "there is room for the whole of it"
    check_accessible(page)
    page.keyboard.press("Escape")
    expect(more).to_be_focused()
    expect(shortcuts).to_be_hidden()
    page.keyboard.press("?")
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(shortcuts).to_be_hidden()


def test_whoever_takes_notes_neither_steers_nor_chooses(
    house: House, laptop: Page, new_context: Callable[..., BrowserContext], check_accessible
):
    page = enter(house, laptop)
    page.get_by_label("Secrétaire").select_option(label="Odile CanariFamille")
    page.get_by_role("button", name="Commencer le regroupement").click()
    go_to(page, "Choix de la situation")
    expect(page.locator(KEPT).first).to_have_text(SAVED)
    taker: UUID = meeting_of(house).note_taker_id
    db.session.rollback()
    second = new_context(**LAPTOP).new_page()
    house.sign_in(second.context, taker)
    house.open(second)
    expect(second.get_by_text("Vous prenez les notes")).to_be_visible()
    for name in ("Étape suivante", "Prendre la main sur cet appareil", "Compter les mains levées"):
        expect(second.get_by_role("button", name=name)).to_have_count(0)
    expect(second.get_by_role("region", name="La fiche, écrite ensemble")).to_have_count(0)
    note(second, "Un mot de la secrétaire")
    expect(second.locator(KEPT).first).to_have_text(SAVED)
    check_accessible(second)
    expect(page.locator("[data-lanes]").get_by_text("Un mot de la secrétaire")).to_be_visible(timeout=40_000)


def test_left_open_the_meeting_is_to_be_read_again(house: House, laptop: Page, moment, check_accessible):
    page = begin(house, laptop)
    note(page, "Une idée")
    becomes(page, house.notes, ["Une idée"])
    later(page, moment, 15 * 60)
    expect(page.get_by_role("heading", level=1)).to_have_text("Restée ouverte : à relire")
    expect(page.get_by_text("Une idée")).to_be_visible()
    expect(page.get_by_text("fermée d’ici, elle finit à")).to_be_visible()
    expect(page.get_by_role("link", name="Finir la fiche")).to_be_hidden()  # as home says: first it is closed
    check_accessible(page)
    page.get_by_role("button", name="Rouvrir").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ouverture")
    later(page, moment, 13 * 60)
    page.get_by_role("button", name="Clore la séance").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("La séance est close")
    expect(page.get_by_text("Close à 4\u00a0h\u00a050, l’heure de la dernière action")).to_be_visible()
    expect(page.get_by_text("Fin à 4\u00a0h\u00a050")).to_be_visible()
    expect(page.get_by_role("link", name="Finir la fiche")).to_be_visible()


def test_by_thumb_nothing_hides_under_the_fixed_gestures(
    house: House, phone: Page, moment, check_accessible, check_reflow
):
    page = enter(house, phone)
    check_reflow(page)
    check_accessible(page)
    page.get_by_role("button", name="Commencer le regroupement").tap()
    for title in ("Choix de la situation", "Mise en résonance", "Montée en généralité", "Clôture"):
        go_to(page, title)
        check_reflow(page)
    check_accessible(page)
    field = page.get_by_label("À reprendre une autre fois")
    field.focus()
    assert page.evaluate(COVERED) == 0
    go_to(page, "Choix de la situation")
    page.get_by_role("button", name="Compter les mains levées").tap()
    check_reflow(page)
    check_accessible(page)
    later(page, moment, 90)
    panel, capture = page.locator("[data-replan]"), page.locator("[data-capture]")
    expect(panel).to_be_visible()
    assert panel.bounding_box()["y"] > capture.bounding_box()["y"]
    check_reflow(page)
    check_accessible(page)


def test_a_gesture_of_another_version_is_left_aside_and_said_once(house: House, laptop: Page):
    page = begin(house, laptop)
    expect(page.locator(KEPT).first).to_have_text(SAVED)
    meeting = meeting_of(house)
    meeting.sequence += 1
    factories.of_another_version(factories.event(meeting, "paused", sequence=meeting.sequence), "bell_rung")
    db.session.commit()
    page.evaluate("dispatchEvent(new Event('online'))")
    region = page.get_by_role("region", name="Revenir en arrière")
    said = region.get_by_text("Une action faite ailleurs n’est pas montrée")
    expect(said).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ouverture")
    page.get_by_role("button", name="Fermer").click()
    page.get_by_role("button", name="+ 2 min").click()
    expect(said).to_be_hidden()
