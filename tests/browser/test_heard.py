"""What the pilot hears who does not see the screen: at each state of the room, what its live regions say, once, and
what is read of it line by line. A region speaks only of what is added while it stands: one that was hidden is
silent."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.patience import PATIENCE_S, becomes
from tests.browser.room_house import House, note
from tests.browser.test_room_screen import enter

SHORT = re.compile(r"\d (?:h|min)\b")  # a voice would read « quatorze hache »
# As a screen reader would: what is added to a live region that already stood in the page is spoken. What is kept where
# (#kept) changes with the network, and is another matter.
LISTEN = """
globalThis.heard = [];
const LIVE = "[aria-live], [role=status], [role=alert]";
const standing = new WeakSet();
const look = (changes) => {
  const told = new Set();
  for (const { target } of changes) {
    const from = target.nodeType === Node.TEXT_NODE ? target.parentElement : target;
    const region = from?.closest?.(LIVE);
    if (region && region.id !== "kept" && standing.has(region)) told.add(region);
  }
  for (const region of told) {
    const spoken = region.cloneNode(true);
    for (const silent of spoken.querySelectorAll("[aria-hidden=true]")) silent.remove();
    const words = spoken.textContent.replace(/\\s+/g, " ").trim();
    if (words && region.checkVisibility()) heard.push(words);
  }
  for (const region of document.querySelectorAll(LIVE)) {
    if (region.checkVisibility()) standing.add(region);
    else standing.delete(region);
  }
};
new MutationObserver(look).observe(document, {
  childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["hidden", "open"],
});
"""
SILENCE_S = 1.5  # what is not said in this time is not said
TAKE = "heard.splice(0)"
FOCUS = """() => {
  const it = document.activeElement;
  const ids = (it.getAttribute("aria-describedby") ?? "").split(" ");
  const by = ids.map((id) => document.getElementById(id)?.textContent);
  return [it.getAttribute("aria-label") ?? it.textContent, ...by].filter(Boolean).join(" | ").trim();
}"""


@dataclass(frozen=True)
class Turn:
    """What happens in the room, what is spoken then, what a reading finds, where the focus is."""

    does: Callable[[Page], None]
    heard: list[str]
    read: list[str] = field(default_factory=list)
    focus: str = ""


def plain(words: str) -> str:
    """The same words with ordinary spaces."""
    return words.replace("\u00a0", " ").replace("\u202f", " ")


def press(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("button", name=name, exact=True).first.click()


def key(*keys: str) -> Callable[[Page], None]:
    def do(page: Page) -> None:
        page.get_by_role("heading", level=1).focus()
        for each in keys:
            page.keyboard.press(each)

    return do


def line(name: str, entry: str) -> Callable[[Page], None]:
    """A line of the menu of a note."""

    def do(page: Page) -> None:
        page.locator("li").filter(has_text=name).locator("summary").last.click()
        page.get_by_role("button", name=entry).click()

    return do


def hears(page: Page, words: list[str]) -> None:
    """What was spoken since the last look is this, no more; a moment is left for what would be said twice."""
    said: list[str] = []
    end = time.monotonic() + (PATIENCE_S if words else SILENCE_S)
    while len(said) < max(1, len(words)) and time.monotonic() < end:
        page.wait_for_timeout(100)
        said += page.evaluate(TAKE)
    page.wait_for_timeout(200)
    said += page.evaluate(TAKE)
    assert [plain(each) for each in said] == words


def check(page: Page, turn: Turn) -> None:
    turn.does(page)
    hears(page, turn.heard)
    if turn.read:
        reading = plain(page.get_by_role("main").aria_snapshot())
        assert [each for each in turn.read if each not in reading] == [], reading
        assert SHORT.findall(reading) == []
    if turn.focus:
        assert plain(page.evaluate(FOCUS)) == turn.focus


class Room:
    """The time of the room, moved and never waited for."""

    moment: Any

    def later(self, minutes: float) -> Callable[[Page], None]:
        """The time has gone on, and the server says so."""

        def do(page: Page) -> None:
            clock = page.locator("[data-time-clock]")
            was = clock.inner_text()
            self.moment.shift(timedelta(minutes=minutes))
            for _ in range(150):  # a slow answer is not believed, and a slow machine gives several
                page.evaluate("dispatchEvent(new Event('online'))")
                page.wait_for_timeout(100)
                if clock.inner_text() != was:
                    return

        return do


FIRST = "Étape 1 sur 10 : Ouverture. Parle : votre pilote, puis tout le monde. "
RULE = "Le cadre est redit à chaque fois. On peut toujours l’ajuster."
SECOND = "Étape 2 sur 10 : Choix de la situation. Parle : tout le monde, en une phrase. "
THIRD = "Étape 3 sur 10 : Présentation. Parle : la personne qui expose. Se tait : les pairs et votre pilote. "
TOLD = "On n’interrompt pas. Le récit finit par la question posée au groupe."
LAST = "Étape 10 sur 10 : Clôture. Parle : tout le monde. La date, le lieu, qui apporte une situation. "
WORD = "Et un mot pour repartir."
DONE = "On s’arrête là, sans raison à donner."
AGAIN = "À ce rythme, fin à 16 heures 2, prévue à 16 heures. 3 choix sous le titre « Reprendre 2 minutes ? »"
STOPPED = "On s’arrête là. Personne n’a à dire pourquoi. Les choix suivent, et la façon de revenir."
FOOT = "bouton en bas de page, touche Z."
room = Room()

# One meeting, from its first minute to its end.
TURNS = {
    "before it starts, everybody is there": Turn(
        press("Tout le monde est là"),
        ["Présences : 3 personnes là."],
        read=['- group "Odile CanariFamille"', 'heading "Avant de commencer" [level=1]'],
    ),
    "it starts": Turn(
        press("Commencer le regroupement"),
        [FIRST + RULE],
        read=['heading "Il reste 15 minutes" [level=2]', 'rowheader "Ouverture (en cours)"', 'region "Le temps"'],
        focus="Ouverture",
    ),
    "two minutes are left": Turn(room.later(13.5), ["Il reste 2 minutes."], read=["il reste 1 minute 3"]),
    "the time is over": Turn(room.later(2.2), ["C’est l’heure."], read=['heading "C’est l’heure" [level=2]']),
    "it runs over, and there are ways out": Turn(
        room.later(20),
        ["À ce rythme, fin à 16 heures 11, prévue à 16 heures. 3 choix sous le titre « Reprendre 11 minutes ? »"],
        read=['heading "Temps dépassé de 20 minutes" [level=2]', "À ce rythme, fin à 16 heures 11"],
    ),
    "one minute more is no news": Turn(room.later(1), []),
    "a way out is taken": Turn(
        lambda page: page.get_by_role("button", name="Raccourcir un peu partout").click(),
        [f"Les durées ont changé. « Annuler » : {FOOT}"],
        focus="Ouverture",
    ),
    "the way back has a key": Turn(key("z"), [], focus="Annuler | Les durées ont changé."),
    "it is undone, and late again": Turn(
        press("Annuler"),
        ["À ce rythme, fin à 16 heures 12, prévue à 16 heures. 3 choix sous le titre « Reprendre 12 minutes ? »"],
    ),
    "another way out is taken": Turn(
        lambda page: page.get_by_role("button", name="Raccourcir un peu partout").click(),
        [f"Les durées ont changé. « Annuler » : {FOOT}"],
    ),
    "the time is asked for": Turn(
        key("r"), ["Temps dépassé de 21 minutes. Fin prévue 16 heures, à l’heure."], focus="Ouverture"
    ),
    "the next step": Turn(
        press("Étape suivante"),
        [SECOND + "Plusieurs propositions avant de choisir. Personne n’est forcé d’exposer."],
        focus="Étape suivanteSuivante",
    ),
    "a pause": Turn(press("Pause"), ["En pause, il reste 5 minutes."], focus="Reprendre"),
    "the pause is over, by the key": Turn(key("p"), ["Le temps repart. Il reste 5 minutes."]),
    "two minutes more, and late again": Turn(
        press("+ 2 minutes"),
        [f"{AGAIN} Deux minutes de plus. « Annuler » : {FOOT}"],
    ),
    "a note": Turn(lambda page: note(page, "Une idée"), ["Noté, du collectif."]),
    "the same again, of another note": Turn(lambda page: note(page, "Une autre"), ["Noté, du collectif."]),
    "a note goes to another lane": Turn(
        line("Une autre", "Déplacer vers « Pour moi »"),
        ["Note déplacée vers « Pour moi »."],
        focus="Modifier, déplacer ou supprimer la note « Une autre »",
    ),
    "a note is removed": Turn(line("Une autre", "Supprimer"), [], focus="Annuler | Note supprimée."),
    "another sentence to start with": Turn(
        press("Une autre relance"), ["« Qui n’a jamais exposé et le souhaiterait ? »"]
    ),
    "a step of the plan": Turn(press("Présentation"), [f"{THIRD}{TOLD} Étape changée. « Revenir » : {FOOT}"]),
    "STOP": Turn(
        lambda page: page.locator("[data-halt]").click(),
        [f"{STOPPED} En pause, il reste 9 minutes."],
        read=['heading "On s’arrête là" [level=1]', 'button "Ce n’était pas un STOP'],
        focus="Et maintenant ?",
    ),
    "it was none": Turn(
        lambda page: page.locator('[data-way="back"]').click(),
        [f"{THIRD}{TOLD} Le temps repart. Il reste 9 minutes."],
    ),
    "STOP again": Turn(lambda page: page.locator("[data-halt]").click(), [f"{STOPPED} En pause, il reste 9 minutes."]),
    "and the end": Turn(
        lambda page: page.locator('[data-way="close"]').click(),
        [f"{LAST}{WORD} Le temps repart. Il reste 5 minutes. {DONE} « Revenir à « Présentation » » : {FOOT}"],
        focus="Clôture",
    ),
    "it is closed": Turn(press("Clore la séance"), ["La séance est close"], focus="La séance est close"),
}


def test_each_state_of_the_room_is_heard_once(house: House, laptop: Page, moment):
    room.moment = moment
    laptop.add_init_script(LISTEN)
    page = enter(house, laptop)
    hears(page, [])
    wrong = []
    for name, turn in TURNS.items():
        try:
            check(page, turn)
        except AssertionError as fault:
            wrong.append(f"{name}: {str(fault)[:600]}")
    assert not wrong, "\n".join(wrong)


def test_the_question_on_the_wall_and_the_end_of_a_relay_are_heard(house: House, laptop: Page, moment):
    laptop.add_init_script(LISTEN)
    page = enter(house, laptop)
    press("Commencer le regroupement")(page)
    press("Montée en généralité")(page)
    becomes(page, lambda: any("Montée en généralité" in each for each in page.evaluate(TAKE)), True)
    check(page, Turn(press("Projeter la question"), ["Écrivez d’abord la question."]))
    expect(page.get_by_label("1- Notre problématique")).to_be_focused()
    write = lambda page: page.get_by_label("1- Notre problématique").fill("Comment accueillir ?")  # noqa: E731
    check(page, Turn(write, ["Enregistré à 13 heures 50"]))
    on = "À l’écran de la salle, telle que vous l’écrivez. Cercle : collectif."
    check(page, Turn(press("Projeter la question"), [on], read=['button "Projeter la question" [pressed]', on]))
    check(page, Turn(press("Projeter la question"), ["La question n’est plus à l’écran."]))
    house.replace_pilot()
    moment.shift(timedelta(minutes=3))  # « nothing new » is answered for two minutes without looking anybody up
    end = "Cet écran ne conduit plus"
    check(page, Turn(lambda page: page.evaluate("dispatchEvent(new Event('online'))"), [end], focus=end))
