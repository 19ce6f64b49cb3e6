"""The campaign, from the poster to the first meeting: eight candidates and two pilots on telephones, one manager on a
laptop. Two of them answer through the pages by thumb, as test_candidacy.py does at two widths, the others through the
same forms without a window."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import pypdfium2
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.demo_server import Demo, post
from tests.browser.test_journey_phone import Hand, accept_the_charter

CALL = "/appel/hautes-sources"
COMPOSED_MS = 120_000
NAME = "Les Rives de la Garonne"
DAY = "2027-01-20"


@dataclass(frozen=True)
class Volunteer:
    """Somebody who reads the poster."""

    given: str
    family: str
    town: str
    degree: str = "1er degré"
    years: str = "0"
    pilots: str = "Non"
    wishes: str = ""
    half_day: str = ""

    @property
    def address(self) -> str:
        return f"{self.given.lower()}.{self.family.lower()}@volontaires.example"


NORA = Volunteer("Nora", "Sabatier", "Tonneins", "1er degré", "5", "Oui", "emma.castex@volontaires.example")
VICTOR = Volunteer("Victor", "Lagarde", "Agen", "second degré", "9", "Oui")
EMMA = Volunteer("Emma", "Castex", "Tonneins", wishes=NORA.address, half_day="mardi matin")
BY_HAND = (NORA, EMMA)
BY_FORM = (VICTOR, Volunteer("Paul", "Darrieux", "Marmande", "second degré", "3"))
BY_FORM += (Volunteer("Lina", "Mourgues", "Agen"), Volunteer("Hugo", "Bazin", "Agen", "second degré", "1"))
BY_FORM += (Volunteer("Alma", "Ruffat", "Marmande"), Volunteer("Jean", "Tauzin", "Marmande", "second degré", "4"))
BY_FORM += (Volunteer("Mila", "Vergne", "Nérac", "1er degré", "2"), Volunteer("Loïc", "Pujol", "Agen", "second degré"))
BY_FORM = tuple(replace(each, given=each.given.replace("ï", "i")) for each in BY_FORM)


@pytest.fixture
def hand(new_context: Callable[..., BrowserContext], page_faults: list[str]) -> Callable[..., Hand]:
    """Somebody with a window of their own, a telephone unless told otherwise."""
    return lambda kind=PHONE: Hand(new_context(**kind).new_page(), page_faults)


@pytest.mark.timeout(600)
def test_a_campaign_is_played_from_the_poster_to_the_first_meeting(
    demo: Demo,
    hand: Callable[..., Hand],
    check_accessible: Callable[[Page], None],
    check_reflow: Callable[[Page], None],
):
    def look(page: Page) -> None:
        """Pages that no other test of the browser looks at."""
        check_accessible(page)
        check_reflow(page)

    phone, nora, manager = hand(), hand(), hand(LAPTOP)
    read_the_poster(demo, phone)
    for who in BY_HAND:
        volunteer(demo, nora if who is NORA else phone, who, look, check_reflow)
    for who in BY_FORM:
        volunteer_by_form(demo, phone.page, who)
    retain(demo, manager)
    compose_and_move(manager, check_reflow)
    publish(manager, look)
    emma, victor = hand(), hand()
    join(demo, emma, EMMA)
    join(demo, nora, NORA)
    fix_the_first_date(nora, check_reflow)
    emma.page.reload()
    emma.reads("mercredi 20 janvier 2027", "École du Port, Tonneins")
    propose_two_dates(nora, check_reflow)
    answer_dates(demo, emma, check_reflow)
    join(demo, victor, VICTOR)
    victor.reads("Fixer la date du premier regroupement")
    open_the_meeting(demo, nora)


def read_the_poster(demo: Demo, phone: Hand) -> None:
    demo.open(phone.page, CALL)
    paper = phone.page.request.get(f"{demo.url}{CALL}/affiche.pdf")
    with pypdfium2.PdfDocument(paper.body()) as poster:
        assert len(poster) == 1
        assert "/appel/hautes" in poster[0].get_textpage().get_text_range().replace("\r\n", "")


def volunteer(
    demo: Demo, phone: Hand, who: Volunteer, look: Callable[[Page], None], reflows: Callable[[Page], None]
) -> None:
    """From the page of the call to the receipt, by thumb."""
    page = phone.page
    demo.open(page, CALL)
    phone.tap("Proposer ma candidature", "link")
    phone.fill("Prénom", who.given)
    phone.fill("Nom de famille", who.family)
    phone.fill("Adresse électronique", who.address)
    reflows(page)
    phone.tap("Recevoir mon lien")
    phone.title("Un message vous est envoyé")
    open_mail(demo, page, who, "votre candidature", "Confirmer mon adresse")
    phone.title(f"Bonjour {who.given}")
    phone.tap("Oui, c’est moi")
    answer(phone, who)
    reflows(page)
    phone.tap("Envoyer ma candidature")
    phone.title("Merci, c’est reçu")
    reflows(page)
    phone.tap("Avec qui j’aimerais être", "link")
    phone.fill("Avec qui", who.wishes)
    look(page)
    phone.tap("Garder")
    phone.reads("Vos souhaits sont gardés, scellés.")


def open_mail(demo: Demo, page: Page, who: Volunteer, subject: str, button: str) -> None:
    """Go where the button of somebody's newest mail about something leads: the mail itself is read, not laid out."""
    page.goto(demo.link_in_mail(page, who.address, subject, button))


def answer(phone: Hand, who: Volunteer) -> None:
    """Eight answers, each kept as it is given."""
    page = phone.page
    page.get_by_role("radio", name=who.degree).check()
    phone.fill("Depuis combien", who.years)
    for label in ("Commune où vous travaillez", "Commune où vous habitez"):
        page.get_by_label(label).fill(who.town)
        page.get_by_label(label).blur()
    phone.fill("Votre école", "École du Port")
    if who.half_day:
        page.locator("label.half-day").filter(has_text=who.half_day).tap()
    page.get_by_role("radio", name=who.pilots, exact=True).check()
    expect(page.locator("[data-left]")).to_contain_text("Tout est rempli")


def volunteer_by_form(demo: Demo, page: Page, who: Volunteer) -> None:
    """The same forms, sent without a window."""
    start = f"{demo.url}{CALL}/candidature"
    named = {"given_name": who.given, "family_name": who.family, "address": who.address}
    assert post(page, start, **named).ok
    own = demo.link_in_mail(page, who.address, "votre candidature", "Confirmer mon adresse")
    assert post(page, own).ok
    said = {"degree": "first" if who.degree.startswith("1") else "second", "tutoring_years": who.years}
    said |= {"work_insee": who.town, "home_insee": who.town, "school": "École du Port"}
    said["would_pilot"] = "yes" if who.pilots == "Oui" else "no"
    assert "Merci, c’est reçu" in post(page, own, **said).text()


def retain(demo: Demo, manager: Hand) -> None:
    """The ten who came are read and retained; each is told in the evening."""
    page = manager.page
    demo.enter(page, "Rémi Vasseur")
    demo.open(page)
    page.get_by_role("link", name="Lire les candidatures").click()
    page.get_by_role("link", name="Hautes-Sources, 2026-2027", exact=True).click()
    manager.title("Candidatures")
    for who in (*BY_HAND, *BY_FORM):
        page.get_by_role("checkbox", name=f"Choisir {who.given} {who.family}").check()
    page.get_by_role("button", name="Retenir").click()
    expect(page.get_by_role("status").first).to_contain_text("Dix réponses notées")
    demo.move_clock(page, 24)
    demo.mail_to(page, EMMA.address, "votre candidature est retenue")
    expect(page.frame_locator("iframe.mail").locator("body")).to_contain_text("retenue")


def compose_and_move(manager: Hand, look: Callable[[Page], None]) -> None:
    """The worker composes; somebody of the largest collective is moved where it costs the least."""
    page = manager.page
    page.get_by_role("link", name="Tous les courriels").click()
    page.goto(page.url.replace("/courriels", "/composition"))
    page.get_by_role("button", name="Composer dans cet ordre").click()
    relire = page.get_by_role("link", name="Relire avant de publier")
    expect(relire).to_be_visible(timeout=COMPOSED_MS)
    expect(page.get_by_role("heading", level=2).first).to_contain_text("50 personnes")
    look(page)
    groups = page.locator("article.group")
    sizes = [groups.nth(each).locator("[data-person]").count() for each in range(groups.count())]
    largest = groups.nth(sizes.index(max(sizes)))
    others = largest.locator("[data-person]").filter(has_not_text="piloterait").filter(has_not_text="Castex")
    name = others.first.get_by_role("link").inner_text()
    others.first.get_by_role("link").click()
    expect(page.locator("#deplacer")).to_be_focused()
    look(page)
    page.get_by_role("button", name=re.compile("^Déplacer en ")).first.click()
    expect(page.get_by_role("button", name=f"Annuler « {name} en ")).to_be_visible()


def publish(manager: Hand, look: Callable[[Page], None]) -> None:
    """What leaves is read; both new pilots are chosen; then it is published."""
    page = manager.page
    page.get_by_role("link", name="Relire avant de publier").click()
    manager.title("Relire avant de publier")
    for who in (NORA, VICTOR):
        choice = page.get_by_label("Pilote").filter(has=page.locator("option", has_text=who.family))
        choice.select_option(f"{who.given} {who.family}")
    plan = page.locator("section").filter(has=page.locator("option:checked", has_text=NORA.family))
    expect(plan).to_contain_text(f"{EMMA.given} {EMMA.family}")
    plan.get_by_label("Nom du collectif").fill(NAME)
    look(page)
    page.get_by_role("button", name="Publier tout de suite").click()
    expect(page.get_by_role("heading", name="Ces collectifs sont publiés")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Voir les collectifs").click()
    manager.reads(NAME)
    look(page)


def join(demo: Demo, person: Hand, who: Volunteer) -> None:
    """From the invitation to the page of the collective."""
    open_mail(demo, person.page, who, "invitation", "Ouvrir mon lien personnel")
    person.title(f"Bonjour {who.given}")
    person.tap("Ouvrir sur cet appareil")
    accept_the_charter(person)


def fix_the_first_date(pilot: Hand, look: Callable[[Page], None]) -> None:
    pilot.title(NAME)
    look(pilot.page)
    pilot.tap("Fixer la date", "link")
    pilot.fill("Jour", DAY)
    pilot.fill("Lieu", "École du Port, Tonneins")
    pilot.tap("Fixer cette date")
    pilot.title("Préparer")


def propose_two_dates(pilot: Hand, look: Callable[[Page], None]) -> None:
    """For the second meeting, the first being the pilot's."""
    page = pilot.page
    pilot.tap(NAME, "link")
    pilot.title(NAME)
    look(page)
    page.locator("a[href$='/nouveau-regroupement']").first.tap()
    pilot.tap("Proposer plutôt plusieurs dates", "link")
    pilot.title("Proposer des dates")
    for number, day in enumerate(("2027-03-17", "2027-03-24"), 1):
        page.get_by_role("group", name=f"Date {number}").get_by_label("Jour").fill(day)
    pilot.tap("Proposer ces dates")
    expect(page.get_by_role("button", name="Garder ces dates")).to_be_visible()  # Emma is not free on Wednesdays
    look(page)
    pilot.tap("Garder ces dates")
    pilot.title("Quand vous convient-il ?")


def answer_dates(demo: Demo, member: Hand, look: Callable[[Page], None]) -> None:
    """From the mail of the question, one tap a date."""
    page = member.page
    open_mail(demo, page, EMMA, "dates", "Répondre")
    member.title("Quand vous convient-il ?")
    for number, word in ((1, "Oui"), (2, "Si besoin")):
        line = page.locator(f"#date-{number}")
        line.get_by_role("button", name=word).tap()
        expect(line.get_by_role("button", pressed=True)).to_contain_text(word)
    look(page)


def open_the_meeting(demo: Demo, pilot: Hand) -> None:
    """On the day, from the first page: everybody is there, and it begins."""
    demo.move_clock(pilot.page, 6 * 24)
    demo.open(pilot.page, "/")
    pilot.tap("Ouvrir la séance", "link")
    pilot.title("Avant de commencer")
    pilot.tap("Tout le monde est là")
    pilot.tap("Commencer le regroupement")
    pilot.title("Ouverture")
