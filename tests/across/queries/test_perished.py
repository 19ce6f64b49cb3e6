"""What has perished and still lies there: from which instant on, and what was tidied up already left out."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask

from collectifs.across.queries import perished as found
from collectifs.collectives.models import Collective, Meeting, MembershipProposal
from collectifs.kernel import clock, vault
from collectifs.kernel.extensions import db
from collectifs.kernel.models import ERASED
from collectifs.kernel.vault.texts import seal_text
from collectifs.network.models import RelayMessage
from collectifs.people.models import DataCopy, User
from collectifs.sheets.models import Remark, SheetProposal, SheetVersion, SubmittedSheet
from collectifs.sheets.queries.sheets import sheet_of_meeting
from tests import directing, eventing, factories
from tests.circle import Circle
from tests.eventing import Day
from tools.bench_pages import counted

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def met(ago: timedelta, **values: object) -> Meeting:
    """A meeting that ended so long ago."""
    ends = clock.now() - ago
    return factories.meeting(factories.collective(), starts_at=ends - timedelta(hours=2), ends_at=ends, **values)


def put(of: Meeting, **values: object) -> SheetProposal:
    """Its sheet, put to the collective for three days to come."""
    sheet, now = sheet_of_meeting(of.id), clock.now()
    version = factories.add(
        SheetVersion(
            id=uuid4(), key_id=sheet.key_id, sheet_id=sheet.id, number=1, digest="", body=ERASED,
            cut_at=now, cut_by_id=db.session.get_one(Collective, of.collective_id).created_by_id,
        )
    )  # fmt: skip
    usual = {"proposed_at": now - DAY, "deadline_at": now + 3 * DAY, "asks_transmission": True}
    return factories.add(SheetProposal(sheet_id=sheet.id, version_id=version.id, **(usual | values)))


@pytest.mark.parametrize(
    ("ago", "proposal", "is_tidied", "is_over"),
    [
        (30 * DAY - SECOND, None, False, False),
        (30 * DAY, None, False, True),
        (30 * DAY, None, True, False),
        (DAY, {}, False, False),
        (DAY, {"deadline_at": "now"}, False, True),
        (DAY, {"deadline_at": "now"}, True, False),
        (DAY, {"deadline_at": "now", "lapsed_at": "now"}, False, False),
        (DAY, {"everybody_agreed_at": "now"}, False, True),
    ],
)
def test_notes_are_over_after_thirty_days_or_once_the_sheet_is_agreed(app: Flask, ago, proposal, is_tidied, is_over):
    now = clock.now()
    row = met(ago, notes_perished_at=now if is_tidied else None)
    if proposal is not None:
        put(row, **dict.fromkeys(proposal, now))
    assert found.meetings_with_notes_over(now) == ([row] if is_over else [])


def test_agreed_sheets_are_looked_up_at_once_however_many_there_are(app: Flask):
    asked = []
    for number in (1, 4):
        for _ in range(number):
            put(met(DAY), deadline_at=clock.now())
        db.session.expire_all()
        with counted() as seen:
            found.meetings_with_notes_over(clock.now())
        asked.append(len(seen))
    assert asked[0] == asked[1] <= 3
    assert len(found.meetings_with_notes_over(clock.now())) == 5


def submitted(of: Meeting, ago: timedelta, **values: object) -> SubmittedSheet:
    """The copy of its sheet that the inspection received so long ago."""
    sheet, where = sheet_of_meeting(of.id), db.session.get_one(Collective, of.collective_id)
    usual = {"season": 2026, "collective_code": "C1", "month": clock.now().date(), "version_number": 1}
    usual |= {"submitted_at": clock.now() - ago, "submitted_by_id": where.created_by_id}
    row = SubmittedSheet(id=uuid4(), sheet_id=sheet.id, territory_id=where.territory_id, key_id=vault.make_key())
    for name, value in (usual | values).items():
        setattr(row, name, value)
    if row.body is None:
        seal_text(row, SubmittedSheet.body, factories.content().to_json())
    return factories.add(row)


@pytest.mark.parametrize(
    ("met_ago", "submitted_ago", "values", "is_over"),
    [
        (365 * DAY - SECOND, None, {}, False),
        (365 * DAY, None, {}, True),
        (365 * DAY, None, {"draft": ERASED}, False),
        (40 * DAY, 30 * DAY - SECOND, {}, False),
        (40 * DAY, 30 * DAY, {}, True),
        (40 * DAY, 30 * DAY, {"draft": ERASED}, False),
        (40 * DAY, 30 * DAY, {"reopened_at": "now"}, False),  # a new version is being written
        (366 * DAY, 29 * DAY, {}, False),  # it was submitted since
    ],
)
def test_drafts_live_a_year_or_thirty_days_past_their_submission(app: Flask, met_ago, submitted_ago, values, is_over):
    now, row = clock.now(), met(met_ago)
    sheet = sheet_of_meeting(row.id)
    for name, value in values.items():
        setattr(sheet, name, now if value == "now" else value)
    if submitted_ago is not None:
        submitted(row, submitted_ago)
    db.session.flush()
    assert found.sheets_with_drafts_over(now) == ([sheet] if is_over else [])


@pytest.mark.parametrize(
    ("today", "is_over"), [(date(2027, 8, 31), False), (date(2027, 9, 1), True), (date(2028, 1, 1), True)]
)
def test_what_is_of_a_season_ends_with_it(collective: Collective, maud: User, today: date, is_over: bool) -> None:
    row = factories.situation(collective, maud)
    collective.series_key_id = vault.make_key()
    proposed = factories.add(
        MembershipProposal(
            collective_id=collective.id, given_name="Inès", family_name="Roux", address="i@ac.example",
            proposed_by_id=maud.id, proposed_at=clock.now(),
        )
    )  # fmt: skip
    factories.collective(season=2020)  # nothing was said there
    assert found.situations_over(today) == ([row] if is_over else [])
    assert found.series_over(today) == ([collective] if is_over else [])
    assert found.proposals_over(today) == ([proposed] if is_over else [])
    proposed.address, collective.series_key_id = "", None
    db.session.flush()
    assert (found.proposals_over(today), found.series_over(today)) == ([], [])


@pytest.mark.parametrize(
    ("submitted_at", "is_over"),
    [
        (datetime(2022, 1, 13, 23, tzinfo=UTC), True),
        (datetime(2022, 1, 14, 1, tzinfo=UTC), False),
        (datetime(2021, 6, 1, tzinfo=UTC), True),
    ],
)
def test_a_submitted_copy_lives_five_years_to_the_day(app: Flask, submitted_at: datetime, is_over: bool) -> None:
    row = submitted(met(DAY), clock.now() - submitted_at)
    assert found.copies_over(clock.now()) == ([row] if is_over else [])
    assert found.overdue(clock.now()).copies == ([row] if is_over else [])
    row.body = ERASED
    db.session.flush()
    assert found.copies_over(clock.now()) == []


@pytest.mark.parametrize(
    ("today", "is_over"), [(date(2028, 8, 31), False), (date(2028, 9, 1), True), (date(2029, 1, 1), True)]
)
def test_remarks_live_a_year_past_their_season(app: Flask, today: date, is_over: bool) -> None:
    copy = submitted(met(DAY), DAY)
    row = Remark(id=uuid4(), submitted_id=copy.id, author_id=copy.submitted_by_id, from_inspection=True)
    row.key_id, row.written_at = vault.make_key(), clock.now()
    seal_text(row, Remark.body, "Merci.")
    factories.add(row)
    assert found.remarks_over(today) == ([row] if is_over else [])
    row.body = ERASED
    db.session.flush()
    assert found.remarks_over(today) == []


@pytest.mark.parametrize(("ago", "is_over"), [(7 * DAY, False), (7 * DAY + SECOND, True)])
def test_a_copy_of_ones_data_lives_seven_days(maud: User, ago: timedelta, is_over: bool) -> None:
    row = factories.add(DataCopy(user_id=maud.id, asked_at=clock.now() - ago, key_id=vault.make_key(), body=ERASED))
    assert found.data_copies_over(clock.now()) == ([row] if is_over else [])


def test_what_is_over_is_counted_by_what_ended_it_and_a_thread_once() -> None:
    one, other = Remark(key_id="a"), Remark(key_id="b")
    lists = [[object()] * number for number in (1, 2, 3, 4, 5)]
    meetings, sheets, copies, situations, collectives = lists
    data_copies, exports, calls, pages, interviews, notes, evaluations = ([object()] * 6 for _ in range(7))
    over = found.Overdue(
        meetings, sheets, copies, situations, collectives, [one, one, other], [], data_copies, exports, calls, pages,
        interviews, notes, evaluations,
    )  # fmt: skip
    assert over.dated == 1 + 2 + 3 + 6 + 6
    assert over.seasonal == 4 + 5 + 6 + 6 + 2 + 6 + 6 + 6


def test_a_key_is_needed_as_long_as_a_text_under_it_lives(circle: Circle) -> None:
    key = circle.meeting.key_id
    assert key in found.needed_keys()
    assert circle.sheet.key_id in found.needed_keys()
    day = Day(circle.territory)
    page, copy = eventing.page(day.first), submitted(circle.meeting, DAY)
    relay = directing.relay(circle.territory)
    message = RelayMessage(id=uuid4(), relay_id=relay.id, key_id=vault.make_key(), written_at=clock.now())
    seal_text(message, RelayMessage.body, "Bonjour.")
    factories.add(message)
    keys = {key, circle.sheet.key_id, page.key_id, copy.key_id, message.key_id}
    assert keys <= found.needed_keys()
    circle.meeting.notes_perished_at = clock.now()
    circle.sheet.draft = page.body = copy.body = message.body = ERASED
    db.session.flush()
    assert not keys & found.needed_keys()
