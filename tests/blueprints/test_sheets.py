"""The pages of a sheet: written without a script, put to the collective, read, let out, taken back."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent
from collectifs.sheets.domain.work import MailSheetAcceptedInRoom, MailSheetProposed
from collectifs.sheets.models import SheetProposal
from collectifs.sheets.queries.sheets import open_draft
from collectifs.sheets.queries.versions import open_version, versions_of
from tests import factories
from tests.asked import told
from tests.circle import DAY, Circle, fresh
from tests.pages import Page, Visitor

Visit = Callable[..., Visitor]
OF_FORMER = "Ce qui suit vaut pour le dernier texte enregistré"
GOOD = {
    "question": "Comment dire, alors que tout presse ?",
    "reponse-1-text": "Commencer par écouter.",
    "reponse-1-kind": "tried",
}


def draft(circle: Circle) -> SheetContent:
    fresh()
    return open_draft(circle.sheet)


def kept_texts(circle: Circle) -> list[str]:
    """The questions of the versions, the earliest first."""
    return [open_version(version).question for version in versions_of(circle.sheet_id)]


def agree(circle: Circle, moment) -> None:
    """Proposed, and the delay is over."""
    circle.write_and_propose()
    moment.shift(6 * DAY)
    db.session.commit()


# Writing


def test_a_sheet_is_written_without_a_script(visit: Visit, circle: Circle):
    page = visit(circle.pilot).open(circle.url("/ecrire"))
    assert page.heading == "La fiche du 13 janvier"
    assert page.says("Lisible par : vous, puis votre collectif (4 personnes) quand vous la proposerez")
    assert page.says("brouillon effacé le 13 janvier 2028")
    page = page.press("Enregistrer", **GOOD)
    assert page.says("Enregistré à 13 h 50")
    assert draft(circle) == SheetContent(GOOD["question"], (Answer("Commencer par écouter.", AnswerKind.TRIED),))


def test_the_dilemmas_help_to_word_the_question_and_lead_to_what_helps_further(visit: Visit, circle: Circle):
    page = visit(circle.pilot).open(circle.url("/ecrire"))
    assert page.says("Accompagner ou évaluer ?")
    assert page.says("Comment recevoir une confidence alors que votre parole comptera ailleurs ?")
    further = page.follow("Des ressources pour « Accompagner ou évaluer ? »")
    assert further.says("Les dilemmes du formateur")


def test_answers_are_added_moved_up_and_removed(visit: Visit, circle: Circle):
    page = visit(circle.pilot).open(circle.url("/ecrire"))
    page = page.press("Ajouter une réponse", **GOOD)
    page = page.press("Enregistrer", **{"reponse-2-text": "Puis nommer.", "reponse-2-condition": "à deux"})
    page = page.press("Monter la réponse 2")
    assert [answer.text for answer in draft(circle).answers] == ["Puis nommer.", "Commencer par écouter."]
    assert [(answer.kind, answer.condition) for answer in draft(circle).answers] == [
        (None, "à deux"),
        (AnswerKind.TRIED, ""),
    ]
    page.press("Retirer la réponse 1")
    assert [answer.text for answer in draft(circle).answers] == ["Commencer par écouter."]


def test_the_page_says_how_much_room_is_left_and_shows_the_true_page(visit: Visit, circle: Circle):
    circle.write()
    visitor = visit(circle.pilot)
    page = visitor.open(circle.url("/ecrire"))
    assert page.says("Une page. Il reste de la place pour")
    picture = visitor.raw(page.soup.select_one("[data-preview]")["src"])
    assert picture.mimetype == "image/png"
    assert picture.data.startswith(b"\x89PNG")


def test_an_overflow_is_said_in_lines(visit: Visit, circle: Circle):
    long = "mot " * 120
    circle.write(SheetContent("Comment ?", tuple(Answer(long.strip(), AnswerKind.TRIED) for _ in range(12))))
    page = visit(circle.pilot).open(circle.url("/ecrire"))
    assert page.says("lignes de trop.")
    page = page.press("Proposer la fiche")
    assert page.says("La page déborde de")
    assert not page.has_button("Proposer la fiche au collectif")


def test_a_text_too_long_is_kept_and_said_beside_its_answer(visit: Visit, circle: Circle):
    page = visit(circle.pilot).open(circle.url("/ecrire"))
    page = page.press("Enregistrer", **(GOOD | {"reponse-1-text": "é" * 501}))
    assert page.status == 422
    assert any("La réponse 1 est trop longue" in error for error in page.errors)
    field = page.soup.select_one("#reponse-1-text")
    assert field.get_text() == "é" * 501
    assert field["aria-describedby"] == "reponse-1-erreur"
    assert page.soup.select_one("#question").get_text() == GOOD["question"]
    assert page.says(OF_FORMER)
    assert draft(circle).is_blank
    assert not page.press("Enregistrer", **(GOOD | {"reponse-1-text": "Brève."})).says(OF_FORMER)


def test_somebody_saved_in_between_nothing_is_lost_and_one_chooses(visit: Visit, circle: Circle):
    page = visit(circle.pilot).open(circle.url("/ecrire"))
    circle.write(SheetContent("Écrite ailleurs ?"))
    db.session.commit()
    page = page.press("Enregistrer", **GOOD)
    assert page.status == 409
    assert page.says("Écrite ailleurs ?")
    assert page.soup.select_one("#question").get_text() == GOOD["question"]
    assert draft(circle).question == "Écrite ailleurs ?"
    assert page.says("Voir les deux")
    page.press("Garder la mienne")
    assert draft(circle).question == GOOD["question"]
    assert kept_texts(circle) == ["Écrite ailleurs ?"]


def test_the_other_text_is_taken_and_mine_is_kept_among_the_versions(visit: Visit, circle: Circle):
    page = visit(circle.pilot).open(circle.url("/ecrire"))
    circle.write(SheetContent("Écrite ailleurs ?"))
    db.session.commit()
    page = page.press("Enregistrer", **GOOD).press("Prendre l’autre")
    assert page.soup.select_one("#question").get_text() == "Écrite ailleurs ?"
    assert draft(circle).question == "Écrite ailleurs ?"
    assert kept_texts(circle) == [GOOD["question"]]


def test_a_third_writing_while_one_chooses_is_asked_about_again(visit: Visit, circle: Circle):
    page = visit(circle.pilot).open(circle.url("/ecrire"))
    circle.write(SheetContent("Écrite ailleurs ?"))
    page = page.press("Enregistrer", **GOOD)
    circle.write(SheetContent("Et encore ailleurs ?"))
    page = page.press("Garder la mienne")
    assert page.status == 409
    assert page.says("Et encore ailleurs ?")
    assert page.soup.select_one("#question").get_text() == GOOD["question"]
    assert draft(circle).question == "Et encore ailleurs ?"


def test_the_notes_for_the_sheet_are_at_hand_while_they_live(visit: Visit, circle: Circle, moment):
    from tests.live.services.test_live import note, send

    kept = note("Une idée à garder.", "sheet"), note("Entre nous.", "collective"), note("Pour moi.", "private")
    send(circle.meeting, circle.pilot, *kept)
    db.session.commit()
    page = visit(circle.pilot).open(circle.url("/ecrire"))
    assert page.says("Une idée à garder.")
    assert page.says("Les autres notes du collectif (1) Entre nous.")
    assert not page.says("Pour moi.")
    moment.shift(31 * DAY)
    later = visit(circle.pilot).open(circle.url("/ecrire"))
    assert not later.says("Une idée à garder.")
    assert not later.says("Entre nous.")


def test_confidential_fields_stay_out_of_the_browsers_memory(visit: Visit, circle: Circle):
    page = visit(circle.pilot).open(circle.url("/ecrire"))
    for field in page.soup.select("form.edit textarea, form.edit input.input"):
        assert (field["autocomplete"], field["spellcheck"], field["translate"]) == ("off", "false", "no")


# The script's own saving


def test_the_script_saves_and_learns_how_full_the_page_is(visit: Visit, circle: Circle):
    answer = visit(circle.pilot).post_json(
        circle.url("/brouillon"), {"revision": 0, "content": factories.as_json(factories.content())}
    )
    assert answer.status_code == 200
    said = answer.json
    assert (said["revision"], said["pages"], said["over"]) == (1, 1, False)
    assert said["saved_label"].replace("\u00a0", " ") == "Enregistré à 13 h 50"
    assert said["saved_at"] == clock.now().isoformat()
    assert said["say"].startswith("Une page.")
    assert said["lines_left"] > 0
    assert draft(circle) == factories.content()


def test_the_script_learns_of_a_conflict_and_gets_the_other_words(visit: Visit, circle: Circle):
    circle.write(SheetContent("Écrite ailleurs ?"))
    answer = visit(circle.pilot).post_json(
        circle.url("/brouillon"), {"revision": 0, "content": factories.as_json(factories.content())}
    )
    assert answer.status_code == 409
    assert (answer.json["revision"], answer.json["content"]["question"]) == (1, "Écrite ailleurs ?")
    assert answer.json["saved_by_label"].startswith("vous, sur un autre appareil, à")
    assert draft(circle).question == "Écrite ailleurs ?"


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [],
        {},
        {"revision": "1", "content": {}},
        {"revision": True, "content": {}},
        {"revision": 0},
        {"revision": 0, "content": {"question": 3}},
        {"revision": 0, "content": {"question": "?", "answers": [{"text": "a", "kind": "loved"}]}},
        {"revision": 0, "content": {"question": "a" * 401, "answers": []}},
    ],
)
def test_what_is_no_sheet_is_refused_in_words(visit: Visit, circle: Circle, sent):
    answer = visit(circle.pilot).post_json(circle.url("/brouillon"), sent)
    assert answer.status_code == 422
    assert answer.json["why"]
    assert draft(circle).is_blank


def test_a_proposed_sheet_is_not_saved_over(visit: Visit, circle: Circle):
    circle.write_and_propose()
    answer = visit(circle.pilot).post_json(
        circle.url("/brouillon"), {"revision": 1, "content": factories.as_json(SheetContent("Autre ?"))}
    )
    assert answer.status_code == 422
    assert draft(circle) == factories.content()


# Proposing


def propose(visitor: Visitor, circle: Circle, **fields) -> Page:
    page = visitor.open(circle.url("/proposer"))
    return page.press("Proposer la fiche au collectif", **({"nobody_recognised": "y"} | fields))


def test_what_will_happen_is_said_before_the_click(visit: Visit, circle: Circle):
    circle.write()
    page = visit(circle.pilot).open(circle.url("/ecrire")).press("Proposer la fiche")
    assert page.heading == "Proposer la fiche"
    assert page.says("jusqu’au lundi 18 janvier, 13 h 50")
    assert page.says("Une seule objection la retient")
    assert page.says("les notes du regroupement seront effacées")
    assert page.says("Comment dire, alors que tout presse ?")


def test_it_is_proposed_and_each_is_told(visit: Visit, circle: Circle):
    circle.write()
    page = propose(visit(circle.pilot), circle, asks_transmission="y")
    assert page.path == circle.url()
    assert page.says("La fiche est proposée à votre collectif.")
    fresh()
    assert len(told(MailSheetProposed)) == 3
    assert fresh().query(SheetProposal).one().asks_transmission is True


def test_the_question_of_recognition_is_not_skipped(visit: Visit, circle: Circle):
    circle.write()
    page = propose(visit(circle.pilot), circle, nobody_recognised=None)
    assert page.status == 422
    assert any("cochez cette case" in error for error in page.errors)
    assert fresh().query(SheetProposal).count() == 0


def test_transmission_is_asked_only_by_whoever_ticks_it(visit: Visit, circle: Circle, moment):
    circle.write()
    propose(visit(circle.pilot), circle)
    assert fresh().query(SheetProposal).one().asks_transmission is False
    moment.shift(6 * DAY)
    page = visit(circle.pilot).open(circle.url())
    assert page.says("elle reste dans le collectif")
    assert not visit(circle.maud).open(circle.url()).says("M’opposer à la transmission")


def test_a_name_is_refused_with_the_way_to_its_field(visit: Visit, circle: Circle):
    circle.write(SheetContent("Comment ?", (Answer("Demander à Maud.", AnswerKind.TRIED),)))
    page = visit(circle.pilot).open(circle.url("/proposer"))
    assert page.says("La réponse 1 contient « Maud »")
    link = page.soup.find("a", string="Revenir à la fiche")
    assert link["href"] == circle.url("/ecrire") + "#reponse-1-text"


def test_a_name_added_after_the_page_was_opened_is_refused_too(visit: Visit, circle: Circle):
    circle.write()
    page = visit(circle.pilot).open(circle.url("/proposer"))
    circle.write(SheetContent("Que fait Maud ?", factories.content().answers))
    db.session.commit()
    page = page.press("Proposer la fiche au collectif", nobody_recognised="y")
    assert page.status == 422
    assert any("« Maud »" in error for error in page.errors)


def test_read_and_accepted_in_the_room(visit: Visit, circle: Circle):
    circle.write()
    page = propose(visit(circle.pilot), circle, how="room")
    assert page.says("Relue et acceptée en séance. Chaque personne peut encore s’y opposer")
    fresh()
    assert len(told(MailSheetAcceptedInRoom)) == 3


def test_that_choice_is_there_on_the_day_of_the_meeting_only(visit: Visit, circle: Circle, moment):
    circle.write()
    db.session.commit()
    assert visit(circle.pilot).open(circle.url("/proposer")).says("Relue et acceptée en séance")
    moment.shift(DAY)
    assert not visit(circle.pilot).open(circle.url("/proposer")).says("Relue et acceptée en séance")


def test_proposed_the_pen_rests_until_it_is_taken_up_again(visit: Visit, circle: Circle):
    circle.write_and_propose()
    visitor = visit(circle.pilot)
    assert visitor.open(circle.url("/ecrire")).path == circle.url()
    page = visitor.open(circle.url()).press("Reprendre l’écriture")
    assert page.path == circle.url("/ecrire")
    assert visit(circle.maud).open(circle.url()).status == 404


# Who gets in


@pytest.mark.parametrize(
    "end", ["", "/ecrire", "/page.png", "/fiche.pdf", "/proposer", "/transmettre", "/opposition", "/retirer"]
)
def test_outsiders_find_nothing(visit: Visit, circle: Circle, end: str):
    from collectifs.people.domain.person import Role

    circle.write_and_propose()
    outsiders = [circle.inspector]
    for role in (Role.MANAGER, Role.ADMINISTRATOR):
        outsiders.append(factories.user(role.value))
        factories.grant(outsiders[-1], role, circle.territory if role is Role.MANAGER else None)
    outsiders.append(db.session.get(type(circle.pilot), factories.collective(circle.territory).created_by_id))
    for who in outsiders:
        assert visit(who).raw(circle.url(end)).status_code == 404


@pytest.mark.parametrize("end", ["/ecrire", "/page.png", "/proposer", "/transmettre"])
def test_the_pen_is_the_pilots(visit: Visit, circle: Circle, end: str):
    circle.write_and_propose()
    assert visit(circle.maud).raw(circle.url(end)).status_code == 404


def test_reading_a_page_writes_nothing(visit: Visit, circle: Circle, moment):
    agree(circle, moment)
    visitor = visit(circle.pilot)
    before = fresh().query(AuditEvent).count()
    fresh()
    for end in ("", "/transmettre", "/retirer", "/opposition", "/fiche.pdf"):
        assert visitor.raw(circle.url(end)).status_code == 200
    assert fresh().query(AuditEvent).count() == before


def test_a_sheet_whose_text_has_perished_says_so(visit: Visit, circle: Circle, moment):
    circle.write_and_propose()
    moment.shift(timedelta(days=366))
    page = visit(circle.pilot).open(circle.url())
    assert page.says("Le texte de cette fiche est effacé")


def test_a_mixed_collective_says_the_degree_of_the_situation_and_the_institution_reads_it(visit: Visit, moment):
    circle = Circle()
    circle.collective.degree = None
    circle.write_and_propose()
    moment.shift(timedelta(days=6))
    page = visit(circle.pilot).open(circle.url("/transmettre"))
    page.press("Transmettre la fiche", degree="second")
    pile = visit(circle.inspector).open("/fiches-transmises")
    assert pile.says("2d degré")


def test_a_forged_degree_is_refused_in_words(visit: Visit, moment):
    circle = Circle()
    circle.write_and_propose()
    moment.shift(timedelta(days=6))
    page = visit(circle.pilot).open(circle.url("/transmettre")).press("Transmettre la fiche", degree="troisième")
    assert page.status == 422
    assert "Ce choix n’est pas dans la liste." in page.text


def test_an_objection_is_the_first_thing_that_the_pilot_is_told_once_it_may_be_seen(visit: Visit, moment):
    circle = Circle()
    circle.write_and_propose()
    circle.object(circle.karim, sentence="Trop reconnaissable.")
    url = f"/collectifs/{circle.collective.id}"
    pilot = visit(circle.pilot)
    assert not pilot.open(url).says("Une objection retient")
    moment.shift(timedelta(days=1))
    page = pilot.open(url)
    assert page.says("Une objection retient la fiche du 13 janvier")
    assert page.follow("Lire l’objection").says("Trop reconnaissable.")
