"""Places: given, waited for, offered, freed; each as people find it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from collectifs.across.services.forgetting import erase_account
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.network.domain.registration import RegistrationState
from collectifs.network.domain.work import (
    MailPlaceOffered,
    MailRegistrationLink,
    MailRegistrationReceived,
    MailRegistrationWithdrawn,
)
from collectifs.network.models import Registration, SlotChoice
from collectifs.network.services.placing import let_offers_lapse
from collectifs.network.services.registrations import (
    Who,
    answer_offer,
    choose_again,
    confirm_registration,
    register,
    withdraw_registration,
)
from tests import factories
from tests.asked import asked
from tests.eventing import Day

DAY = timedelta(days=1)
SOLENE = Who("Solène", "Rocher", "solene@academie.example", "Programme des Embruns")


@pytest.fixture
def day(app: Flask, place) -> Day:
    return Day(place)


def withdraw(day: Day, row: Registration) -> None:
    withdraw_registration(row, day.access, now=clock.now())
    db.session.commit()


def test_a_registration_takes_no_place_before_it_is_confirmed(day: Day) -> None:
    register(day.access, SOLENE, {day.slot.id: (day.first.id, None)}, partner_id=None, now=clock.now())
    row = db.session.query(Registration).one()
    assert row.state is RegistrationState.STARTED
    assert day.seat(row) == ""
    assert asked(MailRegistrationLink) == [MailRegistrationLink(row.id)]
    confirm_registration(row, day.access, now=clock.now())
    assert day.seat(row) == "Ouvrir un entretien"
    confirm_registration(row, day.access, now=clock.now())
    assert asked(MailRegistrationReceived) == [MailRegistrationReceived(row.id)]


def test_the_same_person_again_has_one_registration_and_the_last_wishes(day: Day) -> None:
    for wished in (day.first, day.second):
        register(day.access, SOLENE, {day.slot.id: (wished.id, None)}, partner_id=None, now=clock.now())
    row = db.session.query(Registration).one()
    assert day.choice(row).first_id == day.second.id


def test_whoever_knows_an_address_does_not_change_what_its_person_confirmed(day: Day) -> None:
    register(day.access, SOLENE, {day.slot.id: (day.first.id, None)}, partner_id=None, now=clock.now())
    row = db.session.query(Registration).one()
    confirm_registration(row, day.access, now=clock.now())
    register(day.access, SOLENE, {day.slot.id: (day.second.id, None)}, partner_id=None, now=clock.now())
    assert day.choice(row).first_id == day.first.id


def test_the_second_wish_serves_when_the_first_is_full_and_one_waits_meanwhile(app: Flask, place) -> None:
    day = Day(place, first=1)
    day.comes()
    row = day.comes(second=day.second)
    assert day.seat(row) == "Une visite, trois faits"
    late = day.comes()
    assert day.seat(late) == ""


def test_whoever_withdraws_frees_their_place_at_once_and_the_next_is_offered_it_for_48_hours(app: Flask, place) -> None:
    day = Day(place, first=1)
    first, second, third = day.comes(), day.comes(), day.comes()
    withdraw(day, first)
    assert db.session.query(SlotChoice).filter_by(registration_id=first.id).count() == 0
    assert (day.offer(second), day.offer(third)) == ("Ouvrir un entretien", "")
    assert day.choice(second).offered_until == clock.now() + 2 * DAY
    assert asked(MailPlaceOffered) == [MailPlaceOffered(second.id, day.slot.id)]
    assert asked(MailRegistrationWithdrawn) == [MailRegistrationWithdrawn(first.id)]


def test_a_place_that_is_offered_is_kept_from_newcomers(app: Flask, place) -> None:
    day = Day(place, first=1)
    first, waits = day.comes(), day.comes()
    withdraw(day, first)
    newcomer = day.comes()
    assert day.seat(newcomer) == ""
    answer_offer(waits, day.access, day.slot.id, takes=True, now=clock.now())
    assert (day.seat(waits), day.offer(waits)) == ("Ouvrir un entretien", "")


def test_an_offer_that_is_taken_frees_the_second_wish_for_whoever_waits_for_it(app: Flask, place) -> None:
    day = Day(place, first=1, second=1)
    first, both, waits = day.comes(), day.comes(second=day.second), day.comes(day.second)
    withdraw(day, first)
    answer_offer(both, day.access, day.slot.id, takes=True, now=clock.now())
    assert day.seat(both) == "Ouvrir un entretien"
    assert day.offer(waits) == "Une visite, trois faits"


def test_an_offer_that_is_left_goes_to_the_next_and_the_second_wish_is_kept(app: Flask, place) -> None:
    day = Day(place, first=1)
    first, both, third = day.comes(), day.comes(second=day.second), day.comes()
    withdraw(day, first)
    answer_offer(both, day.access, day.slot.id, takes=False, now=clock.now())
    assert (day.seat(both), day.offer(both)) == ("Une visite, trois faits", "")
    assert day.choice(both).first_id == day.second.id
    assert day.offer(third) == "Ouvrir un entretien"


def test_without_an_answer_in_48_hours_it_goes_to_the_next(app: Flask, place, moment) -> None:
    day = Day(place, first=1)
    first, silent, third = day.comes(), day.comes(), day.comes()
    withdraw(day, first)
    moment.shift(2 * DAY - timedelta(seconds=1))
    let_offers_lapse(now=clock.now())
    assert day.offer(silent) == "Ouvrir un entretien"
    moment.shift(timedelta(seconds=1))
    let_offers_lapse(now=clock.now())
    db.session.commit()
    assert (day.offer(silent), day.offer(third)) == ("", "Ouvrir un entretien")
    with pytest.raises(RuleBroken, match="n’est plus offerte"):
        answer_offer(silent, day.access, day.slot.id, takes=True, now=clock.now())


def test_choosing_again_frees_what_is_left_and_keeps_the_rank_of_what_stays(app: Flask, place, moment) -> None:
    day = Day(place, first=1)
    seated, waits = day.comes(), day.comes()
    since = day.choice(waits).first_at
    moment.shift(timedelta(hours=1))
    choose_again(waits, day.access, {day.slot.id: (day.first.id, day.second.id)}, now=clock.now())
    assert day.seat(waits) == "Une visite, trois faits"
    assert day.choice(waits).first_at == since
    choose_again(seated, day.access, {day.slot.id: (day.second.id, None)}, now=clock.now())
    assert (day.seat(seated), day.offer(waits)) == ("Une visite, trois faits", "Ouvrir un entretien")


def test_a_slot_that_is_left_out_frees_its_place(day: Day) -> None:
    other = Day(day.access.territory)
    row = day.comes()
    with pytest.raises(RuleBroken, match="un atelier au moins"):
        choose_again(row, day.access, {}, now=clock.now())
    with pytest.raises(RuleBroken, match="n’a pas lieu"):
        choose_again(row, day.access, {day.slot.id: (other.first.id, None)}, now=clock.now())


def test_nobody_registers_once_it_is_closed_and_whoever_is_registered_still_chooses(day: Day, moment) -> None:
    row = day.comes()
    moment.shift(20 * DAY)
    with pytest.raises(RuleBroken, match="closes"):
        register(day.access, SOLENE, {day.slot.id: (day.first.id, None)}, partner_id=None, now=clock.now())
    choose_again(row, day.access, {day.slot.id: (day.second.id, None)}, now=clock.now())
    assert day.seat(row) == "Une visite, trois faits"


def test_whoever_erases_their_account_leaves_their_place_to_the_next(app: Flask, place) -> None:
    day = Day(place, first=1)
    user = factories.user("Solène")
    first, waits = day.comes(), day.comes()
    first.address = user.address
    erase_account(user, now=clock.now())
    assert db.session.query(Registration).filter_by(id=first.id).count() == 0
    assert day.offer(waits) == "Ouvrir un entretien"


def test_two_people_may_share_an_address(day: Day) -> None:
    wishes = {day.slot.id: (day.first.id, None)}
    for given in ("Solène", "Nora"):
        register(day.access, replace(SOLENE, given_name=given), wishes, partner_id=None, now=clock.now())
    assert db.session.query(Registration).count() == 2
