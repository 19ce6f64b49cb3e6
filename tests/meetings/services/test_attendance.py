"""Attendance after the room: ticked, corrected with its history, guests; two people at once."""

from datetime import timedelta

import pytest

from collectifs.collectives.models import Membership
from collectifs.kernel import clock
from collectifs.kernel.errors import RuleBroken
from collectifs.kernel.extensions import db
from collectifs.kernel.models import AuditEvent
from collectifs.meetings.domain.attendance import AttendanceState, Mark
from collectifs.meetings.models import Attendance, AttendanceChange, MeetingGuest
from collectifs.meetings.queries.attendance import changes_of, guests_of, roll_of
from collectifs.meetings.queries.meetings import get_meeting
from collectifs.meetings.queries.presences import own_meetings
from collectifs.meetings.queries.season import (
    SeasonTotals,
    meeting_collectives,
    season_hours,
    season_meetings,
    season_totals,
)
from collectifs.meetings.services.attendance import Ticked, save_attendance
from collectifs.people.domain.person import Role
from tests import factories

PRESENT, LATE, ABSENT, UNMARKED = (AttendanceState[name] for name in ("PRESENT", "LATE", "ABSENT", "UNMARKED"))


@pytest.fixture
def here(app):
    return factories.territory("Val-de-Brume")


@pytest.fixture
def collective(here, pilot, maud):
    return factories.collective(here, pilot=pilot, members=[maud])


@pytest.fixture
def held(collective):
    """A meeting of yesterday."""
    return factories.meeting(collective, starts_at=clock.now() - timedelta(days=1))


def save(row, by, **ticked):
    return save_attendance(get_meeting(row.id), Ticked(**ticked), now=clock.now(), by=factories.person(by))


def states(row) -> dict[str, AttendanceState]:
    return {line.given_name: line.state for line in roll_of(get_meeting(row.id))}


def test_a_list_ticked_from_paper_is_kept_with_its_history(held, pilot, maud):
    assert save(held, pilot, members={maud.id: Mark(UNMARKED, LATE), pilot.id: Mark(UNMARKED, UNMARKED)}) == 1
    assert states(held) == {"Maud": LATE, "Hélène": UNMARKED}
    (change,) = changes_of(held.id)
    assert (change.name, change.before, change.after, change.by) == (
        "Maud Le Bihan",
        UNMARKED,
        LATE,
        "Hélène Marchadier",
    )
    events = db.session.query(AuditEvent).filter_by(kind="attendance_saved").all()
    assert [event.object_id for event in events] == [held.id]


def test_a_mark_can_be_taken_back(held, pilot, maud):
    save(held, pilot, members={maud.id: Mark(UNMARKED, PRESENT)})
    save(held, pilot, members={maud.id: Mark(PRESENT, UNMARKED)})
    assert states(held)["Maud"] is UNMARKED
    assert [(each.before, each.after) for each in changes_of(held.id)].count((PRESENT, UNMARKED)) == 1
    assert own_meetings(maud.id, 2026)[0].state is UNMARKED


def test_a_line_that_was_not_touched_keeps_what_somebody_else_noted(held, pilot, maud):
    save(held, pilot, members={pilot.id: Mark(UNMARKED, PRESENT)})
    save(held, pilot, members={pilot.id: Mark(UNMARKED, UNMARKED), maud.id: Mark(UNMARKED, ABSENT)})
    assert states(held) == {"Maud": ABSENT, "Hélène": PRESENT}


def test_saving_the_same_thing_twice_leaves_one_trace(held, pilot, maud):
    for _ in range(2):
        save(held, pilot, members={maud.id: Mark(UNMARKED, PRESENT)})
    assert db.session.query(AttendanceChange).count() == 1
    assert save(held, pilot, members={maud.id: Mark(UNMARKED, PRESENT)}) == 0


def test_nothing_is_ticked_before_the_day_but_guests_may_be_announced(collective, pilot, maud):
    row = factories.meeting(collective, starts_at=clock.now() + timedelta(days=2))
    with pytest.raises(RuleBroken, match="à partir du jour"):
        save(row, pilot, members={maud.id: Mark(UNMARKED, PRESENT)})
    save(row, pilot, guest_name="Solène Rocher", guest_establishment="INSPÉ")
    assert [guest.name for guest in guests_of(row.id)] == ["Solène Rocher"]


def test_a_stranger_to_the_list_cannot_be_ticked(held, pilot):
    stranger = factories.user("Zoé")
    assert save(held, pilot, members={stranger.id: Mark(UNMARKED, PRESENT)}) == 0
    assert db.session.query(Attendance).count() == 0


@pytest.mark.parametrize("role", [Role.MANAGER, Role.INSPECTOR])
def test_the_hierarchy_of_the_territory_or_of_the_academie_is_not_received(app, pilot, role):
    above = factories.territory("Académie")
    below = factories.territory("Département", parent_id=above.id)
    row = factories.meeting(factories.collective(below, pilot=pilot), starts_at=clock.now() - timedelta(days=1))
    for where, name in ((above, "Agnès Roussel"), (below, "Bruno Castaing")):
        factories.grant(factories.user(*name.split()), role, where)
        with pytest.raises(RuleBroken, match="hiérarchie de ce territoire"):
            save(row, pilot, guest_name=name.upper())
    assert db.session.query(MeetingGuest).count() == 0


def test_the_hierarchy_of_elsewhere_is_a_guest_like_another(held, pilot):
    factories.grant(factories.user("Agnès", "Roussel"), Role.INSPECTOR, factories.territory("Ailleurs"))
    assert save(held, pilot, guest_name="Agnès Roussel") == 1


def test_a_guest_comes_and_goes(held, pilot):
    save(held, pilot, guest_name="Solène Rocher")
    (guest,) = guests_of(held.id)
    save(held, pilot, guests={guest.id: Mark(UNMARKED, PRESENT)})
    assert guests_of(held.id)[0].state is PRESENT
    save(held, pilot, removed=frozenset([guest.id]))
    assert guests_of(held.id) == []


def test_whoever_left_before_is_not_expected_and_whoever_came_after_neither(collective, held, maud):
    gone, late, stays = (factories.user(name) for name in ("Parti", "Tard", "Resté"))
    factories.membership(gone, collective, ends_at=held.starts_at - timedelta(hours=1))
    factories.membership(stays, collective, ends_at=held.ends_at + timedelta(hours=1))
    factories.membership(late, collective, starts_at=held.ends_at + timedelta(hours=1))
    assert set(states(held)) == {"Maud", "Hélène", "Resté"}


def test_whoever_left_as_it_began_or_came_as_it_ended_is_not_expected_either(collective, held):
    gone, late = (factories.user(name) for name in ("Parti", "Tard"))
    factories.membership(gone, collective, ends_at=held.starts_at)
    factories.membership(late, collective, starts_at=held.ends_at)
    assert set(states(held)) == {"Maud", "Hélène"}


def test_leaving_keeps_the_attendance_where_it_was(here, collective, held, pilot, maud):
    save(held, pilot, members={maud.id: Mark(UNMARKED, PRESENT)})
    elsewhere = factories.collective(here, name="L’Estuaire")
    factories.membership(maud, elsewhere, starts_at=clock.now())
    later = factories.meeting(elsewhere, starts_at=clock.now() + timedelta(days=5))
    assert [(each.id, each.state) for each in own_meetings(maud.id, 2026)] == [(held.id, PRESENT), (later.id, UNMARKED)]


def test_a_correction_does_not_take_from_a_former_member_the_right_to_withdraw(held, pilot, maud):
    save(held, pilot, members={maud.id: Mark(UNMARKED, PRESENT)})
    db.session.query(Membership).filter_by(user_id=maud.id).one().ends_at = clock.now()
    with pytest.raises(RuleBroken, match="a quitté le collectif"):
        save(held, pilot, members={maud.id: Mark(PRESENT, ABSENT)})
    save(held, pilot, members={maud.id: Mark(PRESENT, LATE)})
    assert states(held)["Maud"] is LATE


def test_a_season_counts_presences_hours_and_guests_and_nothing_of_elsewhere(here, collective, held, pilot, maud):
    save(held, pilot, members={maud.id: Mark(UNMARKED, LATE), pilot.id: Mark(UNMARKED, PRESENT)}, guest_name="Zoé Lin")
    save(held, pilot, guests={guests_of(held.id)[0].id: Mark(UNMARKED, PRESENT)})
    gone = factories.meeting(collective, number=2, starts_at=clock.now() - timedelta(hours=9))
    gone.cancelled_at = clock.now()
    factories.meeting(factories.collective())
    (row,) = season_meetings([here.id], 2026)
    assert (row.came, row.guests, row.minutes) == (2, 1, 120)
    assert [(each.family_name, each.is_pilot, each.minutes) for each in season_hours([here.id], 2026)] == [
        ("Le Bihan", False, 120),
        ("Marchadier", True, 120),
    ]
    assert season_totals([here.id], 2026, clock.now()) == SeasonTotals(held=1, minutes=120, presences=2)
    assert season_totals([], 2026, clock.now()) == SeasonTotals(0, 0, 0)


def test_the_collectives_of_a_season_are_those_that_meet_found_by_name_or_code(here):
    ids = []
    for code, name in (("E2", "L’Estuaire"), ("P1", "Près-Bois"), ("T3", "Les Tilleuls")):
        collective = factories.collective(here, name=name, code=code)
        factories.meeting(collective)
        ids.append(collective.id)
    factories.collective(here, name="A sans date", code="A")
    factories.meeting(factories.collective(name="Ailleurs"))
    assert meeting_collectives([here.id], 2026) == [ids[2], ids[0], ids[1]]
    assert meeting_collectives([here.id], 2026, "tilleul") == [ids[2]]
    assert meeting_collectives([here.id], 2026, "pres bois") == meeting_collectives([here.id], 2026, "p1") == [ids[1]]
    assert meeting_collectives([here.id], 2026, "sans date") == []
    assert [each.collective_name for each in season_meetings([here.id], 2026, [ids[2], ids[0]])] == [
        "Les Tilleuls",
        "L’Estuaire",
    ]


def test_somebody_who_stood_in_without_being_a_member_finds_the_meeting_they_came_to(held, pilot, collective):
    deputy = factories.user("Corinne", "Lestrade")
    assert own_meetings(deputy.id, 2026) == []
    factories.add(Attendance(meeting_id=held.id, user_id=deputy.id, state="present", marked_at=held.starts_at))
    assert [each.id for each in own_meetings(deputy.id, 2026)] == [held.id]
    assert states(held)["Corinne"] is PRESENT
