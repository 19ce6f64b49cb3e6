"""Closed lists in the database: a word of the list, as it always stood there, and nothing else."""

from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import Column, Enum, String, insert, literal_column, select, update
from sqlalchemy.exc import StatementError

from collectifs.kernel import clock
from collectifs.kernel.extensions import db
from collectifs.meetings.domain.attendance import AttendanceState
from collectifs.meetings.models import Attendance
from tests import factories

# Short texts that are no closed list: codes, names, what another program or another file decides.
OPEN = {
    "draft_groups.code",  # the letter of a collective of a draft
    "draft_moves.from_code",
    "draft_moves.to_code",
    "draft_places.code",
    "drafts.digest",  # a hash
    "worker_breaths.build",  # a hash of files
    "audit_events.kind",  # one word for each act; new ones come with each feature
    "audit_events.object_kind",  # the name of a table
    "collectives.canvas_id",  # a canvas of the library
    "meetings.canvas_id",
    "meetings.spare_id",
    "resource_amendments.resource_id",  # a resource of the library
    "jobs.kind",
    "mail_choices.kind",  # as in the rows of jobs
    "held_mails.kind",
    "jobs.token",
    "territories.code",
    "engagements.code",  # drawn at random
    "tutored_codes.code",  # of the tutor's own, in a shape where no name fits
    "territories.scheme_number",  # as training software writes them
    "territories.module_number",
    "territories.zone",  # as the package of school holidays names them
    "territories.timezone",
    "collectives.code",
    "submitted_sheets.collective_code",
    "submitted_tags.code",  # of the list that its axis names: a card of the library, a concern, a domain
    "saved_filters.name",  # its owner's own
    "memberships.phone",
    *("memberships.work_insee", "memberships.home_insee", "meetings.insee", "date_options.insee"),  # codes of INSEE
    "memberships.uai",
    *("candidacies.uai", "call_partners.uai", "candidacies.work_insee", "candidacies.home_insee"),
    "call_partners.slug",  # the letters of a link
    "event_partners.slug",  # as well
    *("workshops.canvas_id", "book_chapters.canvas_id"),  # a canvas of the library
    "users.mail_delay",
    "users.address_refusal",  # what a mail server said
    "users.demo_circle",
}


def columns() -> list[Column[Any]]:
    return [column for table in db.metadata.sorted_tables for column in table.columns]


def test_a_short_text_is_a_word_of_a_list_or_said_to_be_open(app: Flask) -> None:
    short = {
        f"{column.table.name}.{column.name}"
        for column in columns()
        if isinstance(column.type, String) and not isinstance(column.type, Enum) and (column.type.length or 99) <= 60
    }
    assert {name for name in short if not name.endswith("key_id")} == OPEN


@pytest.fixture
def attendance(app: Flask) -> Attendance:
    who = factories.user()
    meeting = factories.meeting(factories.collective(members=[who]))
    return factories.add(
        Attendance(meeting_id=meeting.id, user_id=who.id, state=AttendanceState.LATE, marked_at=clock.now())
    )


def test_the_word_stands_in_the_database_as_it_always_did(attendance: Attendance) -> None:
    assert db.session.scalar(select(literal_column("state", String)).select_from(Attendance)) == "late"
    assert db.session.scalars(select(Attendance.state)).one() is AttendanceState.LATE


def test_a_word_that_is_not_in_the_list_is_refused(attendance: Attendance) -> None:
    attendance.state = "asleep"  # type: ignore[assignment]
    with pytest.raises(StatementError, match="asleep"):
        db.session.flush()
    db.session.rollback()


def test_it_is_refused_where_rows_are_written_at_once(attendance: Attendance) -> None:
    row = {"id": uuid4(), "meeting_id": attendance.meeting_id, "user_id": attendance.user_id, "marked_at": clock.now()}
    for statement in (insert(Attendance).values(state="asleep", **row), update(Attendance).values(state="asleep")):
        with pytest.raises(StatementError, match="asleep"):
            db.session.execute(statement)


def test_a_gesture_that_this_version_does_not_know_is_read_and_never_written(app: Flask) -> None:
    meeting = factories.meeting(factories.collective())
    event = factories.event(meeting, "paused")
    factories.of_another_version(event, "anthem_sung")
    assert event.kind == "anthem_sung"
    event.kind = "bell_rung"
    with pytest.raises(StatementError, match="bell_rung"):
        db.session.flush()
    db.session.rollback()
