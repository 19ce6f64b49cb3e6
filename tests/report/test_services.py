"""Answering at the end of the season, and the report that comes of it: counted, sealed, frozen, read by whom."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from collectifs.across.services.tidying import tidy
from collectifs.collectives.models import Membership
from collectifs.collectives.queries.collectives import get_collective
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent
from collectifs.people.domain.person import Role
from collectifs.report.domain.questions import QUESTIONS, Answer
from collectifs.report.domain.work import MailQuestionnaire
from collectifs.report.mails.questionnaire import open_questionnaires
from collectifs.report.models import QuestionnaireBox, QuestionnaireReturn, SeasonReport
from collectifs.report.permissions import can_read_report, can_read_reports
from collectifs.report.queries.numbers import season_numbers
from collectifs.report.queries.questionnaire import box_of
from collectifs.report.queries.reports import report_of, territories_of
from collectifs.report.services.questionnaire import send_answers
from tests import factories
from tests.asked import asked, told
from tests.circle import Circle


def on(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


FEAR = QUESTIONS[0]
MAY, JULY, SEPTEMBER = on(2027, 5, 3), on(2027, 7, 1), on(2027, 9, 2)
TICKED = {"fear": [Answer.YES_FULLY]}


@pytest.fixture
def circle(app: Flask, moment) -> Circle:
    circle = Circle()
    moment.move_to(MAY, tick=False)
    return circle


def answer(circle: Circle, who, sentence: str = "", *, sure: bool = False, ticked=None) -> None:
    access = get_collective(circle.collective.id)
    by, now = circle.person(who), clock.now()
    send_answers(access, ticked=ticked or TICKED, sentence=sentence, nobody_told=sure, now=now, by=by)
    db.session.flush()


def refused(circle: Circle, who, sentence: str = "") -> RuleBroken:
    with pytest.raises(RuleBroken) as broken:
        answer(circle, who, sentence)
    return broken.value


def box(circle: Circle):
    return box_of([circle.territory.id], 2026)


def test_what_is_answered_is_added_to_what_others_said(circle: Circle):
    for who in (circle.maud, circle.karim):
        answer(circle, who)
    assert (box(circle).returns, box(circle).count(FEAR, Answer.YES_FULLY)) == (2, 2)


def test_nobody_answers_twice_in_another_collective_of_the_territory_either(circle: Circle):
    answer(circle, circle.maud)
    assert "qu’une fois" in refused(circle, circle.maud).sentence
    other = factories.collective(circle.territory, pilot=circle.pilot, members=[circle.maud], name="Les Ormes")
    factories.meeting(other, starts_at=on(2027, 1, 6))
    db.session.flush()
    access, by = get_collective(other.id), circle.person(circle.maud)
    with pytest.raises(RuleBroken):
        send_answers(access, ticked=TICKED, sentence="", nobody_told=False, now=clock.now(), by=by)
    assert box(circle).returns == 1


def test_nothing_tells_who_answered_what_or_when(circle: Circle):
    before = db.session.query(AuditEvent).count()
    answer(circle, circle.maud, "On se sent moins seul.")
    assert db.session.query(AuditEvent).count() == before
    columns = {column.name for model in (QuestionnaireBox, QuestionnaireReturn) for column in model.__table__.columns}
    assert columns == {"id", "key_id", "territory_id", "season", "body", "user_id"}
    row = db.session.query(QuestionnaireBox).one()
    assert b"moins seul" not in bytes(row.body)


def test_a_sentence_that_names_somebody_is_refused_and_one_that_may_is_asked_about_once(circle: Circle):
    named = refused(circle, circle.maud, "Grâce à Karim Ouadah, j’ai compris.")
    assert (named.field, "Karim" in named.sentence) == ("sentence", True)
    asked = refused(circle, circle.maud, "Camille m’a beaucoup aidée.")
    assert asked.field == "nobody_told"
    assert box(circle).returns == 0
    answer(circle, circle.maud, "Camille m’a beaucoup aidée.", sure=True)
    assert len(box(circle).sentences) == 1


def test_outside_its_time_nothing_is_taken(circle: Circle, moment):
    moment.move_to(JULY, tick=False)
    assert "pas ouvert" in refused(circle, circle.maud).sentence
    moment.move_to(on(2027, 3, 3), tick=False)
    assert "pas ouvert" in refused(circle, circle.maud).sentence


def test_each_member_is_told_once_when_it_opens(circle: Circle, moment):
    moment.move_to(on(2027, 4, 30), tick=False)
    open_questionnaires(now=clock.now())
    assert told(MailQuestionnaire) == set()
    moment.move_to(MAY, tick=False)
    for _ in range(2):
        open_questionnaires(now=clock.now())
        db.session.flush()
    assert told(MailQuestionnaire) == {each.id for each in (circle.pilot, circle.maud, circle.karim, circle.odile)}
    assert len(asked(MailQuestionnaire)) == 4


def test_the_answers_are_read_once_nobody_can_answer_and_the_numbers_are_frozen_that_day(circle: Circle, moment):
    for who in (circle.maud, circle.karim, circle.odile, circle.pilot):
        answer(circle, who)
    assert report(circle).box is None
    moment.move_to(JULY, tick=False)
    tidy(now=clock.now())
    db.session.flush()
    assert report(circle).box.returns == 4
    frozen = report(circle)
    assert (frozen.frozen_at, frozen.numbers.members, frozen.numbers.held) == (JULY, 4, 1)
    moment.move_to(SEPTEMBER, tick=False)
    tidy(now=clock.now())
    db.session.flush()
    assert report(circle).numbers == frozen.numbers
    assert db.session.query(SeasonReport).count() == 1


def report(circle: Circle):
    return report_of(circle.territory, 2026, clock.now(), clock.now().date())


def memberships() -> list[Membership]:
    return db.session.query(Membership).all()


def test_who_began_is_counted_even_when_the_worker_comes_back_after_the_summer(circle: Circle, moment):
    for each in memberships():
        each.tutoring_years = 0
    moment.move_to(SEPTEMBER, tick=False)
    tidy(now=clock.now())
    db.session.flush()
    assert report(circle).numbers.new_tutors == 4
    assert {each.tutoring_years for each in memberships()} == {None}


def test_the_season_is_counted(circle: Circle, moment):
    factories.meeting(circle.collective, number=2, starts_at=on(2027, 5, 20))
    factories.meeting(circle.collective, number=3, starts_at=on(2027, 2, 3), cancelled_at=clock.now())
    db.session.flush()
    numbers = season_numbers([circle.territory.id], 2026, clock.now())
    assert (numbers.collectives, numbers.departments, numbers.pilots, numbers.members) == (1, 1, 1, 4)
    assert (numbers.planned, numbers.held, numbers.cancelled, numbers.presences) == (2, 1, 1, 4)
    assert numbers.minutes == 120
    assert season_numbers([circle.territory.id], 2025, clock.now()).collectives == 0


def test_the_institution_of_the_territory_reads_the_report_and_no_other(circle: Circle):
    manager, stranger = factories.user("Sylvie"), factories.user("Un autre")
    factories.grant(manager, Role.MANAGER, circle.territory)
    factories.grant(stranger, Role.INSPECTOR, factories.territory("Hautes-Sources"))
    readers = [circle.person(who) for who in (manager, circle.inspector, circle.maud, stranger)]
    assert [can_read_report(each, circle.territory) for each in readers] == [True, True, False, False]
    assert [can_read_reports(each) for each in readers] == [True, True, False, True]
    assert territories_of(readers[0]) == [circle.territory]
    assert territories_of(readers[3]) == []
