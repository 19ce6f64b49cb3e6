"""Objections without a name, the presenter's own yes, and the right to take a sheet back."""

from datetime import timedelta

import pytest
from flask import Flask

from collectifs.collectives.models import Membership
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent
from collectifs.kernel.work import DestroyKey
from collectifs.live.queries.events import notes_are_gone
from collectifs.sheets.domain.life import SheetStatus, about_of
from collectifs.sheets.domain.work import MailSheetWithdrawn
from collectifs.sheets.models import Objection, PresenterAnswer
from collectifs.sheets.permissions import (
    can_answer_as_presenter,
    can_object,
    can_read_sheet,
    can_see_sheet,
    can_withdraw_sheet,
    can_write_sheet,
)
from collectifs.sheets.queries.consent import opened_objections
from collectifs.sheets.queries.sheets import get_sheet_and_presenter, open_submitted, seen_life
from collectifs.sheets.services import consent
from tests import factories
from tests.asked import asked, told
from tests.circle import DAY, HOUR, Circle


@pytest.fixture
def circle(app: Flask) -> Circle:
    circle = Circle()
    circle.presented_by(circle.maud)
    circle.write_and_propose()
    return circle


def refused(action) -> str:
    with pytest.raises(RuleBroken) as broken:
        action()
    return broken.value.sentence


def lift(circle: Circle, who, about: str = "text") -> None:
    consent.lift_objection(circle.access, about=about_of(about), now=clock.now(), by=circle.person(who))


def say(circle: Circle, who, agreed: bool) -> None:
    consent.answer_as_presenter(circle.access, agreed=agreed, now=clock.now(), by=circle.person(who))


def leave(circle: Circle, who) -> None:
    db.session.query(Membership).filter_by(user_id=who.id).one().ends_at = clock.now()


# Objections


def test_one_objection_holds_the_sheet_whatever_the_time(circle: Circle, moment):
    circle.object(circle.karim)
    moment.shift(40 * DAY)
    assert circle.status == "proposed"
    assert not circle.access.life.agreed_at(clock.now())


def test_its_sentence_is_sealed_and_its_audit_row_has_no_actor(circle: Circle):
    circle.object(circle.karim, sentence="On m’y reconnaîtrait.")
    row = db.session.query(Objection).one()
    assert b"reconna" not in row.sentence
    assert row.key_id == circle.sheet.key_id
    event = db.session.query(AuditEvent).filter_by(kind="objection_raised").one()
    assert (event.actor_id, event.object_id) == (None, circle.sheet.id)


def test_said_again_it_replaces_the_sentence(circle: Circle):
    circle.object(circle.karim, sentence="Une phrase.")
    circle.object(circle.karim, sentence="Une autre.")
    (seen,) = opened_objections(circle.access.objections, clock.now())
    assert seen.sentence == "Une autre."


def test_lifted_by_its_author_the_sheet_goes_on(circle: Circle, moment):
    circle.object(circle.karim)
    moment.shift(6 * DAY)
    lift(circle, circle.karim)
    assert circle.status == "agreed"
    assert db.session.query(AuditEvent).filter_by(kind="objection_lifted").one().actor_id is None


def test_nobody_lifts_the_objection_of_another(circle: Circle):
    circle.object(circle.karim)
    assert "Vous ne vous opposez pas" in refused(lambda: lift(circle, circle.odile))


def test_the_text_may_stay_when_only_its_transmission_is_refused(circle: Circle, moment):
    circle.object(circle.karim, "transmission")
    say(circle, circle.maud, True)
    moment.shift(6 * DAY)
    assert circle.status == "agreed"
    assert "s’oppose à la transmission" in refused(circle.submit)


def test_its_transmission_may_be_refused_until_it_has_left(circle: Circle, moment):
    moment.shift(6 * DAY)
    assert "délai" in refused(lambda: circle.object(circle.karim))
    circle.object(circle.karim, "transmission")
    assert circle.access.life.transmission_objections == 1


def test_about_anything_else_it_is_refused(circle: Circle):
    assert "Dites à quoi" in refused(lambda: circle.object(circle.karim, "pilot"))


def test_the_click_is_shown_at_8_or_18_only(circle: Circle, moment):
    def seen() -> int:
        return seen_life(circle.access, clock.now()).text_objections

    circle.object(circle.karim)  # 13 h 50
    moment.shift(timedelta(hours=4))  # 17 h 50
    assert seen() == 0
    moment.shift(timedelta(minutes=10))
    assert seen() == 1


def test_accepted_in_the_room_the_state_shown_does_not_move_at_the_click(app: Flask, moment):
    circle = Circle()
    circle.write_and_propose(accepted_in_room=True)
    circle.object(circle.karim)
    access = circle.access
    assert access.life.status(clock.now()) is SheetStatus.PROPOSED
    assert access.seen_status(clock.now()) is SheetStatus.AGREED
    moment.shift(5 * HOUR)
    assert circle.access.seen_status(clock.now()) is SheetStatus.PROPOSED


def test_the_end_of_the_delay_tells_whether_it_is_held(circle: Circle, moment):
    moment.shift(5 * DAY - timedelta(minutes=20))  # 13 h 30: shown at 18 h, but the delay ends at 13 h 50
    circle.object(circle.karim)
    assert circle.access.seen_status(clock.now()) is SheetStatus.PROPOSED
    moment.shift(timedelta(minutes=20))
    assert circle.access.seen_status(clock.now()) is SheetStatus.PROPOSED
    assert seen_life(circle.access, clock.now()).text_objections == 1


# The presenter


def test_without_the_presenters_yes_it_does_not_leave(circle: Circle, moment):
    moment.shift(6 * DAY)
    assert "La personne qui a exposé" in refused(circle.submit)
    say(circle, circle.maud, False)
    assert "La personne qui a exposé" in refused(circle.submit)
    say(circle, circle.maud, True)
    circle.submit()
    assert circle.status == "submitted"


def test_the_answer_does_not_say_who_presented(circle: Circle):
    say(circle, circle.maud, True)
    assert "user" not in str(PresenterAnswer.__table__.columns.keys())
    assert db.session.query(AuditEvent).filter_by(kind="presenter_answered").one().actor_id is None


def test_nobody_else_may_answer_or_learn_that_the_question_exists(circle: Circle):
    assert "ne vous est pas posée" in refused(lambda: say(circle, circle.karim, True))
    asked = get_sheet_and_presenter(circle.access.sheet.id)
    assert can_answer_as_presenter(circle.person(circle.maud), asked)
    assert not can_answer_as_presenter(circle.person(circle.karim), asked)
    assert not can_answer_as_presenter(circle.person(circle.pilot), asked)


def test_once_it_has_left_the_answer_does_not_change(circle: Circle, moment):
    say(circle, circle.maud, True)
    moment.shift(6 * DAY)
    circle.submit()
    assert "déjà transmise" in refused(lambda: say(circle, circle.maud, False))


# Withdrawing


def test_withdrawn_by_anybody_who_was_there_even_after_leaving(circle: Circle, moment):
    say(circle, circle.maud, True)
    moment.shift(6 * DAY)
    circle.submit()
    leave(circle, circle.karim)
    assert can_withdraw_sheet(circle.person(circle.karim), circle.access)
    circle.withdraw(circle.karim)
    assert circle.status == "withdrawn"
    assert circle.copy.withdrawn_at == clock.now()
    assert circle.copy.body == b""
    assert open_submitted(circle.copy.id) is None
    assert DestroyKey(circle.copy.key_id) in asked(DestroyKey)
    everybody = (circle.pilot, circle.maud, circle.karim, circle.odile)
    assert told(MailSheetWithdrawn) == {each.id for each in everybody}


def test_withdrawn_before_it_left_it_never_leaves(circle: Circle, moment):
    say(circle, circle.maud, True)
    moment.shift(6 * DAY)
    circle.withdraw(circle.odile)
    assert "a été retirée" in refused(circle.submit)
    assert notes_are_gone(circle.meeting, clock.now())


def test_what_nobody_accepted_yet_is_not_withdrawn(circle: Circle):
    assert "rien à retirer" in refused(lambda: circle.withdraw(circle.odile))


def test_agreed_the_notes_are_gone_for_every_reader_before_any_job(circle: Circle, moment):
    assert not notes_are_gone(circle.meeting, clock.now())
    moment.shift(5 * DAY)
    assert circle.meeting.notes_perished_at is None
    assert notes_are_gone(circle.meeting, clock.now())


# Who


def test_who_reads_writes_and_objects(circle: Circle):
    newcomer = factories.user("Samir")
    factories.membership(newcomer, circle.collective, consents=False)
    late = factories.user("Inès")
    factories.membership(late, circle.collective)
    leave(circle, circle.odile)
    outsider = factories.collective(circle.territory).created_by_id
    people = {
        "pilot": circle.pilot,
        "member": circle.karim,
        "joined since": late,
        "left, was there": circle.odile,
        "newcomer": newcomer,
        "inspector": circle.inspector,
        "other pilot": db.session.get(type(circle.pilot), outsider),
    }
    rules = (can_see_sheet, can_read_sheet, can_object, can_withdraw_sheet, can_write_sheet)
    access = circle.access
    let_in = {name: tuple(rule(circle.person(who), access) for rule in rules) for name, who in people.items()}
    assert let_in == {
        "pilot": (True, True, True, True, True),
        "member": (True, True, True, True, False),
        "joined since": (True, True, True, True, False),
        "left, was there": (True, True, True, True, False),
        "newcomer": (False,) * 5,
        "inspector": (False,) * 5,
        "other pilot": (False,) * 5,
    }


def test_a_draft_is_the_pilots_alone(app: Flask):
    circle = Circle()
    circle.write()
    access = circle.access
    assert can_see_sheet(circle.person(circle.pilot), access)
    for who in (circle.maud, circle.karim, circle.inspector):
        assert not can_see_sheet(circle.person(who), access)
        assert not can_withdraw_sheet(circle.person(who), access)
