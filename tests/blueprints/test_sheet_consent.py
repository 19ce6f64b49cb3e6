"""What each person reads and says of a proposed sheet: objections, the presenter's yes, letting out, taking back."""

from collections.abc import Callable

import pytest

from collectifs.collectives.models import Membership
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.review import services as review
from collectifs.sheets.models import Objection, SubmittedSheet
from collectifs.sheets.queries.consent import objector
from collectifs.sheets.services import consent
from tests.circle import DAY, HOUR, Circle, fresh
from tests.pages import Visitor

Visit = Callable[..., Visitor]


def agree(circle: Circle, moment) -> None:
    """Proposed, and the delay is over."""
    circle.write_and_propose()
    moment.shift(6 * DAY)
    db.session.commit()


# The collective reads


def test_a_member_reads_what_was_proposed_and_until_when(visit: Visit, circle: Circle):
    circle.write_and_propose()
    page = visit(circle.maud).open(circle.url())
    assert page.says("Comment dire, alors que tout presse ?")
    assert page.says("jusqu’au lundi 18 janvier, 13 h 50")
    assert page.says("Lisible par : votre collectif (4 personnes)")
    assert not page.has_button("Reprendre l’écriture")


def test_to_object_takes_two_clicks_and_no_reason(visit: Visit, circle: Circle):
    circle.write_and_propose()
    page = visit(circle.karim).open(circle.url()).follow("M’opposer au texte")
    assert page.says("Aucune page, aucun courriel ne lui dit de qui elle vient, ni de quand elle date.")
    page = page.press("M’opposer")
    assert page.says("Vous vous opposez au texte.")
    row = fresh().query(Objection).one()
    assert (row.about, objector(row)) == ("text", circle.karim.id)
    page.press("Lever mon objection au texte")
    fresh()
    assert row.lifted_at is not None


def test_an_objection_to_the_transmission_is_another_one(visit: Visit, circle: Circle):
    circle.write_and_propose()
    page = visit(circle.karim).open(circle.url()).follow("M’opposer à la transmission").press("M’opposer")
    assert page.says("Vous vous opposez à sa transmission.")
    assert fresh().query(Objection).one().about == "transmission"


def test_a_sentence_too_long_is_kept_and_said(visit: Visit, circle: Circle):
    circle.write_and_propose()
    page = visit(circle.karim).open(circle.url("/opposition?about=text")).press("M’opposer", sentence="a" * 501)
    assert page.status == 422
    assert page.soup.select_one("#sentence").get_text().strip() == "a" * 501
    assert fresh().query(Objection).count() == 0


def test_the_pilot_sees_one_objection_at_18_never_whose_nor_how_many(visit: Visit, circle: Circle, moment):
    circle.write_and_propose()
    circle.object(circle.karim, sentence="On m’y reconnaîtrait.")
    circle.object(circle.odile, sentence="Moi aussi.")
    db.session.commit()
    page = visit(circle.pilot).open(circle.url())
    assert not page.says("Une objection au texte")
    moment.shift(5 * HOUR)
    page = visit(circle.pilot).open(circle.url())
    assert page.text.count("Une objection au texte") == 1
    assert page.says("On m’y reconnaîtrait.")
    assert page.says("Moi aussi.")
    assert not page.says("Karim")
    assert not page.says("Odile")


def test_the_members_do_not_see_the_sentence_of_another(visit: Visit, circle: Circle, moment):
    circle.write_and_propose()
    circle.object(circle.karim, sentence="On m’y reconnaîtrait.")
    db.session.commit()
    moment.shift(5 * HOUR)
    page = visit(circle.maud).open(circle.url())
    assert not page.says("On m’y reconnaîtrait.")


def test_the_presenter_alone_is_asked_and_may_change_their_mind(visit: Visit, circle: Circle, moment):
    circle.presented_by(circle.maud)
    agree(circle, moment)
    assert not visit(circle.karim).open(circle.url()).says("Vous avez exposé")
    assert not visit(circle.pilot).open(circle.url()).says("Vous avez exposé")
    page = visit(circle.maud).open(circle.url())
    assert page.says("Vous avez exposé : acceptez-vous que cette page soit transmise ?")
    page = page.press("Non, qu’elle reste dans le collectif")
    assert page.says("Vous avez répondu : non.")
    assert visit(circle.pilot).open(circle.url()).says("La personne qui a exposé n’a pas dit oui")
    page = page.press("Oui, elle peut être transmise")
    assert page.says("Vous avez répondu : oui.")
    assert visit(circle.pilot).open(circle.url()).says("Tout est réuni")


def test_the_presenters_address_does_not_exist_for_the_others(visit: Visit, circle: Circle):
    circle.presented_by(circle.maud)
    circle.write_and_propose()
    for who in (circle.karim, circle.pilot):
        answer = visit(who).post_json(circle.url("/accord-de-la-personne-qui-a-expose"), {})
        assert answer.status_code == 404


def test_the_collectives_copy_is_a_pdf_whose_name_says_nothing(visit: Visit, circle: Circle):
    circle.write_and_propose()
    answer = visit(circle.maud).raw(circle.url("/fiche.pdf"))
    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"] == 'inline; filename="fiche-regroupement-1.pdf"'


# Letting it out


def test_the_crossing_says_who_joins_before_the_click(visit: Visit, circle: Circle, moment):
    agree(circle, moment)
    page = visit(circle.pilot).open(circle.url()).follow("Transmettre la fiche…")
    assert page.says("Pourra lire en plus : l’inspection de Val-de-Brume (1 personne)")
    assert page.says("« Collectif B7 »")
    page = page.press("Transmettre la fiche")
    assert page.says("La fiche est transmise à l’inspection")
    assert page.says("Personne de l’inspection ne l’a encore ouverte.")
    assert page.says("votre collectif (4 personnes) et l’inspection de Val-de-Brume (1 personne)")
    assert fresh().query(SubmittedSheet).count() == 1


def test_why_it_cannot_leave_yet_is_said(visit: Visit, circle: Circle):
    circle.write_and_propose()
    page = visit(circle.pilot).open(circle.url())
    assert page.says("Chaque personne peut encore s’opposer : attendez la fin du délai.")
    page = visit(circle.pilot).open(circle.url("/transmettre"))
    assert page.says("attendez la fin du délai")
    assert not page.has_button("Transmettre la fiche")


def test_what_came_in_between_is_refused_with_its_reason(visit: Visit, circle: Circle, moment):
    agree(circle, moment)
    page = visit(circle.pilot).open(circle.url("/transmettre"))
    circle.object(circle.karim, "transmission")
    db.session.commit()
    page = page.press("Transmettre la fiche")
    assert page.status == 422
    assert any("s’oppose à la transmission" in error for error in page.errors)
    assert fresh().query(SubmittedSheet).count() == 0


def test_readings_and_remarks_come_back_and_are_answered(visit: Visit, circle: Circle, moment):
    agree(circle, moment)
    circle.submit()
    review.record_reading(circle.facts, by=circle.person(circle.inspector))
    review.send_remark(circle.facts, text="Et ensuite ?", now=clock.now(), by=circle.person(circle.inspector))
    db.session.commit()
    moment.shift(HOUR)
    page = visit(circle.maud).open(circle.url())
    assert page.says("Une personne de l’inspection l’a ouverte le 19 janvier.")
    assert page.says("Agnès Roussel, inspection, le 19 janvier")
    assert page.says("Et ensuite ?")
    assert not page.has_button("Envoyer la réponse")
    page = visit(circle.pilot).open(circle.url()).press("Envoyer la réponse", text="Voyez avec Maud.")
    assert page.status == 422
    assert any("« Maud »" in error for error in page.errors)
    page = page.press("Envoyer la réponse", text="Nous en reparlons en mars.")
    assert page.path == circle.url()
    assert page.says("Nous en reparlons en mars.")


# Taking it back


def test_withdrawn_it_is_read_by_nobody_and_by_whom_is_not_said(visit: Visit, circle: Circle, moment):
    agree(circle, moment)
    circle.submit()
    db.session.query(Membership).filter_by(user_id=circle.karim.id).one().ends_at = clock.now()
    db.session.commit()
    page = visit(circle.karim).open(circle.url()).follow("Retirer la fiche…")
    assert page.says("Ce retrait ne s’annule pas.")
    page.press("Retirer la fiche")
    page = visit(circle.pilot).open(circle.url())
    assert page.says("Une personne qui était là l’a retirée le 19 janvier.")
    assert not page.says("Karim")
    assert not page.says("Comment dire, alors que tout presse ?")
    paper = visit(circle.pilot).open(circle.url("/fiche.pdf"))
    assert (paper.status, paper.heading) == (410, "Cette fiche n’est plus là")


def test_there_is_nothing_to_withdraw_before_it_is_accepted(visit: Visit, circle: Circle):
    circle.write_and_propose()
    page = visit(circle.karim).open(circle.url())
    assert not page.says("Retirer la fiche")
    page = visit(circle.karim).open(circle.url("/retirer")).press("Retirer la fiche")
    assert page.status == 422
    assert any("rien à retirer" in error for error in page.errors)


def test_lifting_what_is_not_there_is_refused_in_words(visit: Visit, circle: Circle):
    circle.write_and_propose()
    answer = visit(circle.karim).post_json(circle.url("/lever-l-opposition"), {"about": "text"})
    assert answer.status_code == 422
    fresh()
    with pytest.raises(consent.RuleBroken):
        consent.lift_objection(circle.access, about="text", now=clock.now(), by=circle.person(circle.karim))
