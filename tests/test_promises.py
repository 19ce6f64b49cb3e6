"""No promise without code: what a page, a mail or a paper says is kept, erased, shown or checked is tried by a test.

The sentences stand in tests/promises.py. Then the promises that no other file tries.
"""

import ast
import html
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent
from collectifs.kernel.work import Mail
from collectifs.live.domain.gesture_table import KINDS
from collectifs.sheets.domain.sheet import Answer, SheetContent
from collectifs.sheets.services.sheets import names_in
from tests import factories
from tests.asked import asked
from tests.circle import DAY, Circle
from tests.pages import Visitor
from tests.promises import KEPT, NEVER

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "collectifs"
SOURCES = sorted(
    path
    for ending in ("html", "txt", "py", "toml", "js")
    for path in HOUSE.rglob(f"*.{ending}")
    if "build" not in path.parts and "demo" not in path.relative_to(HOUSE).parts  # its people say what they want
)

Visit = Callable[..., Visitor]


@cache
def said(path: Path) -> str:
    """Words as they are read: no entities, tags, capitals nor typographic spaces, on one line."""
    text = path.read_text(encoding="utf-8")
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"</?[a-z][^>]*>", "", text))).lower()


@cache
def names_in_tests(file: str) -> set[str]:
    """The names of the tests of a file."""
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    return {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}


@pytest.mark.parametrize(("words", "until"), NEVER, ids=[words for words, _ in NEVER])
def test_what_was_not_true_is_not_said_again(words: str, until: str) -> None:
    where = [str(path.relative_to(HOUSE)) for path in SOURCES if words.lower() in said(path)]
    assert where == [], f"« {words} » asks for {until}"


@pytest.mark.parametrize(("where", "words", "file", "test"), KEPT, ids=[words for _, words, _, _ in KEPT])
def test_what_is_said_has_a_test_that_tries_it(where: str, words: str, file: str, test: str) -> None:
    assert words.lower() in said(HOUSE / where)
    assert test in names_in_tests(file)


def test_no_page_and_no_mail_says_who_objects(visit: Visit, circle: Circle, moment):
    circle.write_and_propose()
    before = asked(Mail)
    for about in ("text", "transmission"):
        circle.object(circle.karim, about)
    moment.shift(DAY)
    assert asked(Mail) == before
    db.session.commit()
    for who in (circle.pilot, circle.maud, circle.odile):
        page = visit(who).open(circle.url())
        assert "Karim" not in page.text
        assert "Ouadah" not in page.text
    assert visit(circle.pilot).open(circle.url()).says("Une objection au texte")


def test_nothing_says_who_withdrew_and_nobody_reads_the_sheet_any_more(visit: Visit, circle: Circle, moment):
    circle.write_and_propose()
    moment.shift(6 * DAY)
    circle.submit()
    pilot, version = visit(circle.pilot), ""
    for link in pilot.open(circle.url("/versions")).soup.select("main a[href^='/versions-de-fiche/']"):
        version = link["href"]
    assert pilot.open(version).says("Comment dire, alors que tout presse ?")
    circle.withdraw(circle.karim)
    db.session.commit()
    for who in (circle.pilot, circle.maud):
        page = visit(who).open(circle.url())
        assert page.says("Personne ne la lit plus")
        assert not page.says("Comment dire")
        assert visit(who).raw(circle.url("/fiche.pdf")).status_code == 410
    assert not pilot.open(circle.url("/versions")).soup.select("main a[href^='/versions-de-fiche/']")
    assert pilot.raw(version).status_code == 404
    assert pilot.raw(circle.url("/page.png")).status_code == 302
    event = db.session.query(AuditEvent).filter_by(kind="sheet_withdrawn").one()
    assert event.actor_id is None


@pytest.mark.parametrize("named", ["Maud", "Le Bihan", "Les Tilleuls", "maud.lebihan@ailleurs.example"])
def test_what_the_software_says_that_it_checked_is_refused(circle: Circle, named: str):
    content = SheetContent("Comment dire ?", (Answer(f"On en parle, comme {named} l’a fait."),))
    assert names_in(circle.access, content)


def test_the_question_of_the_transmission_is_never_ticked_in_advance(visit: Visit, circle: Circle):
    circle.write()
    page = visit(circle.pilot).open(circle.url("/proposer"))
    boxes = page.soup.select("main input[type=checkbox]")
    assert {box["name"] for box in boxes} == {"nobody_recognised", "asks_transmission", "asks_name"}
    assert not any(box.has_attr("checked") for box in boxes)


def test_the_page_of_the_charter_counts_the_yeses_and_names_nobody(visit: Visit, circle: Circle):
    url = f"/collectifs/{circle.collective.id}/charte"
    visit(circle.maud).open(url).follow("Ajuster le cadre").press("Proposer ce cadre", text="Pas de téléphone.")
    karim = visit(circle.karim)
    assert karim.open(f"/collectifs/{circle.collective.id}").says("Le cadre du collectif change")
    page = karim.open(url)
    assert page.says("Pas de téléphone.")
    assert page.says("Il en manque 3")
    assert not any(name in page.soup.select_one("#cadre").parent.text for name in ("Maud", "Odile", "Ouadah"))
    page.press("Oui à ce cadre")
    for who in (circle.odile, circle.pilot):
        visit(who).open(url).press("Oui à ce cadre")
    assert not karim.open(url).says("Il en manque")


@pytest.mark.parametrize(("association", "said"), [(True, "434-1"), (False, "article 40")])
def test_the_limit_of_the_law_is_that_of_whom_the_service_gathers(visit, circle, app, monkeypatch, association, said):
    settings = app.extensions["settings"]
    notices = replace(settings.notices, is_association=association)
    monkeypatch.setitem(app.extensions, "settings", replace(settings, notices=notices))
    page = visit(circle.maud).open(f"/collectifs/{circle.collective.id}/charte").soup
    other = "article 40" if association else "434-1"
    for part in ("main", "details.danger"):
        assert said in page.select_one(part).text
        assert other not in page.select_one(part).text


def test_stop_is_no_gesture_of_its_own():
    assert "step_entered" in KINDS
    assert not any(word in kind for kind in KINDS for word in ("stop", "halt", "veto"))
    acts = (HOUSE / "static/js/live/acts.js").read_text(encoding="utf-8")
    closing = re.search(r"\n  closeExchange\(\) \{.*?\n  \}", acts, re.DOTALL)
    assert set(re.findall(r"this\.(?:#steer|#send|goTo)\b", closing[0])) == {"this.goTo"}
    again = re.search(r"\n  startOver\(.*?\n  \}", acts, re.DOTALL)
    assert set(re.findall(r'this\.#steer\("(\w+)"', again[0])) == {"plan_changed"}
    halted = (HOUSE / "static/js/live/halted.js").read_text(encoding="utf-8")
    assert set(re.findall(r"acts\.(\w+)\(", halted)) == {"state", "closeExchange", "startOver", "pauseOrResume"}


def test_a_charter_page_gives_no_date_to_what_has_none(visit: Visit, circle: Circle):
    url = f"/collectifs/{circle.collective.id}/charte"
    assert "effacé" not in visit(circle.maud).open(url).soup.select_one("main .circle").text


def test_an_account_says_its_last_day_once_its_person_was_told_and_no_sooner(visit: Visit, app: Flask):
    maud = factories.user("Maud", "Le Bihan")
    assert "s’efface" not in visit(maud).open("/mon-compte").soup.main.text
    maud.ends_on = date(2028, 8, 31)
    assert visit(maud).open("/mon-compte").says("Votre compte s’efface après le jeudi 31 août 2028")
