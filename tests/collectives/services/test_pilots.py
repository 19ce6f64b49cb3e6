"""Pilots are people: together, in turn, for one meeting; the private lane never passes."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from collectifs.collectives.domain.work import MailInvitation, MailPilotshipEnded, MailPilotshipNamed, MailPilotshipTold
from collectifs.collectives.models import CharterConsent, Collective, Membership, Pilotship
from collectifs.collectives.permissions import can_enter_collective
from collectifs.collectives.queries.collectives import open_membership
from collectifs.collectives.queries.pilots import possible_pilots
from collectifs.collectives.services.collectives import leave_collective
from collectifs.collectives.services.pilots import follow_meeting, hand_over
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent
from collectifs.kernel.text.typography import short_date
from collectifs.kernel.work import Mail
from collectifs.meetings.permissions import can_read_situation
from collectifs.meetings.queries.situations import get_situation, reader_ids_of, situation_rows, situations_for
from collectifs.meetings.services.situations import choose_situation
from collectifs.people.domain.person import Role
from collectifs.people.models import User
from collectifs.sheets.permissions import can_see_sheet, can_write_sheet
from collectifs.sheets.queries.sheets import get_sheet, sheet_of_meeting
from tests import factories
from tests.asked import asked
from tests.pilots import Circle


@pytest.fixture
def circle(place, helene, maud, sylvie) -> Circle:
    odile = factories.user("Odile", "Ferrand")
    made = factories.collective(place, pilot=helene, members=[maud, odile], name="Les Tilleuls")
    return Circle(place, helene, maud, odile, sylvie, made, factories.meeting(made))


def told(kind: type[Mail]) -> list[tuple[UUID, str]]:
    return sorted((mail.user_id, mail.because.value if hasattr(mail, "because") else "") for mail in asked(kind))


def accept(who: User, where: Collective) -> None:
    factories.add(CharterConsent(user_id=who.id, collective_id=where.id, version=1, accepted_at=clock.now()))


def known(address: str) -> User:
    return db.session.scalars(select(User).where(User.address == address)).one()


def refused(act) -> RuleBroken:
    with pytest.raises(RuleBroken) as caught:
        act()
    return caught.value


# Piloting together


def test_two_people_pilot_with_the_same_rights_and_the_members_know(circle):
    circle.add_pilot(circle.maud)
    assert circle.pilots(circle.maud)
    assert circle.pilots(circle.helene)
    assert told(MailPilotshipNamed) == [(circle.maud.id, "co_pilot")]
    assert told(MailPilotshipTold) == [(circle.odile.id, "co_pilot")]
    assert "co_pilot_named" in set(db.session.scalars(select(AuditEvent.kind)))


def test_somebody_from_outside_becomes_a_member_and_the_charter_comes_first(circle):
    circle.add_pilot("Basile NOUR <basile@a.example>")
    basile = known("basile@a.example")
    assert open_membership(basile.id, circle.collective.id).ends_at is None
    assert can_enter_collective(factories.person(basile), circle.access)
    assert not circle.pilots(basile)
    accept(basile, circle.collective)
    assert circle.pilots(basile)
    assert {because for _, because in told(MailPilotshipTold)} == {"co_pilot_joins"}
    assert asked(MailInvitation) == []


def test_a_co_pilot_stops_at_once_and_stays_a_member(circle):
    row = circle.add_pilot(circle.maud)
    circle.end(row)
    assert not circle.pilots(circle.maud)
    assert can_enter_collective(factories.person(circle.maud), circle.access)
    assert told(MailPilotshipEnded) == [(circle.maud.id, "")]


def test_nobody_is_named_twice(circle):
    refusal = refused(lambda: circle.add_pilot(circle.helene))
    assert (refusal.sentence, refusal.field) == ("Cette personne pilote déjà ce collectif.", "person")


@pytest.mark.parametrize("role", [Role.MANAGER, Role.INSPECTOR])
@pytest.mark.parametrize("act", ["add_pilot", "pass_on", "stand_in"])
def test_the_hierarchy_of_the_territory_is_refused_in_words(circle, role, act):
    agnes = factories.user("Agnès", "Roussel", address="agnes@a.example")
    factories.grant(agnes, role, circle.place)
    refusal = refused(lambda: getattr(circle, act)("Agnès ROUSSEL <agnes@a.example>"))
    assert "Agnès Roussel appartient à la hiérarchie de ce territoire" in refusal.sentence
    assert refusal.field == "who"
    assert open_membership(agnes.id, circle.collective.id) is None


def test_a_qualification_is_never_asked_for_and_only_those_who_manage_see_the_vivier(circle):
    basile = factories.user("Basile", "Nour")
    role = factories.grant(basile, Role.PILOT, circle.place)
    role.qualification = "PEMF"
    db.session.flush()
    mine = [(each.name, each.about) for each in possible_pilots(circle.here, with_vivier=False)]
    assert mine == [("Odile Ferrand", "membre"), ("Maud Le Bihan", "membre")]
    theirs = [(each.name, each.about) for each in possible_pilots(circle.here, with_vivier=True)]
    assert theirs == [*mine, ("Basile Nour", "vivier, PEMF")]


# Handing over


def test_a_relay_passes_from_one_day_to_the_next_with_no_gap(circle, moment):
    circle.pass_on(circle.maud, days=5)
    assert (circle.pilots(circle.helene), circle.pilots(circle.maud)) == (True, False)
    moment.shift(timedelta(days=5))
    assert (circle.pilots(circle.helene), circle.pilots(circle.maud)) == (False, True)
    assert can_enter_collective(factories.person(circle.helene), circle.access)


def test_a_relay_of_today_holds_at_once(circle):
    circle.pass_on(circle.maud)
    assert (circle.pilots(circle.helene), circle.pilots(circle.maud)) == (False, True)
    assert told(MailPilotshipNamed) == [(circle.maud.id, "hand_over")]
    assert told(MailPilotshipTold) == [(circle.odile.id, "hand_over")]
    assert told(MailPilotshipEnded) == []  # she did it herself


def test_a_manager_hands_over_for_a_pilot_who_is_ill_and_she_is_told(circle):
    circle.pass_on(circle.maud, by=circle.sylvie)
    assert circle.pilots(circle.maud)
    assert told(MailPilotshipEnded) == [(circle.helene.id, "")]


def test_what_a_pilot_read_and_wrote_passes(circle):
    situation = factories.situation(circle.collective, circle.odile)
    circle.pass_on(circle.maud)
    maud, helene = factories.person(circle.maud), factories.person(circle.helene)
    sheet = get_sheet(sheet_of_meeting(circle.meeting.id).id)
    assert can_write_sheet(maud, sheet)
    assert not can_see_sheet(helene, sheet)
    assert can_read_situation(maud, get_situation(situation.id))
    assert not can_read_situation(helene, get_situation(situation.id))
    assert (circle.runs(circle.maud), circle.runs(circle.helene)) == (True, False)


def test_a_relay_to_come_is_called_off_and_all_is_as_before(circle, moment):
    row = circle.pass_on(circle.maud, days=5)
    circle.end(row)
    moment.shift(timedelta(days=20))
    assert (circle.pilots(circle.helene), circle.pilots(circle.maud)) == (True, False)
    assert (circle.odile.id, "hand_over_ended") in told(MailPilotshipTold)


def test_only_one_relay_is_planned(circle):
    circle.pass_on(circle.maud, days=5)
    refusal = refused(lambda: circle.pass_on(circle.odile, days=9))
    assert refusal.field == "day"
    assert f"Maud Le Bihan, à partir du {short_date(clock.now().date() + timedelta(days=5))}" in refusal.sentence


def test_a_successor_who_leaves_gives_the_relay_back(circle, moment):
    circle.pass_on(circle.maud, days=5)
    leave_collective(circle.access, now=clock.now(), by=factories.person(circle.maud))
    moment.shift(timedelta(days=20))
    assert circle.pilots(circle.helene)
    assert (circle.helene.id, "hand_over_ended") in told(MailPilotshipTold)


def test_a_pilot_who_is_gone_already_hands_nothing_over(circle):
    circle.pass_on(circle.maud)
    refusal = refused(lambda: circle.pass_on(circle.odile))
    assert refusal.sentence == "Cette personne ne pilote plus ce collectif."


def test_a_collective_that_nobody_pilots_finds_somebody(circle):
    row = db.session.scalars(select(Pilotship)).one()
    row.ends_on = clock.now().date() - timedelta(days=1)
    db.session.flush()
    person = factories.person(circle.sylvie)
    hand_over(circle.here, of=None, to=circle.choose(circle.maud), on=clock.now().date(), now=clock.now(), by=person)
    assert circle.pilots(circle.maud)


# One meeting


def test_a_deputy_runs_one_meeting_and_writes_its_sheet_and_nothing_else(circle):
    other = factories.meeting(circle.collective, number=2, starts_at=clock.now() + timedelta(days=30))
    circle.stand_in(circle.maud)
    maud = factories.person(circle.maud)
    assert circle.runs(circle.maud)
    assert can_write_sheet(maud, get_sheet(sheet_of_meeting(circle.meeting.id).id))
    assert not circle.runs(circle.maud, other)
    assert not can_write_sheet(maud, get_sheet(sheet_of_meeting(other.id).id))
    assert not circle.pilots(circle.maud)
    assert circle.maud.id not in circle.access.pilot_ids
    assert circle.pilots(circle.helene)


def test_a_deputy_reads_what_waits_until_the_room_has_chosen_then_what_was_chosen(circle, moment):
    first = factories.situation(circle.collective, circle.odile, "Choisie")
    second = factories.situation(circle.collective, circle.odile, "Pas choisie")
    circle.stand_in(circle.maud)
    maud = factories.person(circle.maud)
    assert circle.maud.id in reader_ids_of(circle.access)
    assert all(can_read_situation(maud, get_situation(each.id)) for each in (first, second))
    choose_situation(circle.meeting, first.id)
    db.session.flush()
    moment.shift(timedelta(days=1))
    assert can_read_situation(maud, get_situation(first.id))
    assert not can_read_situation(maud, get_situation(second.id))
    assert circle.maud.id not in reader_ids_of(circle.access)
    sent = situation_rows(circle.collective.id)
    seen = situations_for(sent, circle.access, circle.meeting, circle.maud.id)
    assert [each.title for each in seen] == ["Choisie"]
    assert len(situations_for(sent, circle.access, circle.meeting, circle.helene.id)) == 2


def test_a_deputy_from_outside_belongs_until_the_sheet_can_be_written_no_more(circle, moment):
    circle.stand_in("Basile NOUR <basile@a.example>")
    basile = known("basile@a.example")
    assert open_membership(basile.id, circle.collective.id).ends_at == circle.meeting.ends_at + timedelta(days=30)
    assert not circle.runs(basile)  # the charter first
    accept(basile, circle.collective)
    assert circle.runs(basile)
    moment.shift(timedelta(days=29))
    assert can_write_sheet(factories.person(basile), get_sheet(sheet_of_meeting(circle.meeting.id).id))
    moment.shift(timedelta(days=2))
    assert not circle.runs(basile)
    assert not can_enter_collective(factories.person(basile), circle.access)


def test_a_deputy_for_two_meetings_stays_for_the_later_one(circle):
    later = factories.meeting(circle.collective, number=2, starts_at=clock.now() + timedelta(days=28))
    circle.stand_in("Basile NOUR <basile@a.example>")
    basile = known("basile@a.example")
    row = circle.stand_in(basile, meeting=later)
    end = open_membership(basile.id, circle.collective.id)
    assert end.ends_at == later.ends_at + timedelta(days=30)
    circle.end(row)
    assert end.ends_at == circle.meeting.ends_at + timedelta(days=30)


def test_a_deputy_who_becomes_a_pilot_stays(circle):
    circle.stand_in("Basile NOUR <basile@a.example>")
    basile = known("basile@a.example")
    circle.pass_on(basile, days=3)
    assert open_membership(basile.id, circle.collective.id).ends_at is None


def test_everybody_knows_who_runs_it_the_pilot_first(circle):
    circle.stand_in(circle.maud, by=circle.sylvie)
    assert told(MailPilotshipNamed) == [(circle.maud.id, "deputy")]
    assert told(MailPilotshipTold) == sorted((who.id, "deputy") for who in (circle.helene, circle.odile))


def test_another_deputy_takes_the_place_of_the_first(circle):
    circle.stand_in("Basile NOUR <basile@a.example>")
    basile = known("basile@a.example")
    accept(basile, circle.collective)
    circle.stand_in(circle.maud)
    assert (circle.runs(circle.maud), circle.runs(basile)) == (True, False)
    assert not can_enter_collective(factories.person(basile), circle.access)
    assert told(MailPilotshipEnded) == [(basile.id, "")]


def test_the_same_deputy_is_not_named_twice(circle):
    circle.stand_in(circle.maud)
    assert refused(lambda: circle.stand_in(circle.maud)).sentence == "Cette personne anime déjà ce regroupement."


def test_a_deputy_who_cannot_come_says_so_and_the_others_know(circle):
    row = circle.stand_in(circle.maud)
    circle.end(row, by=circle.maud)
    assert not circle.runs(circle.maud)
    ended = [who for who, because in told(MailPilotshipTold) if because == "deputy_ended"]
    assert ended == sorted(who.id for who in (circle.helene, circle.odile))
    assert told(MailPilotshipEnded) == []


def test_a_deputy_who_leaves_is_missed_by_who_pilots_alone(circle):
    circle.stand_in("Basile NOUR <basile@a.example>")
    basile = known("basile@a.example")
    accept(basile, circle.collective)
    leave_collective(circle.access, now=clock.now(), by=factories.person(basile))
    assert not can_enter_collective(factories.person(basile), circle.access)
    ended = [who for who, because in told(MailPilotshipTold) if because == "deputy_ended"]
    assert ended == [circle.helene.id]


def test_a_meeting_that_is_past_finds_no_deputy(circle, moment):
    moment.shift(timedelta(days=2))
    assert "Ce regroupement est passé" in refused(lambda: circle.stand_in(circle.maud)).sentence


def test_a_meeting_that_moves_keeps_its_deputy_and_one_cancelled_lets_them_go(circle):
    circle.stand_in("Basile NOUR <basile@a.example>")
    basile = known("basile@a.example")
    circle.meeting.starts_at += timedelta(days=14)
    circle.meeting.ends_at += timedelta(days=14)
    db.session.flush()
    follow_meeting(circle.meeting, now=clock.now())
    stay = open_membership(basile.id, circle.collective.id)
    assert stay.ends_at == circle.meeting.ends_at + timedelta(days=30)
    circle.meeting.cancelled_at = clock.now()
    db.session.flush()
    follow_meeting(circle.meeting, now=clock.now())
    assert stay.ends_at == clock.now() + timedelta(days=2)


# A collective keeps a pilot


def test_the_last_pilot_neither_leaves_nor_stops(circle):
    row = db.session.scalars(select(Pilotship)).one()
    assert "passez d’abord le relais" in refused(lambda: circle.end(row)).sentence
    person = factories.person(circle.helene)
    assert "prendre le relais" in refused(lambda: leave_collective(circle.access, now=clock.now(), by=person)).sentence


def test_somebody_who_has_not_accepted_the_charter_does_not_count_as_the_other_pilot(circle):
    circle.add_pilot("Basile NOUR <basile@a.example>")
    row = db.session.scalars(select(Pilotship).where(Pilotship.user_id == circle.helene.id)).one()
    assert "passez d’abord le relais" in refused(lambda: circle.end(row)).sentence
    accept(known("basile@a.example"), circle.collective)
    circle.end(row)
    assert not circle.pilots(circle.helene)


def test_a_deputy_is_no_pilot_to_leave_the_collective_to(circle):
    circle.stand_in(circle.maud)
    person = factories.person(circle.helene)
    assert "prendre le relais" in refused(lambda: leave_collective(circle.access, now=clock.now(), by=person)).sentence


def test_whoever_leaves_holds_nothing_any_more(circle):
    circle.add_pilot(circle.maud)
    leave_collective(circle.access, now=clock.now(), by=factories.person(circle.helene))
    assert circle.access.pilot_ids == {circle.maud.id}
    assert len(list(db.session.scalars(select(Membership).where(Membership.user_id == circle.helene.id)))) == 1
