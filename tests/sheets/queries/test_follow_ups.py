"""Debriefs: on which sheet one opens, what the room may hear, whose words are opened and until when."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from collectifs.collectives.models import Collective, Meeting
from collectifs.kernel import clock, vault
from collectifs.kernel.extensions import db
from collectifs.kernel.models import SealedText
from collectifs.kernel.vault.texts import seal_text
from collectifs.meetings.models import SynthesisSheet
from collectifs.meetings.queries.meetings import get_meeting
from collectifs.people.models import User
from collectifs.sheets.domain.follow_up import CLOSED_FOLLOW_UP, AnswerFollowUp, FollowUpBody, FollowUpState
from collectifs.sheets.domain.sheet import SheetContent
from collectifs.sheets.queries import follow_ups as found
from collectifs.sheets.queries.sheets import SheetAccess, sheet_at
from collectifs.sheets.services.follow_ups import save_follow_up
from tests import factories
from tests.circle import DAY, Circle
from tests.closed import flip

WORDS = FollowUpBody((AnswerFollowUp("a" * 12, 1, FollowUpState.TRIED, "Il a parlé."),))
SHARED = FollowUpBody(WORDS.entries, is_shared=True)


def says(who: User, of: Meeting, body: FollowUpBody = SHARED) -> None:
    save_follow_up(of, body=body, now=clock.now(), by=factories.person(who))
    db.session.flush()


def sheet(of: Meeting) -> SheetAccess:
    db.session.flush()
    return sheet_at(get_meeting(of.id))


def test_who_left_words_about_a_meeting_is_known_and_nothing_of_them_is_opened(app: Flask, collective, maud, helene):
    row, other = factories.meeting(collective), factories.meeting(collective, number=2)
    says(maud, row)
    says(helene, other)
    debrief = found.get_debrief(row.id)
    assert (debrief.meeting.meeting, debrief.author_ids) == (row, {maud.id})
    assert found.get_debrief(maud.id) is None
    assert found.follow_up_row(row.id, maud.id).user_id == maud.id
    assert found.follow_up_row(other.id, maud.id) is None
    assert found.follow_up_row(row.id, helene.id) is None


def test_ones_own_words_come_latest_meeting_first_from_every_collective(collective: Collective, maud, helene) -> None:
    first = factories.meeting(collective, starts_at=clock.now() - 20 * DAY)
    second = factories.meeting(factories.collective(members=[maud]), starts_at=clock.now() - DAY)
    for meeting in (first, second):
        says(maud, meeting)
    says(helene, first, WORDS)
    assert [each.meeting_id for each in found.follow_ups_by(maud.id)] == [second.id, first.id]
    assert found.follow_up_by(first.id, maud.id).body == SHARED
    assert found.follow_up_by(second.id, helene.id) is None
    assert {each.user_id for each in found.follow_ups_in(collective.id)} == {maud.id, helene.id}
    assert len(found.follow_ups_in(collective.id)) == 2


def test_the_room_hears_what_is_shared_and_whoever_came_later_nothing(collective: Collective, maud, helene) -> None:
    meeting = factories.meeting(collective, starts_at=clock.now() - DAY)
    newcomer = factories.user("Inès")
    factories.membership(newcomer, collective, starts_at=clock.now())
    says(maud, meeting)
    says(helene, meeting, WORDS)
    says(maud, factories.meeting(collective, number=2))
    assert found.shared_follow_ups(sheet(meeting), helene.id) == [(SHARED, "Maud")]
    assert found.shared_follow_ups(sheet(meeting), newcomer.id) == []


@pytest.mark.parametrize(
    ("now", "is_read"),
    [(datetime(2027, 8, 31, 12, tzinfo=UTC), True), (datetime(2027, 9, 1, 12, tzinfo=UTC), False)],
)
def test_words_are_read_until_the_last_day_of_the_season(collective, maud, moment, now, is_read) -> None:
    meeting = factories.meeting(collective)
    says(maud, meeting)
    moment.move_to(now, tick=False)
    assert bool(found.follow_up_by(meeting.id, maud.id)) is is_read
    assert bool(found.shared_follow_ups(sheet(meeting), maud.id)) is is_read


def test_words_that_were_erased_are_none_and_words_that_do_not_open_are_told_as_such(collective, maud) -> None:
    meeting = factories.meeting(collective)
    says(maud, meeting)
    row = found.follow_up_row(meeting.id, maud.id)
    row.body = SealedText(flip(bytes(row.body)))
    assert found.follow_up_by(meeting.id, maud.id).body == CLOSED_FOLLOW_UP
    vault.destroy_key(row.key_id)
    assert found.follow_up_by(meeting.id, maud.id) is None


# ---------- On which sheet a debrief opens ----------


def draft(circle: Circle) -> None:
    circle.write()


def proposed(circle: Circle) -> None:
    circle.write_and_propose()


def withdrawn(circle: Circle) -> None:
    circle.write()
    circle.sheet.withdrawn_at = clock.now()


def given_up(circle: Circle) -> None:
    circle.write()
    circle.sheet.given_up_at = clock.now()


@pytest.mark.parametrize(
    ("life", "is_draft"),
    [(draft, True), (proposed, False), (withdrawn, None), (given_up, None), (lambda _: None, None)],
)
def test_what_was_put_to_the_collective_is_followed_and_a_draft_when_nothing_was(circle, life, is_draft) -> None:
    life(circle)
    followed = found.content_to_follow(circle.access, clock.now())
    if is_draft is None:
        assert followed is None
        return
    assert (followed.is_draft, followed.content, followed.meeting) == (is_draft, factories.content(), circle.meeting)


def test_a_text_that_was_erased_is_not_followed_as_a_draft(circle: Circle) -> None:
    circle.write_and_propose()
    vault.destroy_key(circle.access.version.key_id)
    circle.access.version.body = b""
    assert found.content_to_follow(circle.access, clock.now()) is None


def test_a_question_alone_is_no_draft_to_follow(circle: Circle) -> None:
    circle.write(SheetContent("Comment dire ?"))
    assert found.content_to_follow(circle.access, clock.now()) is None


def test_a_debrief_opens_on_the_latest_shared_sheet_before_it_else_on_the_latest_draft(circle: Circle) -> None:
    def later(number: int, days: int) -> Meeting:
        return factories.meeting(circle.collective, number=number, starts_at=circle.meeting.starts_at + days * DAY)

    second, third, fourth = later(2, 7), later(3, 14), later(4, 21)
    for each in (circle.meeting, second, fourth):
        seal_text(sheet(each).sheet, SynthesisSheet.draft, factories.content().to_json())

    def opened() -> tuple[int, bool] | None:
        sheets = [sheet(each) for each in (circle.meeting, second, third, fourth)]
        followed = found.sheet_before(third, sheets, clock.now())
        return (followed.meeting.number, followed.is_draft) if followed else None

    assert opened() == (2, True)
    circle.propose()
    assert opened() == (1, False)
    assert found.sheet_before(circle.meeting, [circle.access, sheet(second)], clock.now()) is None
