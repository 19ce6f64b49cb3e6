"""The inspection reads, marks and remarks; the collective answers; nobody is named."""

import pytest
from flask import Flask

from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent
from collectifs.review import services as review
from collectifs.review.models import ReadingMark
from collectifs.review.permissions import can_review
from collectifs.review.queries.copies import readings_of, remarks_on
from collectifs.sheets.domain.work import MailRemark
from collectifs.sheets.models import ReadingTrace, Remark
from tests import factories
from tests.asked import told
from tests.circle import DAY, HOUR, Circle


@pytest.fixture
def circle(app: Flask, moment) -> Circle:
    circle = Circle()
    circle.write_and_propose()
    moment.shift(6 * DAY)
    circle.submit()
    return circle


def refused(action) -> str:
    with pytest.raises(RuleBroken) as broken:
        action()
    return broken.value.sentence


def remark(circle: Circle, text: str) -> None:
    review.send_remark(circle.facts, text=text, now=clock.now(), by=circle.person(circle.inspector))


def reply(circle: Circle, text: str) -> None:
    review.reply_to_remark(circle.access, text=text, now=clock.now(), by=circle.person(circle.pilot))


def test_each_reading_is_noted_and_shown_once_a_person_and_a_day(circle: Circle, moment):
    first = clock.now()
    for _ in range(2):
        review.record_reading(circle.facts, by=circle.person(circle.inspector))
        moment.shift(HOUR)
    moment.shift(DAY)
    review.record_reading(circle.facts, by=circle.person(circle.inspector))
    assert db.session.query(ReadingTrace).count() == 3
    assert readings_of(circle.copy.id) == [first, clock.now()]


def test_marked_as_read_once(circle: Circle):
    for _ in range(2):
        review.mark_as_read(circle.facts, now=clock.now(), by=circle.person(circle.inspector))
    assert circle.status == "reviewed"
    assert circle.copy.reviewed_by_id == circle.inspector.id
    assert db.session.query(ReadingMark).count() == 1


def test_a_remark_is_sealed_and_every_reader_is_told(circle: Circle):
    remark(circle, "Comment notez-vous les désaccords ?")
    row = db.session.query(Remark).one()
    assert b"saccords" not in row.body
    assert told(MailRemark) == {each.id for each in (circle.pilot, circle.maud, circle.karim, circle.odile)}
    (opened,) = remarks_on(circle.copy.id)
    assert (opened.text, opened.author) == ("Comment notez-vous les désaccords ?", "Agnès Roussel")


@pytest.mark.parametrize("name", ["Les Tilleuls", "L’Estuaire"])
def test_a_remark_names_no_collective_be_it_the_right_one_or_not(circle: Circle, name: str):
    factories.collective(circle.territory, name="L’Estuaire")
    said = refused(lambda: remark(circle, f"Je pense que c’est {name}."))
    assert said == f"Un collectif ne porte ici que son code, et personne n’est nommé : retirez « {name} »."


def test_a_remark_carries_no_address(circle: Circle):
    assert "moi@ac.example" in refused(lambda: remark(circle, "Écrivez à moi@ac.example"))


def test_the_answer_is_the_collectives_and_under_the_key_of_the_thread(circle: Circle, moment):
    remark(circle, "Et ensuite ?")
    moment.shift(HOUR)
    reply(circle, "Nous en reparlons le mois prochain.")
    _, second = remarks_on(circle.copy.id)
    assert (second.author, second.from_inspection) == ("", False)
    assert len({row.key_id for row in db.session.query(Remark)}) == 1
    assert {row.key_id for row in db.session.query(Remark)}.isdisjoint({circle.sheet.key_id, circle.copy.key_id})
    kinds = [event.kind for event in db.session.query(AuditEvent) if event.kind.startswith("remark")]
    assert kinds == ["remark_written", "remark_answered"]


@pytest.mark.parametrize("text", ["Maud vous le dira.", "Voyez avec le collectif Les Tilleuls."])
def test_the_answer_names_nobody(circle: Circle, text: str):
    remark(circle, "Et ensuite ?")
    assert "L’inspection lira cette réponse" in refused(lambda: reply(circle, text))


def test_without_a_remark_there_is_nothing_to_answer(circle: Circle):
    assert "pas de remarque" in refused(lambda: reply(circle, "Bonjour."))


def test_withdrawn_nothing_is_read_nor_answered(circle: Circle):
    remark(circle, "Et ensuite ?")
    person = circle.person(circle.inspector)
    assert can_review(person, circle.facts)
    circle.withdraw(circle.karim)
    assert not can_review(person, circle.facts)
    assert "pas de remarque" in refused(lambda: reply(circle, "Trop tard."))


def test_another_territorys_inspector_does_not_read(circle: Circle):
    from collectifs.people.domain.person import Role

    elsewhere = factories.user("Laurent")
    factories.grant(elsewhere, Role.INSPECTOR, factories.territory("Hautes-Sources"))
    assert not can_review(circle.person(elsewhere), circle.facts)
