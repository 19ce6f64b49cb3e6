"""STOP and its three ways; late and early, whatever the step. Time is moved, never waited."""

import re

from playwright.sync_api import Page, expect

from tests.browser.room_house import KEPT, House
from tests.browser.test_room_screen import begin, go_to, later, meeting_of


def test_stop_offers_three_ways_once_somebody_exposes(house: House, laptop: Page, check_accessible):
    page = begin(house, laptop)
    stop = page.get_by_role("button", name="STOP")
    expect(stop).to_be_hidden()
    go_to(page, "Présentation")
    stop.click()
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text("On s’arrête là")
    expect(page.get_by_role("heading", name="Et maintenant")).to_be_focused()
    expect(page.get_by_text("rien ne dira où l’échange s’est arrêté")).to_be_visible()
    check_accessible(page)
    expect(page.locator(KEPT).first).to_have_text("Tout est enregistré")
    page.reload()
    expect(title).to_have_text("On s’arrête là")
    expect(page.get_by_role("heading", name="Et maintenant")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Prendre une autre situation"))).to_be_visible()
    page.get_by_role("button", name="Ce n’était pas un STOP").click()
    expect(title).to_have_text("Présentation")
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()  # the time goes on as it went
    assert page.evaluate("Object.keys(sessionStorage).filter((key) => key.includes('arret'))") == []
    stop.click()
    page.get_by_role("button", name=re.compile("^Faire une pause")).click()
    expect(page.get_by_role("button", name="Reprendre", exact=True)).to_be_visible()
    page.get_by_role("button", name="Reprendre", exact=True).click()
    stop.click()
    page.get_by_role("button", name=re.compile("^Prendre une autre situation")).click()
    expect(title).to_have_text("Choix de la situation")
    go_to(page, "Présentation")
    stop.click()
    page.get_by_role("button", name=re.compile("^Clore")).click()
    expect(title).to_have_text("Clôture")
    expect(page.locator("[data-plan-rows] tr", has_text="Présentation").locator("td").last).to_have_text("")


def test_late_stays_offered_folded_after_the_next_step(house: House, laptop: Page, moment, check_accessible):
    page = begin(house, laptop)
    later(page, moment, 30)
    panel = page.locator("[data-replan]")
    expect(panel).to_have_attribute("open", "")
    page.get_by_role("button", name="Étape suivante").click()
    expect(panel).to_be_visible()
    expect(panel).not_to_have_attribute("open", "")
    expect(panel.locator("summary")).to_contain_text("Reprendre")
    panel.locator("summary").click()
    page.evaluate("new Promise((done) => setTimeout(done, 1100))")  # unfolded by hand, it stays so
    expect(panel).to_have_attribute("open", "")
    check_accessible(page)


def test_time_to_spare_is_given_back_by_one_gesture(house: House, laptop: Page, moment, check_accessible):
    page = begin(house, laptop)
    early = page.locator("[data-early]")
    expect(early).to_be_hidden()
    go_to(page, "Réponses éprouvées ou envisagées")
    expect(early.locator("summary")).to_contain_text("d’avance")
    early.locator("summary").click()
    check_accessible(page)
    early.get_by_role("button", name=re.compile("^Les rendre aux étapes")).click()
    expect(early).to_be_hidden()
    expect(page.locator("[data-plan-end]")).to_contain_text("à l’heure")
    page.get_by_role("button", name="Annuler").click()
    expect(early).to_be_visible()
    assert meeting_of(house).sequence > 0
