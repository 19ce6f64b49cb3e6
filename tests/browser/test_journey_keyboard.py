"""At 1280 px with the keyboard alone: the pilot of Les Tilleuls holds the third meeting and proposes its sheet."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import LAPTOP
from tests.browser.demo_server import Demo

MOST_TABS = 90
LAST_QUESTION = "Comment tenir une relation assez proche pour que la parole circule"
PROBLEM = "Comment intervenir, alors que la classe nous regarde ?"
ANSWER = "Convenir d’un signe, avant d’entrer en classe."
SAVED = re.compile(r"^Enregistré à \d+\sh")
# The words by which a screen reader would name what has the focus.
NAME_OF_FOCUS = """() => {
  const it = document.activeElement;
  if (!it || it === document.body) return "";
  const legend = it.closest("fieldset")?.querySelector("legend")?.textContent
    ?? document.getElementById(it.closest("[role=group]")?.getAttribute("aria-labelledby"))?.textContent ?? "";
  const labels = [...(it.labels ?? [])].map((label) => label.textContent);
  const own = it.getAttribute("aria-label") ?? (labels.length ? labels.join(" ") : it.textContent);
  return `${legend} ${own}`.replace(/\\s+/g, " ").trim();
}"""
IS_SEEN = """() => {
  const it = document.activeElement;
  const box = (it.labels?.[0] ?? it).getBoundingClientRect();
  return box.bottom > 0 && box.top < innerHeight && box.width > 0;
}"""


class Keyboard:
    """Somebody who never touches the mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.press = page.keyboard.press
        self.type = page.keyboard.type

    def tab_to(self, name: str, *, back: bool = False) -> None:
        """Tab until what has the focus is called so: a control that cannot be reached, or seen, fails here."""
        met = []
        for _ in range(MOST_TABS):
            self.press("Shift+Tab" if back else "Tab")
            met.append(self.page.evaluate(NAME_OF_FOCUS))
            if name in met[-1]:
                assert self.page.evaluate(IS_SEEN), f"« {name} » has the focus out of sight at {self.page.url}"
                return
        raise AssertionError(f"« {name} » is not reached at {self.page.url}; met: {met}")

    def go(self, name: str, *, key: str = "Enter", back: bool = False) -> None:
        self.tab_to(name, back=back)
        self.press(key)

    def title(self, words: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(words)

    def reads(self, *sentences: str) -> None:
        for sentence in sentences:
            expect(self.page.get_by_role("main")).to_contain_text(sentence, use_inner_text=True)


def test_the_third_meeting_without_a_mouse(
    demo: Demo, new_context: Callable[..., BrowserContext], page_faults: list[str]
):
    hands = Keyboard(new_context(**LAPTOP).new_page())
    hands.page.on("dialog", lambda dialog: (page_faults.append(f"a {dialog.type} dialog"), dialog.accept()))
    demo.open(hands.page, "/entrer")
    hands.go("Hélène Marchadier")
    hands.title("Bonjour Hélène")
    hands.go("Ouvrir la séance")
    hands.title("Avant de commencer")
    open_the_meeting(hands)
    go_through_the_steps(hands)
    write_and_close(hands)
    finish_and_propose(hands)


def open_the_meeting(hands: Keyboard) -> None:
    expect(hands.page.get_by_role("button", name="Commencer le regroupement")).to_be_visible()
    hands.go("Commencer le regroupement")
    at(hands, 1, "Ouverture")
    hands.tab_to("Hélène Marchadier")
    hands.press("Space")
    hands.press("ArrowRight")
    present = hands.page.get_by_role("group", name="Hélène Marchadier").first
    expect(present.get_by_role("radio", name="En retard")).to_be_checked()
    hands.press("ArrowLeft")
    expect(present.get_by_role("radio", name="Là", exact=True)).to_be_checked()


def at(hands: Keyboard, place: int, title: str) -> None:
    hands.title(title)
    hands.reads(f"Étape {place} sur 11")


def forward(hands: Keyboard, place: int, title: str) -> None:
    """Enter on « Étape suivante », which keeps the focus; two presses in half a second would count as one."""
    hands.page.wait_for_timeout(510)
    hands.press("Enter")
    at(hands, place, title)


def go_through_the_steps(hands: Keyboard) -> None:
    hands.tab_to("Étape suivante", back=True)
    forward(hands, 2, "Retour sur les pistes")
    hands.reads("Les réponses de la dernière fiche", LAST_QUESTION)
    forward(hands, 3, "Choix de la situation")
    hands.go("Une situation envoyée le 10 janvier", key="Space")
    expect(hands.page.get_by_text("La situation : ")).to_be_visible()
    hands.go("Étape précédente", back=True)
    at(hands, 2, "Retour sur les pistes")
    hands.go("Pause")
    hands.reads("En pause, il reste")
    hands.press("Enter")
    expect(hands.page.get_by_role("button", name="Pause")).to_be_focused()
    hands.go("+ 2 min")
    hands.reads("au lieu de 10 min")
    hands.tab_to("Étape suivante")
    forward(hands, 3, "Choix de la situation")
    forward(hands, 4, "Présentation")


def write_and_close(hands: Keyboard) -> None:
    hands.tab_to("Votre note")
    hands.type("Deux semaines de recul.")
    hands.press("Enter")
    expect(hands.page.get_by_role("region", name="Du collectif", exact=True)).to_contain_text("Deux semaines de recul.")
    hands.go("Montée en généralité", back=True)
    at(hands, 10, "Montée en généralité")
    hands.tab_to("1- Notre problématique")
    hands.type(PROBLEM)
    hands.tab_to("Réponse 1")
    hands.type(ANSWER)
    hands.tab_to("La réponse 1 est")
    hands.press("ArrowRight")
    expect(hands.page.get_by_role("radio", name="envisagée").first).to_be_checked()
    hands.tab_to("Étape suivante", back=True)
    forward(hands, 11, "Clôture")
    hands.go("Clore la séance")
    hands.title("La séance est close")
    hands.reads("Deux semaines de recul.")


def finish_and_propose(hands: Keyboard) -> None:
    hands.go("Finir la fiche")
    expect(hands.page.get_by_role("textbox", name="1- Notre problématique")).to_have_value(PROBLEM)
    hands.tab_to("Condition")
    hands.type("à deux")
    expect(hands.page.get_by_text(SAVED)).to_be_visible()
    hands.go("Proposer la fiche au collectif")
    hands.title("Proposer la fiche")
    hands.go("n’y reconnaîtrait personne", key="Space")
    hands.go("Proposer la fiche au collectif")
    hands.reads("Le collectif la lit jusqu’au lundi 18 janvier", PROBLEM, ANSWER, "à deux")
