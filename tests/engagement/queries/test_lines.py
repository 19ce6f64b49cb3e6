"""What the data attest of somebody: each kind of line, its day on the clocks of the place, until when."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from collectifs.collectives.models import Pilotship
from collectifs.engagement.domain.lines import EngagementLine, LineKind
from collectifs.engagement.models import ChosenLine, Engagement
from collectifs.engagement.queries import lines as found
from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.attendance import AttendanceState
from collectifs.meetings.models import Attendance
from collectifs.network.models import SlotChoice, Workshop
from collectifs.people.models import Territory, User
from tests import booking, eventing, factories, notebooks
from tests.eventing import Day

TODAY, LATER = date(2027, 1, 13), date(2027, 6, 30)
LAST = date(2027, 8, 31)
DAY = timedelta(days=1)
LATE = datetime(2026, 12, 5, 23, 30, tzinfo=UTC)  # the next day in Paris


def lines(who: User, today: date = TODAY) -> list[tuple[str, date, int, date | None]]:
    return [(each.kind.value, each.day, each.minutes, each.until) for each in found.lines_of(who.id, today)]


# ---------- Meetings and roles ----------


@pytest.mark.parametrize(
    ("state", "is_cancelled", "is_attested"),
    [
        (AttendanceState.PRESENT, False, True),
        (AttendanceState.LATE, False, True),
        (AttendanceState.EXCUSED, False, False),
        (AttendanceState.ABSENT, False, False),
        (AttendanceState.PRESENT, True, False),
    ],
)
def test_a_meeting_that_was_held_is_attested_of_whoever_came(place, maud, state, is_cancelled, is_attested) -> None:
    row = factories.collective(place, members=[maud])
    meeting = factories.meeting(row, starts_at=LATE, cancelled_at=clock.now() if is_cancelled else None)
    marked = {"state": state, "marked_at": clock.now()}
    factories.add(Attendance(meeting_id=meeting.id, user_id=maud.id, **marked))
    factories.add(Attendance(meeting_id=factories.meeting(row, number=2).id, user_id=row.created_by_id, **marked))
    assert lines(maud) == ([("meeting", date(2026, 12, 6), 120, None)] if is_attested else [])
    assert lines(maud, date(2026, 12, 5)) == []  # not yet


@pytest.mark.parametrize(
    ("ends_on", "today", "until"),
    [
        (None, TODAY, TODAY),
        (date(2027, 1, 10), TODAY, date(2027, 1, 10)),
        (None, date(2028, 1, 1), LAST),
        (date(2027, 9, 15), date(2028, 1, 1), LAST),
    ],
)
def test_a_collective_is_led_until_today_its_relay_or_the_end_of_its_season(place, maud, ends_on, today, until) -> None:
    row = factories.collective(place, pilot=maud)
    (role,) = db.session.query(Pilotship).filter_by(user_id=maud.id)
    role.ends_on = ends_on
    factories.collective(place)
    assert lines(maud, today) == [("pilot", date(2026, 11, 4), 0, until)]
    assert row.season == 2026


def test_a_role_that_ended_before_it_began_is_none(place: Territory, maud: User) -> None:
    factories.collective(place, pilot=maud)
    (role,) = db.session.query(Pilotship).filter_by(user_id=maud.id)
    role.ends_on = role.starts_on
    assert lines(maud) == [("pilot", role.starts_on, 0, role.starts_on)]
    role.ends_on -= DAY
    assert lines(maud) == []


def test_a_meeting_led_in_somebodys_place_is_a_line_of_its_own(place: Territory, maud: User) -> None:
    factories.deputy(factories.meeting(factories.collective(place)), maud)
    assert lines(maud) == [("deputy", TODAY, 0, TODAY)]


# ---------- Workshops ----------


@pytest.fixture
def day(app: Flask, place: Territory) -> Day:
    """A day of December, its slot late enough to be on another day in Paris."""
    day = Day(place)
    day.slot.starts_at, day.slot.ends_at = LATE, LATE + timedelta(minutes=90)
    return day


def sits(day: Day, where: Workshop, address: str, came: bool = True) -> None:
    row, at = eventing.registration(day.event, address=address), clock.now()
    has = {"seat_id": where.id, "came_at": at if came else None, "first_at": at, "second_at": at}
    factories.add(SlotChoice(registration_id=row.id, slot_id=day.slot.id, **has))


def test_a_workshop_is_attested_of_whoever_the_door_saw_by_their_address(day: Day, maud: User, helene: User) -> None:
    sits(day, day.first, maud.address)
    sits(day, day.first, helene.address, came=False)
    assert lines(maud) == [("workshop", date(2026, 12, 6), 90, None)]
    assert lines(helene) == []


@pytest.mark.parametrize(
    ("somebody_came", "workshop_goes", "day_goes", "is_attested"),
    [(True, False, False, True), (False, False, False, False), (True, True, False, False), (True, False, True, False)],
)
def test_a_workshop_that_was_led_is_attested_once_somebody_was_there(
    day: Day, maud: User, somebody_came, workshop_goes, day_goes, is_attested
) -> None:
    day.first.host_address, day.second.host_address = maud.address, "autre@ac.example"
    sits(day, day.first, "s@ac.example", came=somebody_came)
    sits(day, day.second, "d@ac.example")
    day.first.cancelled_at = clock.now() if workshop_goes else None
    day.event.cancelled_at = clock.now() if day_goes else None
    db.session.flush()
    assert lines(maud) == ([("host", date(2026, 12, 6), 90, None)] if is_attested else [])


# ---------- Books ----------


@pytest.mark.parametrize(
    ("values", "pages"),
    [
        ({}, 2),
        ({"printed_at": None}, 1),
        ({"withdrawn_at": "now"}, 1),
        ({"set_aside_at": "now"}, 1),
        ({"printed_at": "tomorrow"}, 1),
    ],
)
def test_a_book_is_one_line_with_the_pages_that_stand_in_it(place, maud, helene, values, pages) -> None:
    book, at = booking.book(place), {"now": clock.now(), "tomorrow": clock.now() + DAY, None: None}
    first = booking.page(book, printed_at=LATE)
    second = booking.page(book, **({"printed_at": clock.now()} | {key: at[value] for key, value in values.items()}))
    of_others = booking.page(book, printed_at=LATE - DAY)
    for entry in (first, second):
        booking.asked(entry, maud)
    booking.asked(of_others, helene)
    (line,) = found.lines_of(maud.id, TODAY)
    assert line == EngagementLine(LineKind.BOOK, f"book:{book.id}", date(2026, 12, 6), pages=pages)
    assert found.lines_of(maud.id, date(2026, 12, 4)) == []


# ---------- Tutoring ----------


@pytest.mark.parametrize(
    ("left_at", "today", "until"),
    [
        (None, LATER, LATER),
        (datetime(2027, 3, 1, 12, tzinfo=UTC), LATER, date(2027, 3, 1)),
        (None, date(2027, 10, 1), LAST),
        (datetime(2027, 3, 1, 12, tzinfo=UTC), date(2027, 2, 1), date(2027, 2, 1)),
    ],
)
def test_a_notebook_is_kept_until_one_leaves_or_its_season_ends(place, maud, helene, left_at, today, until) -> None:
    programme = notebooks.programme(place, helene)
    notebooks.notebook(programme, maud, left_at=left_at)
    notebooks.notebook(programme, factories.user())
    assert lines(maud, today) == [("tutoring", TODAY, 0, until)]
    assert lines(helene, today) == [("head", TODAY, 0, min(today, LAST))]


def test_lines_come_by_day_whatever_they_attest(place: Territory, maud: User) -> None:
    factories.collective(place, pilot=maud)
    notebooks.notebook(notebooks.programme(place), maud)
    factories.deputy(factories.meeting(factories.collective(place)), maud)
    assert [kind for kind, *_ in lines(maud)] == ["pilot", "deputy", "tutoring"]


# ---------- Attestations ----------


def an_engagement(who: User, code: str = "k7mq2rpd9xvt", **values: object) -> Engagement:
    return factories.add(
        Engagement(user_id=who.id, **({"season": 2026, "code": code, "made_at": clock.now()} | values))
    )


def test_an_attestation_says_the_lines_that_were_chosen_and_still_hold(place: Territory, maud: User) -> None:
    factories.collective(place, pilot=maud)
    notebooks.notebook(notebooks.programme(place), maud)
    row = an_engagement(maud)
    pilot, tutoring = found.lines_of(maud.id, TODAY)
    for key in (pilot.key, "meeting:gone"):
        factories.add(ChosenLine(engagement_id=row.id, key=key, kind=LineKind.PILOT))
    factories.add(ChosenLine(engagement_id=an_engagement(maud, "autre").id, key=tutoring.key, kind=LineKind.TUTORING))
    assert found.attested_in(row) == [pilot]
    assert found.how_many_chosen(row) == 2


def test_attestations_of_somebody_come_latest_first(maud: User, helene: User) -> None:
    old, new = an_engagement(maud, "vieux", made_at=clock.now() - DAY), an_engagement(maud, "neuf")
    other = an_engagement(helene, "autre", season=2025)
    assert found.engagements_of(maud.id) == [new, old]
    access = found.get_engagement(other.id)
    assert (access.id, access.user_id) == (other.id, helene.id)
    assert found.get_engagement(maud.id) is None
    assert found.engagement_ids_before(2026) == [other.id]
    assert found.engagement_ids_before(2025) == []


def test_a_code_opens_with_the_name_that_the_paper_bears_and_with_no_other(maud: User, helene: User) -> None:
    row = an_engagement(maud)
    an_engagement(helene, "autre")
    assert found.engagement_checked("k7mq2rpd9xvt", "LE BIHAN maud") is row
    for code, name in (("k7mq2rpd9xvt", "Hélène Marchadier"), ("perdu", "Maud Le Bihan"), ("", "Maud Le Bihan")):
        assert found.engagement_checked(code, name) is None
    assert found.code_is_taken("autre") is True
    assert found.code_is_taken("perdu") is False
