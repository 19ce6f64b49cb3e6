"""The one path, at 360 px and by thumb: a collective is made, meets once, writes its sheet, an inspector reads it."""

import html
import re
from collections.abc import Callable

import pypdfium2
from lxml.html import document_fromstring
from playwright.sync_api import APIResponse, BrowserContext, Dialog, Locator, Page, expect

from collectifs.collectives.domain.charter import LIMIT, LIMIT_TITLE, PRINCIPLES
from tests.browser.conftest import PHONE
from tests.browser.demo_server import Demo

PEOPLE = """\
Claire AUBRY <claire.aubry@val-de-brume.example>
Malik Haddad <malik.haddad@val-de-brume.example>
Claire Aubry <claire.aubry@val-de-brume.example>
Rose Perrin <rose.perrin@gmial.com>
"""
PILOT = "Anne VIDAL <anne.vidal@val-de-brume.example>"
TITLE = "Elle corrige tout à ma place"
SENT = "Une situation envoyée le"  # a title that its author keeps to themselves
SENTENCE = "La stagiaire reprend mes séances et me demande de les valider une à une."
QUESTION = "Comment lui laisser de la place sans la laisser seule ?"
PROBLEM = "Comment laisser de la place à une personne qui débute, alors que la classe attend ?"
TRIED = "Choisir ensemble, le lundi, un seul moment de la semaine à conduire seule."
CONSIDERED = "Se taire pendant dix minutes, et n’en parler qu’après."


class Hand:
    """A person and their telephone."""

    def __init__(self, page: Page, faults: list[str]) -> None:
        self.page = page
        page.set_default_timeout(15_000)

        def hear(dialog: Dialog) -> None:
            """Along the path the browser asks nobody « quitter cette page ? »."""
            faults.append(f"a {dialog.type} dialog at {page.url}")
            dialog.accept()

        page.on("dialog", hear)

    def tap(self, name: str, role: str = "button", *, exact: bool = False) -> None:
        self.page.get_by_role(role, name=name, exact=exact).first.tap()

    def fill(self, label: str, words: str) -> None:
        field = self.page.get_by_label(label).and_(self.page.locator("input, textarea")).first
        field.tap()
        field.fill(words)

    def title(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(words)

    def reads(self, *sentences: str) -> None:
        for sentence in sentences:
            expect(self.page.get_by_role("main")).to_contain_text(with_hours_spelled(sentence), use_inner_text=True)

    def main(self) -> Locator:
        return self.page.get_by_role("main")


def with_hours_spelled(sentence: str) -> str | re.Pattern[str]:
    """What `innerText` gives of a sentence: after each hour, the words of it that are for the ear."""
    words = re.escape(sentence).replace("\\ ", r"\s+")
    return re.compile(re.sub(r"(\d+\\s\+h\b)", r"\1(?:\\s*\\d+\\s+heures?)?", words)) if " h" in sentence else sentence


def test_one_meeting_from_the_invitation_to_the_reading(
    demo: Demo, new_context: Callable[..., BrowserContext], page_faults: list[str]
):
    def person() -> Hand:
        return Hand(new_context(**PHONE).new_page(), page_faults)

    manager, tutor, pilot = person(), person(), person()
    create_the_collective(demo, manager)
    enter_and_propose(demo, tutor)
    plan_the_meeting(demo, pilot)
    demo.mail_to(tutor.page, "claire.aubry@val-de-brume.example", "20 janvier")
    tutor.reads("mercredi 20 janvier 2027", "de 14 h à 16 h", "École du Lavoir, salle 3, Brumeval")
    print_the_step_sheet(pilot)
    demo.move_clock(pilot.page, 7 * 24)
    hold_the_meeting(pilot)
    sheet = write_and_propose(pilot)
    demo.mail_to(tutor.page, "claire.aubry@val-de-brume.example", "fiche du 20 janvier")
    demo.move_clock(pilot.page, 6 * 24)
    agree_and_submit(tutor, pilot, sheet)
    copy = read_as_inspector(demo, person())
    other = person()
    for name in ("Sylvie Montagnac", "Florence Achard", "Bruno Castaing", "Yann Prigent"):
        stay_outside(demo, other, name, sheet, copy)


def create_the_collective(demo: Demo, manager: Hand) -> None:
    demo.sign_in(manager.page, "Sylvie Montagnac")
    demo.open(manager.page, "/collectifs")
    manager.tap("Créer un collectif", "link")
    manager.title("Créer un collectif")
    manager.fill("Le nom du collectif", "Le Lavoir")
    manager.fill("Ou écrire « Prénom NOM <adresse> »", PILOT)
    manager.fill("La liste", PEOPLE)
    manager.tap("Relire la liste avant d’envoyer")
    manager.reads("Rien n’est encore envoyé. À votre signal, quatre invitations partiront.")
    manager.reads("Déjà plus haut dans la liste : comptée une seule fois.")
    manager.reads("Vouliez-vous dire rose.perrin@gmail.com ?")
    outbox = main_of(manager.page.request.get(f"{demo.url}/courriels"))
    assert "Courriels" in outbox
    assert "@gmial.com" not in outbox
    assert "claire.aubry" not in outbox
    manager.fill("La liste", PEOPLE.replace("gmial", "gmail"))
    manager.tap("Relire la liste de nouveau")
    expect(manager.main()).not_to_contain_text("Vouliez-vous dire")
    manager.tap("Créer le collectif et envoyer les invitations")
    manager.title("Le Lavoir")
    manager.reads("Anne Vidal", "Claire Aubry", "Malik Haddad", "rose.perrin@gmail.com")


def open_the_link(demo: Demo, person: Hand, address: str, given_name: str) -> None:
    """A personal link, from the mail to the charter; looking at it first, as mail programs do, changes nothing."""
    demo.mail_to(person.page, address)
    link = person.page.get_by_role("main").locator("a[href*='/lien/']")
    path = link.get_attribute("href")
    scanned = person.page.request.get(demo.url + path if path.startswith("/") else path)
    assert scanned.ok
    assert "Ouvrir sur cet appareil" in scanned.text()
    button = person.page.frame_locator("iframe.mail").get_by_role("link", name="Ouvrir mon lien personnel")
    expect(button).to_have_css("background-color", "rgb(20, 82, 79)")
    button.tap()
    person.title(f"Bonjour {given_name}")
    person.page.reload()
    person.title(f"Bonjour {given_name}")
    person.tap("Ouvrir sur cet appareil")


def accept_the_charter(person: Hand) -> None:
    for principle in PRINCIPLES:
        person.reads(principle.title, principle.text)
    person.reads(LIMIT_TITLE, LIMIT)
    person.tap("J’accepte la charte")
    person.title("Mes réponses")
    person.tap("Passer", "link")


def enter_and_propose(demo: Demo, tutor: Hand) -> None:
    open_the_link(demo, tutor, "claire.aubry@val-de-brume.example", "Claire")
    tutor.title("Bienvenue au Lavoir, Claire")
    accept_the_charter(tutor)
    tutor.title("Le Lavoir")
    tutor.reads("votre collectif (4 personnes)", "La date n’est pas encore fixée")
    tutor.tap("Proposer une situation", "link")
    tutor.title("Proposer une situation")
    tutor.fill("Un titre", TITLE)
    tutor.fill("Une phrase", SENTENCE)
    tutor.fill("Une question au groupe", QUESTION)
    tutor.tap("Proposer cette situation")
    tutor.title("Votre situation")
    tutor.reads(TITLE, QUESTION, "La date du prochain regroupement n’est pas encore fixée.")


def plan_the_meeting(demo: Demo, pilot: Hand) -> None:
    open_the_link(demo, pilot, "anne.vidal@val-de-brume.example", "Anne")
    pilot.title("Bienvenue au Lavoir, Anne")
    accept_the_charter(pilot)
    pilot.title("Le Lavoir")
    pilot.tap("Fixer la date", "link")
    pilot.title("Fixer la date du regroupement 1")
    expect(pilot.main()).not_to_contain_text(re.compile("visio|en ligne|lien de", re.IGNORECASE))
    pilot.fill("Jour", "2027-01-20")
    pilot.tap("Fixer cette date")
    pilot.reads("Indiquez le lieu : les regroupements se font en présentiel.")
    pilot.fill("Lieu", "École du Lavoir, salle 3, Brumeval")
    pilot.tap("Fixer cette date")
    pilot.title("Préparer")
    pilot.reads("mercredi 20 janvier 2027", "de 14 h à 16 h")


def print_the_step_sheet(pilot: Hand) -> None:
    pilot.page.get_by_role("heading", name="Une situation proposée").tap()
    pilot.reads(TITLE, SENTENCE, QUESTION)
    link = pilot.page.get_by_role("link", name="Imprimer la feuille de route")
    paper = pilot.page.request.get(pilot.page.evaluate("link => link.href", link.element_handle()))
    assert paper.status == 200
    assert paper.headers["content-type"] == "application/pdf"
    assert len(pypdfium2.PdfDocument(paper.body())) == 1


def hold_the_meeting(pilot: Hand) -> None:
    pilot.tap("Ouvrir la séance", "link")
    pilot.title("Avant de commencer")
    pilot.reads(SENT)
    expect(pilot.page.get_by_text(TITLE).locator("visible=true")).to_have_count(0)  # its author has not told it yet
    mark_who_is_there(pilot)
    pilot.tap("Commencer le regroupement")
    at(pilot, 1, "Ouverture")
    forward(pilot, 2, "Choix de la situation")
    pilot.page.get_by_role("main").locator("label").filter(has_text=SENT).tap()
    expect(pilot.page.get_by_text(f"La situation : {TITLE}")).to_be_visible()
    forward(pilot, 3, "Présentation")
    steer(pilot)
    note(pilot, "Une semaine sur deux, elle commence.", "Du collectif")
    for place, title in enumerate(["Questionnement", "Mise en résonance", "Ce qui a été fait (ou pas)"], 4):
        forward(pilot, place, title)
    forward(pilot, 7, "Réponses éprouvées ou envisagées")
    note(pilot, TRIED, "Pour la fiche")
    forward(pilot, 8, "Mise en discussion")
    forward(pilot, 9, "Montée en généralité")
    write_in_the_room(pilot)
    forward(pilot, 10, "Clôture")
    pilot.tap("Clore")
    pilot.title("La séance est close")
    pilot.reads(TRIED, "Une semaine sur deux, elle commence.")


def mark_who_is_there(pilot: Hand) -> None:
    claire = pilot.page.get_by_role("group", name="Claire Aubry").first
    claire.get_by_role("radio", name="En retard").tap()
    expect(claire.get_by_role("radio", name="En retard")).to_be_checked()
    claire.get_by_role("radio", name="Là", exact=True).tap()
    expect(claire.get_by_role("radio", name="Là", exact=True)).to_be_checked()
    pilot.tap("Tout le monde est là")


def at(pilot: Hand, place: int, title: str) -> None:
    pilot.title(title)
    expect(pilot.page.get_by_text(f"Étape {place} sur 10", exact=True)).to_be_visible()


def forward(pilot: Hand, place: int, title: str) -> None:
    """To the next step; a press that follows the last one within half a second would be a double one."""
    pilot.page.wait_for_timeout(510)
    pilot.tap("Suivante")
    at(pilot, place, title)


def steer(pilot: Hand) -> None:
    pilot.reads("Parle", "Se tait", "10 min", "prévues, jusqu’à")
    pilot.tap("Étape précédente")
    at(pilot, 2, "Choix de la situation")
    forward(pilot, 3, "Présentation")
    pilot.tap("Pause")
    pilot.reads("En pause, il reste")
    pilot.tap("Reprendre")
    expect(pilot.main()).not_to_contain_text("En pause")
    pilot.tap("+ 2 min")
    expect(pilot.page.get_by_text("Deux minutes de plus.", exact=True)).to_be_visible()
    pilot.reads("au lieu de 10 min")
    pilot.tap("Fermer")


def note(pilot: Hand, words: str, lane: str) -> None:
    pilot.page.get_by_role("group", name="Dans quelle voie noter").get_by_role("radio", name=lane).tap()
    pilot.fill("Votre note", words)
    pilot.page.keyboard.press("Enter")
    expect(pilot.page.get_by_role("region", name=lane, exact=True)).to_contain_text(words)


def write_in_the_room(pilot: Hand) -> None:
    desk = pilot.page.get_by_role("region", name="La fiche, écrite ensemble")
    expect(desk.get_by_label("Réponse 1", exact=True)).to_have_value(TRIED)
    desk.get_by_role("radio", name="éprouvée").first.tap()
    pilot.fill("1- Notre problématique", PROBLEM)
    desk.get_by_role("button", name="Ajouter une réponse").tap()
    desk.get_by_label("Réponse 2", exact=True).fill(CONSIDERED)
    desk.get_by_role("group", name="La réponse 2 est").get_by_role("radio", name="envisagée").tap()
    expect(desk.get_by_role("status")).to_contain_text("Enregistré à")


def write_and_propose(pilot: Hand) -> str:
    """The sheet's address, once the collective may read it."""
    pilot.tap("Finir la fiche", "link")
    expect(pilot.page.get_by_role("textbox", name="1- Notre problématique")).to_have_value(PROBLEM)
    expect(pilot.page.get_by_label("Réponse 2", exact=True)).to_have_value(CONSIDERED)
    expect(pilot.page.get_by_role("radio", name="éprouvée").first).to_be_checked()
    picture = pilot.page.locator("img[data-preview]")
    before = picture.get_attribute("src") or ""
    pilot.fill("Condition de la réponse 2", "à condition que la classe soit prévenue")
    expect(picture).not_to_have_attribute("src", before)
    expect(pilot.page.get_by_text(re.compile(r"^Enregistré à \d+\sh"))).to_be_visible(timeout=15_000)
    pilot.reads("Une page.")
    picture.scroll_into_view_if_needed()
    shape = picture.evaluate("async it => { await it.decode(); return it.naturalHeight / it.naturalWidth; }")
    assert abs(shape - 297 / 210) < 0.01, "not an A4 page"
    pilot.tap("Proposer la fiche au collectif")
    pilot.title("Proposer la fiche")
    pilot.tap("Proposer la fiche au collectif")
    pilot.reads("Relisez la fiche avec cette question, puis cochez cette case.")
    pilot.page.get_by_label("n’y reconnaîtrait personne").tap()
    asks = pilot.page.get_by_label("Demander aussi si cette page peut être transmise")
    expect(asks).not_to_be_checked()
    asks.check()
    pilot.tap("Proposer la fiche au collectif")
    pilot.reads("Le collectif la lit jusqu’au lundi 25 janvier", PROBLEM)
    return pilot.page.url


def agree_and_submit(tutor: Hand, pilot: Hand, sheet: str) -> None:
    pilot.page.goto(sheet)
    pilot.reads("Pas encore transmissible.")
    tutor.main().locator("a[href*='/fiches/']").tap()
    expect(tutor.page).to_have_url(sheet)
    tutor.reads("Vous avez exposé : acceptez-vous que cette page soit transmise ?")
    tutor.tap("Oui, elle peut être transmise")
    tutor.reads("Vous avez répondu : oui.")
    pilot.page.reload()
    pilot.reads("Le collectif l’a acceptée. Les notes du regroupement sont effacées.")
    pilot.tap("Transmettre la fiche…", "link")
    pilot.title("Transmettre la fiche")
    pilot.reads("Pourra lire en plus : l’inspection de Val-de-Brume")
    pilot.tap("Transmettre la fiche")
    pilot.reads("Personne de l’inspection ne l’a encore ouverte.")


def read_as_inspector(demo: Demo, inspector: Hand) -> str:
    """The copy's address."""
    demo.enter(inspector.page, "Agnès Roussel")
    demo.open(inspector.page, "/fiches-transmises")
    inspector.tap("Comment laisser de la place", "link")
    inspector.reads(PROBLEM, TRIED, CONSIDERED, "éprouvée", "envisagée", "Votre lecture est notée")
    for hidden in ("Le Lavoir", "Claire", "Aubry", "Vidal", TITLE):
        expect(inspector.main()).not_to_contain_text(hidden)
    inspector.tap("Marquer comme lue")
    inspector.reads("Vous l’avez marquée comme lue.")
    return inspector.page.url


def stay_outside(demo: Demo, other: Hand, name: str, *pages: str) -> None:
    """The same short page for all, whatever stands there: as it is sent, nothing is laid out."""
    other.page.context.clear_cookies()
    demo.enter(other.page, name)
    for url in pages:
        answer = other.page.request.get(url)
        assert answer.status == 404, f"{name} reads {url}"
        assert "Rien à cette adresse pour vous" in main_of(answer)
        assert PROBLEM not in html.unescape(answer.text())


def main_of(answer: APIResponse) -> str:
    """The words of a page that is read as it is sent."""
    assert answer.headers["content-type"].startswith("text/html")
    (main,) = document_fromstring(answer.text()).iter("main")
    return " ".join(main.text_content().split())
