"""The pages of a sheet that lives on: amended, kept in versions, opened again, without a sheet, under its name."""

from collections.abc import Callable

import pytest

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.meetings.models import SynthesisSheet
from collectifs.review import services as review
from collectifs.sheets.domain.sheet import Answer, AnswerKind, SheetContent
from collectifs.sheets.domain.work import MailSheetProposed
from collectifs.sheets.models import Objection, Remark, SubmittedSheet
from collectifs.sheets.queries.versions import versions_of
from tests import factories
from tests.asked import rows_of
from tests.circle import DAY, Circle, fresh, mails_left
from tests.pages import Page, Visitor

Visit = Callable[..., Visitor]
SECOND = SheetContent("Comment dire autrement ?", (Answer("Commencer par écouter, longtemps.", AnswerKind.TRIED),))


def agree(circle: Circle, moment, **values) -> None:
    circle.write_and_propose(**values)
    moment.shift(6 * DAY)
    db.session.commit()


def transmit(circle: Circle, moment, **values) -> None:
    agree(circle, moment, **values)
    circle.submit()
    circle.copy_id = circle.copy.id
    db.session.commit()


def open_sheet(visit: Visit, circle: Circle, who) -> Page:
    return visit(who).open(circle.url())


# Amended and proposed again


def test_what_changed_is_read_beside_the_new_version(visit: Visit, circle: Circle):
    circle.write_and_propose()
    assert not open_sheet(visit, circle, circle.maud).says("Ce qui a changé")
    circle.reopen()
    circle.write(SECOND)
    circle.propose()
    page = open_sheet(visit, circle, circle.maud)
    assert page.says("Ce qui a changé")
    assert page.says("La problématique a changé")
    assert page.says("Avant : Comment dire, alors que tout presse ?")
    assert page.says("Maintenant : Comment dire autrement ?")
    assert page.says("Une réponse a été retirée")
    assert page.says("Ce qui valait alors, objections comprises, ne vaut plus")


def test_the_pilot_sees_what_changed_before_proposing_again(visit: Visit, circle: Circle):
    circle.write_and_propose()
    page = open_sheet(visit, circle, circle.pilot).press("Reprendre l’écriture")
    page = page.press("Proposer la fiche", question="Comment dire autrement ?")
    assert page.heading == "Proposer la fiche"
    assert page.says("avec ce qui a changé depuis la version précédente")
    assert page.says("Maintenant : Comment dire autrement ?")


def test_who_came_later_does_not_read_the_words_that_were_taken_back(visit: Visit, circle: Circle, moment):
    circle.write_and_propose()
    circle.reopen()
    circle.write(SECOND)
    moment.shift(DAY)
    solene = factories.user("Solène", "Abgrall")
    factories.membership(solene, circle.collective, starts_at=clock.now())
    circle.propose()
    moment.shift(6 * DAY)
    page = open_sheet(visit, circle, solene)
    assert page.says("Comment dire autrement ?")
    assert not page.says("alors que tout presse")


# Its name


def test_the_name_is_a_third_question_with_its_own_objection(visit: Visit, circle: Circle, moment):
    circle.write()
    page = visit(circle.pilot).open(circle.url("/proposer"))
    assert page.says("sans objection, elle portera « Les Tilleuls » ; sinon, un code")
    page.press("Proposer la fiche au collectif", nobody_recognised="y", asks_transmission="y", asks_name="y")
    fresh()
    mails_left()
    page = open_sheet(visit, circle, circle.karim).follow("M’opposer au nom du collectif")
    assert page.says("transmise, elle ne porterait qu’un code")
    page = page.press("M’opposer")
    assert page.says("Vous vous opposez à ce qu’elle porte le nom du collectif.")
    assert fresh().query(Objection).one().about == "name"
    moment.shift(6 * DAY)
    pilot = open_sheet(visit, circle, circle.pilot)
    assert pilot.says("Une objection au nom du collectif")
    assert pilot.says("où elle porterait : « Collectif B7 »")
    open_sheet(visit, circle, circle.karim).press("Lever mon objection au nom du collectif")
    page = visit(circle.pilot).open(circle.url("/transmettre"))
    assert page.says("Elle y portera le nom du collectif")
    page.press("Transmettre la fiche")
    assert fresh().query(SubmittedSheet).one().collective_name == "Les Tilleuls"


def test_not_asked_it_is_not_a_question(visit: Visit, circle: Circle):
    circle.write_and_propose()
    assert not open_sheet(visit, circle, circle.karim).says("nom du collectif")


def test_the_inspector_reads_the_name_and_nothing_ties_it_to_the_code(visit: Visit, circle: Circle, moment):
    transmit(circle, moment, asks_name=True)
    page = visit(circle.inspector).open("/fiches-transmises")
    assert page.says("Les Tilleuls janvier")
    assert not page.says("B7")
    page = page.follow("Les Tilleuls")
    assert "B7" not in str(page.soup)
    assert "Tilleuls" not in page.soup.title.get_text()
    answer = visit(circle.inspector).raw(f"/fiches-transmises/{circle.copy_id}/fiche.pdf")
    assert answer.headers["Content-Disposition"] == 'inline; filename="fiche-2027-01.pdf"'


# Mails that wait


def test_the_pilot_and_the_members_are_told_that_the_mails_have_not_left(visit: Visit, circle: Circle, moment):
    circle.write_and_propose(mails_leave=False)
    assert open_sheet(visit, circle, circle.pilot).says("jusqu’au lundi 18 janvier, 13 h 50")
    moment.shift(6 * DAY)
    page = open_sheet(visit, circle, circle.pilot)
    assert page.says(
        "Les courriels qui l’annoncent ne sont pas tous partis : le délai de trois jours de classe commencera"
    )
    assert page.says("Pas encore transmissible. Les courriels ne sont pas tous partis")
    assert open_sheet(visit, circle, circle.maud).says("le délai de trois jours de classe commencera à leur envoi")
    for end in ("/collectifs/" + str(circle.collective.id), "/"):
        for who in (circle.pilot, circle.maud):
            assert visit(who).open(end).status == 200


def test_a_mail_that_could_not_leave_is_said_to_the_pilot_alone(visit: Visit, circle: Circle):
    circle.write_and_propose(mails_leave=False)
    row = rows_of(MailSheetProposed)[0]
    row.state = "failed"
    mails_left()
    assert open_sheet(visit, circle, circle.pilot).says("Un courriel n’a pas pu partir : prévenez vous-même")
    assert not open_sheet(visit, circle, circle.maud).says("n’a pas pu partir")


# A new version after a transmission


def test_a_new_version_is_opened_on_purpose_and_each_knows_which_one_the_institution_reads(
    visit: Visit, circle: Circle, moment
):
    transmit(circle, moment)
    page = open_sheet(visit, circle, circle.pilot).press("Ouvrir une nouvelle version")
    assert page.path == circle.url("/ecrire")
    assert page.says("l’inspection lit toujours celle du 19 janvier")
    circle_of = open_sheet(visit, circle, circle.maud)
    assert circle_of.says("L’inspection lit toujours la version du 19 janvier")
    assert circle_of.says("C’est celle que vous voyez ici.")
    assert circle_of.says("Comment dire, alors que tout presse ?")
    assert circle_of.says("et l’inspection de Val-de-Brume (1 personne)")
    circle.write(SECOND)
    circle.propose()
    page = open_sheet(visit, circle, circle.maud)
    assert page.says("Vous voyez ici la nouvelle")
    assert page.says("Comment dire autrement ?")
    assert visit(circle.inspector).open(f"/fiches-transmises/{circle.copy_id}").says("alors que tout presse")
    moment.shift(6 * DAY)
    page = visit(circle.pilot).open(circle.url("/transmettre"))
    assert page.says("Elle remplacera celle du 19 janvier, dont la copie dans ce service sera détruite.")
    page.press("Transmettre la fiche")
    inspector = visit(circle.inspector)
    assert inspector.raw(f"/fiches-transmises/{circle.copy_id}").status_code == 404
    pile = inspector.open("/fiches-transmises")
    assert pile.says("Comment dire autrement ?")
    assert len(pile.soup.select(".pile li")) == 1


def test_a_new_version_is_left_for_the_one_that_was_transmitted(visit: Visit, circle: Circle, moment):
    transmit(circle, moment)
    circle.reopen()
    circle.write(SECOND)
    page = open_sheet(visit, circle, circle.pilot).press("Garder la version transmise")
    assert page.says("La version transmise reste la seule.")
    assert page.says("Comment dire, alors que tout presse ?")
    assert page.follow("Les versions gardées").says("Version 2")


def test_withdrawing_while_a_new_version_is_written_takes_all_of_it(visit: Visit, circle: Circle, moment):
    transmit(circle, moment)
    circle.reopen()
    circle.write(SECOND)
    page = open_sheet(visit, circle, circle.karim).follow("Retirer la fiche…")
    assert page.says("la version que l’inspection lit, et celle qui s’écrit")
    page.press("Retirer la fiche")
    assert open_sheet(visit, circle, circle.pilot).says("Personne ne la lit plus")
    assert visit(circle.inspector).open("/fiches-transmises").says("Retirées par leur collectif (1)")


# Versions


def test_versions_are_listed_read_and_taken_up_again(visit: Visit, circle: Circle, moment):
    circle.write()
    moment.shift(DAY)
    circle.write(SECOND)
    page = visit(circle.pilot).open(circle.url("/ecrire")).follow("Les versions gardées")
    assert page.says("Version 1, 13 janvier, 13 h 50")
    assert page.says("vous · avant une pause de dix minutes")
    page = page.follow("Version 1")
    assert page.says("Comment dire, alors que tout presse ?")
    assert page.says("Maintenant : Comment dire autrement ?")
    page = page.follow("Reprendre cette version…")
    assert page.heading == "Reprendre la version 1 ?"
    assert page.says("le texte d’aujourd’hui est gardé parmi les versions")
    assert [row.reason for row in versions_of(circle.sheet_id)] == ["pause"], "asking changes nothing"
    page = page.press("Reprendre la version 1")
    assert page.path == circle.url("/ecrire")
    assert page.says("La version 1 est reprise.")
    assert page.soup.select_one("#question").get_text() == "Comment dire, alors que tout presse ?"
    fresh()
    assert [row.reason for row in versions_of(circle.sheet_id)] == ["pause", "restored"]


def test_once_proposed_a_version_is_read_and_not_taken_up(visit: Visit, circle: Circle):
    circle.write_and_propose()
    page = open_sheet(visit, circle, circle.pilot).follow("Les versions gardées")
    assert page.says("proposée au collectif")
    page = page.follow("Version 1")
    assert page.says("Pas un mot n’a changé.")
    assert not page.says("Reprendre cette version")
    version = versions_of(circle.sheet_id)[0].id
    assert visit(circle.pilot).open(f"/versions-de-fiche/{version}/reprendre").heading == "Version 1"


def test_without_any_version_the_page_says_what_will_be_there(visit: Visit, circle: Circle):
    page = visit(circle.pilot).open(circle.url("/versions"))
    assert page.says("Les versions de la fiche seront ici")


@pytest.mark.parametrize("end", ["/versions", "/sans-fiche"])
def test_the_versions_are_the_pilots(visit: Visit, circle: Circle, end: str):
    circle.write_and_propose()
    (row,) = versions_of(circle.sheet_id)
    row_id = row.id
    for who in (circle.maud, circle.inspector):
        assert visit(who).raw(circle.url(end)).status_code == 404
        assert visit(who).raw(f"/versions-de-fiche/{row_id}").status_code == 404
        assert visit(who).post_json(f"/versions-de-fiche/{row_id}/reprendre", {}).status_code == 404


# No sheet


def test_no_sheet_is_said_before_the_click_undone_and_a_normal_path_for_the_series(visit: Visit, circle: Circle):
    page = visit(circle.pilot).open(circle.url("/ecrire")).follow("Pas de fiche pour ce regroupement")
    assert page.says("Les notes du regroupement seront effacées aussitôt")
    page = page.press("Se passer de fiche")
    assert page.says("Pas de fiche pour ce regroupement")
    assert page.says("C’est un choix comme un autre.")
    home = f"/collectifs/{circle.collective.id}"
    series = visit(circle.pilot).open(home)
    assert series.says("Sans fiche")
    assert not series.says("est à finir")
    members = visit(circle.maud).open(home)
    assert members.says("Sans fiche")
    assert visit(circle.maud).raw(circle.url()).status_code == 404
    assert visit(circle.pilot).open(f"/regroupements/{circle.meeting.id}").status == 200
    assert visit(circle.pilot).open("/").status == 200
    page = page.press("Écrire une fiche, finalement")
    assert page.path == circle.url("/ecrire")
    assert fresh().query(SynthesisSheet).one().given_up_at is None


# The check of names, both ways


def test_a_remark_that_may_name_somebody_is_asked_about_once_and_nothing_typed_is_lost(
    visit: Visit, circle: Circle, moment
):
    transmit(circle, moment)
    page = visit(circle.inspector).open(f"/fiches-transmises/{circle.copy_id}")
    page = page.press("Envoyer la remarque", text="Est-ce que Maud a essayé ?")
    assert page.status == 422
    assert any("« Maud » désigne-t-il une personne ?" in error for error in page.errors)
    assert page.soup.select_one("#text").get_text().strip() == "Est-ce que Maud a essayé ?"
    page = page.press("Envoyer la remarque", nobody_named="y")
    assert page.says("Est-ce que Maud a essayé ?")
    assert fresh().query(Remark).count() == 1


def test_the_answer_that_may_name_somebody_is_asked_about_too(visit: Visit, circle: Circle, moment):
    transmit(circle, moment)
    review.send_remark(circle.facts, text="Et ensuite ?", now=clock.now(), by=circle.person(circle.inspector))
    page = open_sheet(visit, circle, circle.pilot).press("Envoyer la réponse", text="Rendez-vous à Brest.")
    assert page.status == 422
    assert any("un lecteur du département pourrait-il reconnaître quelqu’un ?" in error for error in page.errors)
    page = page.press("Envoyer la réponse", nobody_named="y")
    assert page.says("Rendez-vous à Brest.")


def test_the_room_reads_the_sheet_large_as_the_pilot_has_it(visit: Visit, circle: Circle):
    circle.write()
    page = visit(circle.pilot).open(circle.url("/ecrire")).follow("Lire en grand")
    assert page.says("Comment dire, alors que tout presse ?")
    assert page.soup.select_one(".large .fiche")
    assert page.follow("Revenir à la fiche").path == circle.url("/ecrire")
    fresh()
    assert visit(circle.maud).raw(circle.url("/en-grand")).status_code == 404, "a draft is the pilot's alone"
