"""Every page of the path, as the right person: axe finds nothing, one title, nothing scrolls sideways at 320 px nor
at 360 px with letters twice as large, what is touched measures 24 px (WCAG 1.4.4, 1.4.10, 2.5.8).

A page is written as the way to it: an address, then the end of each link to follow (a regular expression), or
`+/end` for an address under the one that was reached. Of several such links the first is followed, or the `last `.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from lxml.html import document_fromstring
from playwright.sync_api import APIResponse, BrowserContext, Page, Response, expect

from tests.browser.axe import OF_COLOURS
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.demo_server import Demo

# Colours that pass from one scheme to the other have arrived; not waited for: in a closed fold, time stands still.
SETTLED = """async () => {
  await new Promise(requestAnimationFrame);
  for (const each of document.getAnimations()) each.finish();
}"""
TWICE_AS_LARGE = "225%"
# Smaller than 24 px, out of a sentence, and so near another target that a thumb takes one for the other.
SMALL_TARGETS = """() => {
  const middle = ({ left, right, top, bottom }) => [(left + right) / 2, (top + bottom) / 2];
  const far = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);
  const within = (value, least, most) => Math.min(Math.max(value, least), most);
  const nearest = ([x, y], box) => [within(x, box.left, box.right), within(y, box.top, box.bottom)];
  const touched = "a[href], button, summary, select, textarea, input:not([type=hidden])";
  const targets = [...document.querySelectorAll(touched)].filter((each) => each.checkVisibility()).map((each) => {
    const box = (each.matches("[type=radio], [type=checkbox]") && each.labels[0] || each).getBoundingClientRect();
    const inline = getComputedStyle(each).display === "inline" && each.parentElement.textContent !== each.textContent;
    return { each, box, inline, small: box.width < 23.9 || box.height < 23.9 };
  }).filter(({ box }) => box.width > 1 && box.bottom > 0);
  const crowds = (one, other) => one !== other && (other.small
    ? far(middle(one.box), middle(other.box)) < 24 : far(middle(one.box), nearest(middle(one.box), other.box)) < 12);
  return targets.filter((one) => one.small && !one.inline && targets.some((other) => crowds(one, other)))
    .map(({ each }) => each.outerHTML.slice(0, 120));
}"""
# « 14 h », which is heard as « 14 heures », stays in its sentence: no line of its own, no space around; alone in a part
# of a row it may be that part, with words beside it it may not.
TORN = """() => [...document.querySelectorAll(".aloud")].map((each) => each.previousElementSibling).filter((each) => {
  const { display, paddingLeft, marginLeft } = getComputedStyle(each);
  const beside = [...each.parentElement.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
  const isPart = getComputedStyle(each.parentElement).display.match(/flex|grid/) && !beside;
  return (display !== "inline" && !isPart) || paddingLeft !== "0px" || marginLeft !== "0px";
}).map((each) => each.parentElement.outerHTML.slice(0, 160))"""
# Asked of the page itself, together: what finds elements by their role is sent to each page anew, a tenth of the work.
TITLES = """() => [...document.querySelectorAll("h1, [role=heading][aria-level='1']")]
  .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.closest("[aria-hidden=true]")).length"""
SEEN = f"() => ({{ titles: ({TITLES})(), torn: ({TORN})(), small: ({SMALL_TARGETS})() }})"
STYLES = Path(__file__).resolve().parents[2] / "collectifs/static/css"
NOWHERE = "/nulle-part"
COLLECTIVE = ("/", r"^/collectifs/[^/]+$")
MEETING = (*COLLECTIVE, r"^/regroupements/[^/]+$")
SHEET = (*COLLECTIVE, r"^/fiches/[^/]+$")
LAST_SHEET = (*COLLECTIVE, r"last ^/fiches/[^/]+$")
EVERYBODY = [
    ("/",),
    ("/entrer",),
    ("/entrer?demande=envoyee",),
    ("/qui-voit-quoi",),
    ("/accessibilite",),
    ("/vos-donnees",),
    ("/aide",),
    ("/aide/membre",),
    ("/aide/pilote",),
    ("/aide/inspection",),
    ("/aide/gestion",),
    ("/a-qui-ecrire",),
    ("/mentions-legales",),
    ("/plan-du-site",),
    ("/ressources",),
    ("/courriels",),
    ("/courriels", "« votre invitation »"),
    ("/courriels", "« votre invitation »", r"/lien/"),
]
PILOT = [
    ("/",),
    ("/mon-compte",),
    ("/mon-compte", r"/connexions$"),
    COLLECTIVE,
    (*COLLECTIVE, r"/charte$"),
    (*COLLECTIVE, r"/proposer-une-situation$"),
    (*COLLECTIVE, "+/nouveau-regroupement"),
    MEETING,
    ("/", r"/preparer$"),
    ("/", r"/preparer$", r"/date-et-lieu$"),
    ("/", r"/preparer$", r"^/situations/"),
    ("/canevas", r"^/canevas/"),
    LAST_SHEET,
    (*LAST_SHEET, r"/transmettre$"),
    (*LAST_SHEET, "+/versions"),
    (*LAST_SHEET, "+/versions", r"^/versions-de-fiche/"),
    (*COLLECTIVE, "+/me-concernant"),
    (*COLLECTIVE, "+/quitter"),
    (*COLLECTIVE, "+/pilotage"),
    (*COLLECTIVE, "+/copilotage"),
    (*COLLECTIVE, "+/relais"),
    (*MEETING, "+/emargement"),
    (*MEETING, "+/annuler"),
    (*MEETING, "+/retour"),
    (*MEETING, "+/remplacement"),
    (*MEETING, "+/hors-communes"),
    (*MEETING, "+/prochaine-date"),
    ("/situations-de-secours",),
    (NOWHERE,),
]
MEMBER = [
    ("/",),
    COLLECTIVE,
    MEETING,
    (*COLLECTIVE, r"/proposer-une-situation$"),
    SHEET,
    (*SHEET, r"/retirer$"),
]
MANAGED = ("/collectifs", r"/gestion$")
# A way: an address, then links found by a pattern of their address, by « their words » or, with +, by what is added.
WAYS = {
    "": EVERYBODY,
    "Hélène Marchadier": PILOT,
    "Corinne Lestrade": [(*SHEET, "+/ecrire"), (*SHEET, "+/proposer")],
    "Maud Le Bihan": [
        ("/",),
        COLLECTIVE,
        MEETING,
        (*COLLECTIVE, r"/proposer-une-situation$"),
        SHEET,
        (*SHEET, r"/retirer$"),
    ],
    "Odile Ferrand": [
        ("/mes-regroupements",),
        ("/mes-regroupements/attestation",),
        ("/mon-compte/adresse",),
        ("/mon-compte/mot-de-passe",),
        ("/mon-compte/agenda",),
        ("/mon-compte/ce-que-j-ai-laisse",),
    ],
    "Jeanne Tissot": [
        (*COLLECTIVE, r"^/situations/[^/]+$"),
        (*COLLECTIVE, r"^/situations/[^/]+$", r"/modifier$"),
        (*COLLECTIVE, r"^/situations/[^/]+$", r"/retirer$"),
    ],
    "Solène Abgrall": [SHEET, (*SHEET, "+/opposition")],
    "Lucas Pellerin": [("/",), ("/", r"/charte$")],
    "Sylvie Montagnac": [
        ("/",),
        ("/collectifs",),
        ("/collectifs/nouveau",),
        ("/collectifs", r"/gestion$"),
        ("/pilotes",),
        ("/pilotes/nouveau",),
        ("/pilotes", r"/retirer$"),
        ("/saison",),
        ("/collectifs", r"/contact$"),
        (*MANAGED, r"/pilotage$"),
        (*MANAGED, r"/proposer-une-personne$"),
        (*MANAGED, r"/changer-de-collectif$"),
        (*MANAGED, r"/hors-communes$"),
        (*MANAGED, r"/convocation$"),
        (*MANAGED, r"/convocation$", r"/colonnes-de-convocation$"),
    ],
    "Agnès Roussel": [("/",), ("/fiches-transmises",), ("/fiches-transmises", r"^/fiches-transmises/.")],
    "Bruno Castaing": [("/fiches-transmises",)],
    "Florence Achard": [
        ("/",),
        ("/administration",),
        ("/administration/nommer",),
        ("/administration/statuts",),
        ("/administration/statuts", r"/renommer$"),
        ("/administration/territoires/nouveau",),
    ],
}
LOOKED_AT_WIDE = [
    ("Hélène Marchadier", COLLECTIVE),
    ("Hélène Marchadier", SHEET),
    ("Corinne Lestrade", (*COLLECTIVE, r"^/fiches/.*/ecrire$")),
    ("Agnès Roussel", ("/fiches-transmises", r"^/fiches-transmises/.")),
    ("Sylvie Montagnac", MANAGED),
    ("Hélène Marchadier", (*MEETING, "+/emargement")),
    ("Hélène Marchadier", ("/", r"/preparer$")),
    ("Maud Le Bihan", (*COLLECTIVE, "+/me-concernant")),
    ("Maud Le Bihan", ("/mes-regroupements",)),
    ("Maud Le Bihan", ("/aide/membre",)),
]


@pytest.fixture
def check_page(check_accessible: Callable[[Page], None]) -> Callable[..., None]:
    def check(page: Page, *, by_thumb: bool = False) -> None:
        seen = page.evaluate(SEEN)
        assert seen["titles"] == 1, f"{page.url} has not one title"
        assert seen["torn"] == [], page.url
        assert not by_thumb or seen["small"] == [], page.url
        check_accessible(page)

    return check


class Walk:
    """Somebody's walk: of a page that was met, the address and the links are known where a way goes on from it, and it
    is not asked for again. One that only leads to another is read, not laid out."""

    def __init__(self, demo: Demo, page: Page, *ways: tuple[str, ...]) -> None:
        self.demo, self.page = demo, page
        self.leading = {way[:place] for way in ways for place in range(1, len(way))}
        self.met: dict[tuple[str, ...], tuple[str, list[tuple[str, str]]]] = {}

    def follow(self, way: tuple[str, ...]) -> None:
        """Go to the end of a way, each page of which answers."""
        answer = self.page.goto(self._address(way))
        assert answer is not None
        self._note(way, answer)

    def _address(self, way: tuple[str, ...]) -> str:
        *before, step = way
        if before and tuple(before) not in self.met:
            self._note(tuple(before), self.page.request.get(self._address(tuple(before))))
        href = self._next(tuple(before), step) if before else step
        return href if href.startswith("http") else self.demo.url + href

    def _note(self, way: tuple[str, ...], answer: Response | APIResponse) -> None:
        assert answer.status == (404 if way[-1] == NOWHERE else 200), f"{answer.status} at {answer.url}"
        if way not in self.leading:
            return
        links = document_fromstring(answer.text()).findall(".//main//a[@href]")
        self.met[way] = answer.url, [(link.get("href"), link.text_content()) for link in links]

    def _next(self, before: tuple[str, ...], step: str) -> str:
        url, links = self.met[before]
        if step.startswith("+"):
            return url.partition("#")[0] + step[1:]
        pattern, named = step.removeprefix("last "), step.startswith("« ")
        found = [
            link
            for link, words in links
            if (step.strip("« »") in words if named else re.search(pattern, re.sub(r"^http://[^/]+", "", link)))
        ]
        assert found, f"no link {step} at {url}: {links} {self.page.request.get(url).text()}"
        return found[-1 if step != pattern else 0]


@pytest.mark.parametrize("who", WAYS, ids=lambda who: who or "nobody")
def test_at_360_px_each_page_is_for_everybody(
    demo: Demo, same_page: Callable[..., Page], who: str, check_page, check_reflow
):
    phone = same_page(**PHONE)
    if who:
        demo.enter(phone, who)
    walk = Walk(demo, phone, *WAYS[who])
    for way in WAYS[who]:
        walk.follow(way)
        check_page(phone, by_thumb=True)
        check_reflow(phone, TWICE_AS_LARGE)
        phone.set_viewport_size({"width": 320, "height": 740})
        check_reflow(phone)
        phone.set_viewport_size({"width": 360, "height": 740})


def test_titles_are_those_that_are_heard(phone: Page):
    phone.set_content("<h1>Un</h1><h1 hidden>Deux</h1><h2>Trois</h2><div aria-hidden='true'><h1>Quatre</h1></div>")
    assert phone.evaluate(TITLES) == phone.get_by_role("heading", level=1).count() == 1
    phone.set_content("<h1>Un</h1><div role='heading' aria-level='1'>Deux</div><h2>Trois</h2>")
    assert phone.evaluate(TITLES) == phone.get_by_role("heading", level=1).count() == 2


def test_a_small_target_beside_another_is_seen(phone: Page):
    phone.set_content("<p>Ici <a href='#'>un lien</a> dans une phrase.</p><button style='height: 12px'>a</button>")
    assert phone.evaluate(SMALL_TARGETS) == []
    phone.set_content("<button style='height: 12px'>a</button><br><button style='height: 12px'>b</button>")
    assert len(phone.evaluate(SMALL_TARGETS)) == 2


@pytest.mark.parametrize(
    ("content", "letters"),
    [
        ("<p style='width: 400px'>Un mot.</p>", ""),
        ("<p style='width: 12rem'>Un mot.</p>", TWICE_AS_LARGE),
        ("<input style='font-size: 15px'>", ""),
    ],
    ids=["wide", "wide with large letters", "small field"],
)
def test_a_page_that_is_too_wide_or_has_a_small_field_is_seen(phone: Page, check_reflow, content: str, letters: str):
    phone.set_content('<meta name="viewport" content="width=device-width">' + content.replace("style", "data-style"))
    if "input" not in content:
        check_reflow(phone, letters)
    phone.set_content('<meta name="viewport" content="width=device-width">' + content)
    with pytest.raises(AssertionError, match=r"iPhone|360 px"):
        check_reflow(phone, letters)


@pytest.mark.parametrize(("who", "way"), LOOKED_AT_WIDE, ids=lambda value: value if isinstance(value, str) else "")
def test_at_1280_px_in_light_and_dark(
    demo: Demo,
    same_page: Callable[..., Page],
    who: str,
    way: tuple[str, ...],
    check_page,
    check_accessible: Callable[..., None],
    check_reflow,
):
    page = same_page(**LAPTOP, color_scheme="dark")
    demo.enter(page, who)
    Walk(demo, page, way).follow(way)
    check_in_both(page, check_page, check_accessible)
    check_reflow(page)


def check_in_both(page: Page, check_page: Callable[[Page], None], check_accessible: Callable[..., None]) -> None:
    """All that is asked of a page, then what other colours can change."""
    show_in(page, "dark")
    check_page(page)
    show_in(page, "light")
    check_accessible(page, OF_COLOURS)


def show_in(page: Page, scheme: Literal["dark", "light"]) -> None:
    page.emulate_media(color_scheme=scheme)
    page.evaluate(SETTLED)


def test_the_live_screen_in_its_three_faces(
    demo: Demo,
    new_context: Callable[..., BrowserContext],
    check_page,
    check_accessible: Callable[..., None],
    check_reflow,
):
    def look() -> None:
        """Wide in both schemes, at 360 px, and without sideways scrolling at 320 px."""
        check_in_both(page, check_page, check_accessible)
        for width in (360, 320):
            page.set_viewport_size({"width": width, "height": 740})
            check_reflow(page)
        check_page(page)
        page.set_viewport_size({"width": 1280, "height": 800})

    page = new_context(**LAPTOP, color_scheme="dark").new_page()
    demo.enter(page, "Hélène Marchadier")
    demo.open(page)
    page.get_by_role("link", name="Ouvrir la séance").first.click()
    start = page.get_by_role("button", name="Commencer le regroupement")
    expect(start).to_be_visible()
    look()
    start.click()
    page.get_by_role("button", name="Montée en généralité", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Montée en généralité")
    look()
    page.get_by_role("button", name="Étape suivante").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Clôture")
    page.get_by_role("button", name="Clore la séance").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("La séance est close")
    look()


def test_another_scheme_changes_colours_alone():
    styles = "".join(file.read_text(encoding="utf-8") for file in sorted(STYLES.glob("*.css")))
    blocks = re.findall(r"@media \(prefers-color-scheme: dark\) \{((?:[^{}]|\{[^{}]*\})*)\}", styles)
    assert len(blocks) == styles.count("prefers-color-scheme") > 1
    said = [each for block in blocks for each in re.findall(r"([\w-]+):([^;{}]+);", re.sub(r"/\*.*?\*/", "", block))]
    assert len(said) > 20
    assert [each for each in said if not (each[0] == "filter" or re.fullmatch(r" ?#[0-9a-f]{6}", each[1]))] == []
