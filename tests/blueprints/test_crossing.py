"""Before a sheet leaves: what blocks, what is asked, what is remembered, and what the collective reads again."""

import json
from collections.abc import Callable

import pytest

from collectifs.collectives.models import Membership
from collectifs.kernel.extensions import db
from collectifs.meetings.models import SynthesisSheet
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent
from collectifs.sheets.queries.sheets import open_draft, open_kept_words
from collectifs.sheets.services.perishing import erase_drafts
from tests import factories
from tests.circle import DAY, Circle
from tests.pages import Page, Visitor

Visit = Callable[..., Visitor]
HOUR = "à 10 h 20"
DOUBTFUL = SheetContent(
    "Comment dire ce que l’on a vu ?",
    (
        Answer("Le mardi 8 décembre, dire trois faits.", AnswerKind.TRIED),
        Answer("Ne pas corriger, même quand la 3e B s’impatiente.", AnswerKind.CONSIDERED, f"attendre {HOUR}"),
    ),
)
QUESTION = "Un lecteur du département pourrait-il reconnaître quelqu’un"


def crossing(visit: Visit, circle: Circle, moment, content: SheetContent = DOUBTFUL) -> Page:
    circle.write(content)
    circle.propose()
    moment.shift(6 * DAY)
    db.session.commit()
    return visit(circle.pilot).open(circle.url("/transmettre"))


def answered(page: Page, said: str, **others: str) -> dict[str, str]:
    """The same answer for each passage, but for those that `others` name by a word of theirs."""
    fields = {}
    for group in page.soup.select("fieldset[id^=passage-]"):
        wanted = [value for word, value in others.items() if word in group.legend.get_text()]
        fields[group["id"]] = wanted[0] if wanted else said
    return fields


def test_each_passage_is_asked_about_with_its_place_its_reason_and_a_proposal(visit: Visit, circle: Circle, moment):
    page = crossing(visit, circle, moment)
    assert page.says(QUESTION)
    assert page.says("Trois passages à regarder")
    groups = [group.get_text(" ", strip=True) for group in page.soup.select("fieldset[id^=passage-]")]
    assert len(groups) == 3
    assert "La réponse 1." in groups[0]
    assert "Un jour exact suffit à retrouver une classe." in groups[0]
    assert "une classe de troisième" in groups[1]
    assert not page.soup.select("fieldset[id^=passage-] input[checked]")


def test_without_an_answer_for_each_nothing_leaves_and_each_is_told_beside_it(visit: Visit, circle: Circle, moment):
    page = crossing(visit, circle, moment)
    said = answered(page, "keep")
    waits = sorted(said)[0]
    del said[waits]
    again = page.press("Transmettre la fiche", degree="both", **said)
    assert again.status == 422
    assert again.soup.select_one(f"#{waits}-erreur").get_text(strip=True).startswith("Choisissez")
    assert again.soup.select_one(f"#{waits}")["aria-describedby"].endswith(f"{waits}-erreur")
    assert len(again.soup.select("fieldset[id^=passage-] input[checked]")) == 2
    assert circle.copy is None


def test_what_is_kept_leaves_as_it_is_and_is_not_asked_about_again(visit: Visit, circle: Circle, moment):
    page = crossing(visit, circle, moment)
    done = page.press("Transmettre la fiche", degree="both", **answered(page, "keep"))
    assert done.says("La fiche est transmise")
    assert circle.status == "submitted"
    assert len(open_kept_words(circle.sheet)) == 3
    circle.reopen()
    circle.propose()
    moment.shift(6 * DAY)
    assert not visit(circle.pilot).open(circle.url("/transmettre")).says(QUESTION)


def test_words_that_change_take_the_sheet_back_to_the_collective(visit: Visit, circle: Circle, moment):
    page = crossing(visit, circle, moment)
    said = answered(page, "replace", **{"3e B": "reword", "10": "keep"})
    key = next(name for name, value in said.items() if value == "reword").removeprefix("passage-")
    done = page.press("Transmettre la fiche", degree="both", **said, **{f"mots-{key}": "une classe agitée"})
    assert done.says("Les mots sont changés.")
    assert circle.copy is None
    assert circle.status == "draft"
    draft = open_draft(circle.sheet)
    assert draft.answers[0].text == "Un jour de décembre, dire trois faits."
    assert draft.answers[1].text == "Ne pas corriger, même quand une classe agitée s’impatiente."
    assert draft.answers[1].condition == f"attendre {HOUR}"
    circle.propose()
    moment.shift(6 * DAY)
    assert not visit(circle.pilot).open(circle.url("/transmettre")).says(QUESTION)


def test_a_rewording_without_words_is_asked_for(visit: Visit, circle: Circle, moment):
    page = crossing(visit, circle, moment)
    again = page.press("Transmettre la fiche", degree="both", **answered(page, "reword"))
    assert again.status == 422
    assert again.says("Écrivez les mots qui prendront la place de ceux-ci.")


def test_what_blocks_is_shown_with_its_reason_and_gives_way_at_once(visit: Visit, circle: Circle, moment):
    words = "Faire comme Solène Kerjean, porte ouverte."
    page = crossing(visit, circle, moment, SheetContent("Comment faire ?", (Answer(words, AnswerKind.TRIED),)))
    assert page.says("Solène Kerjean")
    factories.membership(factories.user("Solène", "Kerjean"), circle.collective)
    page = visit(circle.pilot).open(circle.url("/transmettre"))
    assert page.says("La fiche ne peut pas partir avec ces mots")
    assert page.says("C’est une personne de votre collectif.")
    assert not page.has_button("Transmettre la fiche")
    assert page.press("Remplacer ces mots").says("Les mots sont changés.")
    assert open_draft(circle.sheet).answers[0].text == "Faire comme quelqu’un du collectif, porte ouverte."


def test_a_named_school_cannot_even_be_proposed(visit: Visit, circle: Circle):
    circle.write(SheetContent("Comment faire ?", (Answer("Au lycée Gambetta, on attend.", AnswerKind.TRIED),)))
    page = visit(circle.pilot).open(circle.url("/proposer"))
    assert page.says("La réponse 1 contient « lycée Gambetta »")


def test_before_it_is_proposed_likely_passages_are_told_and_block_nothing(visit: Visit, circle: Circle):
    circle.write(DOUBTFUL)
    page = visit(circle.pilot).open(circle.url("/proposer"))
    assert page.says("Ces passages pourraient faire reconnaître quelqu’un.")
    assert page.says("« la 3e B » (la réponse 2)")
    assert page.has_button("Proposer la fiche au collectif")


def test_what_was_kept_is_sealed_holds_no_word_and_perishes_with_the_drafts(visit: Visit, circle: Circle, moment):
    page = crossing(visit, circle, moment)
    page.press("Transmettre la fiche", degree="both", **answered(page, "keep"))
    sheet = db.session.get(SynthesisSheet, circle.sheet_id)
    kept = open_kept_words(sheet)
    assert all(len(key) == 24 and int(key, 16) >= 0 for key in kept)
    assert not any(key.encode() in bytes(sheet.kept_words) for key in kept)
    assert json.dumps(sorted(kept)).encode() not in bytes(sheet.kept_words)
    erase_drafts(sheet)
    assert open_kept_words(sheet) == frozenset()


def test_where_people_live_is_no_part_of_what_the_guard_knows(circle: Circle):
    row = db.session.query(Membership).filter_by(user_id=circle.maud.id).one()
    row.home_commune, row.work_commune, row.school = "Levier", "Ornans", "Collège de la Brume"
    known = circle.access.access.guarded
    assert known.communes == {("ornans",)}
    assert known.schools == (("brume",),)


@pytest.mark.parametrize("said", ["drop", "", "KEEP"])
def test_an_answer_that_does_not_exist_is_none(visit: Visit, circle: Circle, moment, said: str):
    page = crossing(visit, circle, moment)
    again = page.press("Transmettre la fiche", degree="both", **answered(page, said))
    assert again.status == 422
    assert circle.copy is None
