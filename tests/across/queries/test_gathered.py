"""What is gathered for a page is what each question would have answered by itself, and is forgotten afterwards."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask

from collectifs.across.queries.gathered import gather
from collectifs.collectives.models import Collective, Meeting
from collectifs.collectives.queries.collectives import degree_of, get_collective, members_of
from collectifs.collectives.queries.facts import mix_lines
from collectifs.kernel import clock
from collectifs.kernel.audit import ask
from collectifs.kernel.extensions import db, only_reading
from collectifs.kernel.queries.jobs import mails_of_proposal
from collectifs.kernel.queries.reading import Once
from collectifs.meetings.models import SynthesisSheet
from collectifs.meetings.queries.attendance import attendance_of
from collectifs.meetings.queries.meetings import cancelled_in, facts_of, meetings_of, presences_of
from collectifs.meetings.queries.presences import memberships_by_user
from collectifs.sheets.domain.work import MailSheetProposed
from collectifs.sheets.models import Objection
from collectifs.sheets.queries.consent import open_objections, presenter_answer
from collectifs.sheets.queries.sheets import (
    get_sheet,
    open_proposal,
    sheet_ids_of,
    sheet_of_meeting,
    submitted_copy,
    was_there,
)
from tests import factories, world

BY_COLLECTIVE = (
    get_collective,
    members_of,
    meetings_of,
    cancelled_in,
    presences_of,
    sheet_ids_of,
    mix_lines,
    memberships_by_user,
    degree_of,
)
BY_MEETING = (sheet_of_meeting, attendance_of, was_there)
BY_SHEET = (get_sheet, open_proposal, submitted_copy)
BY_PROPOSAL = (open_objections, presenter_answer, mails_of_proposal)


@pytest.fixture
def here(app: Flask) -> world.World:
    """The world, and what it lacks: a meeting that was cancelled, somebody who came back, mails that wait."""
    here = world.build()
    ours = db.session.get_one(Collective, here.ids["collective_id"])
    factories.meeting(ours, number=9, cancelled_at=clock.now())
    back = here.people["former"]
    factories.membership(back, ours, consents=False, starts_at=clock.now() - timedelta(days=1))
    proposal = open_proposal(here.sheets["proposed"].id)
    proposal.proposed_at = clock.now() - timedelta(days=9)
    ask(MailSheetProposed(back.id, here.sheets["proposed"].id, proposal.id))
    factories.add(
        Objection(
            proposal_id=proposal.id,
            member_id=back.id,
            about="transmission",
            key_id=here.sheets["proposed"].key_id,
            sentence=b"",
            raised_at=clock.now(),
        )
    )
    db.session.commit()
    return here


def answers(here: world.World) -> dict[tuple[str, UUID], object]:
    """Every question, about everything."""
    found: dict[tuple[str, UUID], object] = {}

    def ask(query: Once, about: object, key: UUID) -> None:
        found[query.__name__, key] = query(about)

    collective_id = here.ids["collective_id"]
    for query in BY_COLLECTIVE:
        ask(query, collective_id, collective_id)
    for row in db.session.query(Meeting).filter_by(collective_id=collective_id).order_by(Meeting.id):
        ask(facts_of, row, row.id)
        for query in BY_MEETING if row.cancelled_at is None else (sheet_of_meeting,):
            ask(query, row.id, row.id)
    for sheet_id in [row.id for row in here.sheets.values()]:
        for query in BY_SHEET:
            ask(query, sheet_id, sheet_id)
        proposal = open_proposal(sheet_id)
        for query in BY_PROPOSAL if proposal else ():
            ask(query, proposal.id, proposal.id)
    return found


def test_each_answer_is_the_one_that_the_question_alone_gives(here: world.World) -> None:
    alone = answers(here)
    with only_reading():
        gather([here.ids["collective_id"]])
        known = [query.knows(here.ids["collective_id"]) for query in BY_COLLECTIVE]
        gathered = answers(here)
    assert all(known)
    assert set(gathered) == set(alone)
    for about, answer in alone.items():
        assert gathered[about] == answer, about
    db.session.rollback()


def test_a_question_is_asked_once_while_reading_and_each_time_while_writing(app: Flask) -> None:
    asked = []

    @Once
    def number(about: int) -> int:
        asked.append(about)
        return len(asked)

    assert [number(1), number(1)] == [1, 2]
    with only_reading():
        assert [number(1), number(1), number(2)] == [3, 3, 4]
    assert number(1) == 5


def test_what_was_read_is_forgotten_with_its_transaction(app: Flask) -> None:
    row = factories.collective(name="Les Tilleuls")
    db.session.commit()
    with only_reading():
        before = get_collective(row.id)
        assert get_collective(row.id) is before
        db.session.rollback()
        assert get_collective(row.id) is not before
        db.session.rollback()


def test_a_page_that_writes_sees_what_it_wrote(app: Flask) -> None:
    row = factories.collective()
    assert len(members_of(row.id)) == 1
    factories.membership(factories.user(), row)
    assert len(members_of(row.id)) == 2


def test_a_sheet_brings_its_collective_with_it(here: world.World) -> None:
    with only_reading():
        get_sheet(here.sheets["proposed"].id)
        assert sheet_ids_of.knows(here.ids["collective_id"])
        assert all(open_proposal.knows(row.id) for row in db.session.query(SynthesisSheet))
        db.session.rollback()
