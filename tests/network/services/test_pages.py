"""The page of a workshop through its life: written by two hands, agreed to by those who were there, taken back."""

from datetime import timedelta

import pytest
from flask import Flask

from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.jobs.registry import do
from collectifs.kernel.models import Job, JobState
from collectifs.kernel.work import DestroyKey
from collectifs.network.domain.page import page_typed
from collectifs.network.domain.work import MailPageProposed, MailPageWithdrawn
from collectifs.network.queries.own import told_of_registrations
from collectifs.network.queries.pages import (
    agreed_workshop_pages,
    content_left,
    page_left_by,
    workshop_for_token,
)
from collectifs.network.services.attendance import mark_who_came
from collectifs.network.services.pages import (
    Doubted,
    PageConflict,
    lift_page_objection,
    mint_host_link,
    object_to_page,
    propose_page,
    save_page,
    send_host_link,
    take_up_page,
    withdraw_page,
)
from collectifs.people.mails import letters
from collectifs.sheets.domain.life import SheetStatus
from tests import factories
from tests.asked import asked
from tests.eventing import Day

CONTENT = page_typed("Comment ouvrir un entretien ?", "Se taire.\nPoser une question.")


@pytest.fixture
def day(app: Flask, place, moment) -> Day:
    day = Day(place)
    day.people = [day.comes(), day.comes()]
    moment.shift(timedelta(days=21, hours=4))  # the workshop is over
    day.saw(*day.people)
    return day


def page(day: Day):
    db.session.flush()
    found = page_left_by(day.workshop(day.first))
    assert found is not None
    return found


def written(day: Day, content=CONTENT, revision: int = 0):
    save_page(day.workshop(day.first), content, revision, now=clock.now(), by=None)
    return page(day)


def proposed(day: Day):
    propose_page(written(day), sure="", now=clock.now(), by=None)
    return page(day)


def status(day: Day) -> SheetStatus:
    return page(day).status(clock.now())


def test_those_who_were_there_are_asked_and_their_silence_agrees_after_three_school_days(day, place, moment):
    absent = day.choice(day.people[1])
    absent.came_at = None
    assert proposed(day).came == {day.people[0].id}
    assert [each.registration_id for each in asked(MailPageProposed)] == [day.people[0].id]
    assert status(day) is SheetStatus.PROPOSED
    assert agreed_workshop_pages(2026, place.id) == []
    finish_mails()
    moment.move_to(page(day).life.deadline_at, tick=False)
    assert status(day) is SheetStatus.AGREED
    [agreed] = agreed_workshop_pages(2026, place.id)
    assert (agreed.title, agreed.content, agreed.is_lost) == ("Ouvrir un entretien", CONTENT, False)
    assert agreed_workshop_pages(2025, place.id) == []


def finish_mails() -> None:
    """The mails of the proposal left."""
    db.session.query(Job).update({"state": JobState.DONE})
    db.session.commit()


def test_while_a_mail_waits_the_delay_has_no_end(day, moment):
    proposed(day)
    moment.shift(timedelta(days=20))
    assert status(day) is SheetStatus.PROPOSED


def test_one_objection_holds_it_without_a_name_until_it_is_lifted(day, place, moment):
    proposed(day)
    finish_mails()
    who = day.people[0]
    object_to_page(page(day), who.id, "On m’y reconnaît.", now=clock.now())
    object_to_page(page(day), who.id, "On m’y reconnaît trop.", now=clock.now())
    assert len(page(day).objections) == 1
    assert page(day).sentences(clock.now()) == []  # not before 8 h or 18 h
    moment.shift(timedelta(days=10))
    assert status(day) is SheetStatus.PROPOSED
    assert page(day).sentences(clock.now()) == ["On m’y reconnaît trop."]
    assert page(day).objection_of(day.people[1].id) is None
    [told] = told_of_registrations(who.address)
    assert told["mes objections à la page d’un atelier"] == ["On m’y reconnaît trop."]
    lift_page_objection(page(day), who.id)
    assert status(day) is SheetStatus.AGREED
    with pytest.raises(RuleBroken, match="Vous pouvez toujours retirer"):
        object_to_page(page(day), who.id, "", now=clock.now())


def test_written_again_everything_begins_again(day):
    first = proposed(day).page.proposal_id
    object_to_page(page(day), day.people[0].id, "", now=clock.now())
    take_up_page(page(day), now=clock.now(), by=None)
    assert status(day) is SheetStatus.DRAFT
    assert page(day).objections == ()
    propose_page(page(day), sure="", now=clock.now(), by=None)
    assert page(day).page.proposal_id != first
    assert len(asked(MailPageProposed)) == 4


def test_whoever_was_there_takes_it_back_for_good_and_the_others_are_told(day, place, moment):
    proposed(day)
    finish_mails()
    moment.shift(timedelta(days=10))
    withdraw_page(page(day), now=clock.now())
    assert status(day) is SheetStatus.WITHDRAWN
    assert content_left(page(day)).is_blank
    assert DestroyKey(page(day).page.key_id) in asked(DestroyKey)
    assert len(asked(MailPageWithdrawn)) == 2
    assert agreed_workshop_pages(2026, place.id) == []
    with pytest.raises(RuleBroken, match="retirée"):
        written(day, revision=1)


def test_two_hands_never_write_over_one_another(day):
    written(day)
    with pytest.raises(PageConflict):
        written(day)
    assert written(day, page_typed("Autre ?", "Oui."), revision=1).page.revision == 2


def test_a_passage_that_may_tell_is_asked_about_once_for_this_very_text(day):
    content = page_typed("Comment faire ?", "Demander à la professeure de breton.")
    written(day, content)
    with pytest.raises(Doubted) as asked_about:
        propose_page(page(day), sure="", now=clock.now(), by=None)
    assert asked_about.value.passages
    with pytest.raises(Doubted):
        propose_page(page(day), sure=CONTENT.digest(), now=clock.now(), by=None)
    propose_page(page(day), sure=content.digest(), now=clock.now(), by=None)
    assert status(day) is SheetStatus.PROPOSED


def test_somebody_who_had_a_place_is_not_named(day):
    written(day, page_typed("Comment faire ?", "Comme Solène, attendre."))
    with pytest.raises(RuleBroken, match="retirez ce qui fait reconnaître"):
        propose_page(page(day), sure="", now=clock.now(), by=None)


def test_a_presence_noted_late_is_asked_too_with_a_whole_delay(day, moment):
    day.choice(day.people[1]).came_at = None
    before = proposed(day).page.deadline_at
    moment.shift(timedelta(days=1))
    everybody = {each.id for each in day.people}
    mark_who_came(day.workshop(day.first), everybody, shown=everybody, now=clock.now(), by=None)
    assert [each.registration_id for each in asked(MailPageProposed)] == [day.people[0].id, day.people[1].id]
    assert page(day).page.deadline_at > before


def test_the_mail_leaves_while_the_page_is_proposed_and_never_for_a_former_text(day, monkeypatch):
    sent = []
    monkeypatch.setattr(letters, "deliver", sent.append)
    proposed(day)
    former = asked(MailPageProposed)[0]
    do(former)
    assert len(sent) == 1
    assert CONTENT.question not in sent[0].as_string()
    take_up_page(page(day), now=clock.now(), by=None)
    do(former)
    assert len(sent) == 1


def test_the_link_of_a_former_host_opens_no_more(day, sylvie):
    by = factories.person(sylvie)
    send_host_link(day.workshop(day.first), "Maëlle Aubry", "maelle@academie.example", by=by)
    token = mint_host_link(day.first, now=clock.now())
    assert workshop_for_token(token) is not None
    send_host_link(day.workshop(day.first), "Maëlle Aubry", "Maelle@academie.example", by=by)
    assert workshop_for_token(token) is not None
    send_host_link(day.workshop(day.first), "Karim Benali", "karim@academie.example", by=by)
    assert workshop_for_token(token) is None
