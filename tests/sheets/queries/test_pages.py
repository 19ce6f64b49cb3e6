"""What the pages of a collective read: the same for several as for each alone, and what was just written in it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import InvalidRequestError

from collectifs.collectives.models import Collective, Membership
from collectifs.collectives.queries.collectives import accesses_to, get_collective, members_of
from collectifs.collectives.services.collectives import accept_charter, leave_collective
from collectifs.kernel import clock
from collectifs.kernel.audit import ask
from collectifs.kernel.extensions import Base, db
from collectifs.meetings.queries.meetings import MeetingAccess, attendance_of, facts_of, presences_of
from collectifs.sheets.domain.life import About
from collectifs.sheets.domain.work import MailSheetProposed
from collectifs.sheets.queries.pages import collective_page, collective_pages
from collectifs.sheets.queries.sheets import SheetAccess, agreed_among, get_sheet, is_agreed, sheet_at, sheets_of
from collectifs.sheets.services.consent import lift_objection, object_to_sheet
from tests import factories, world
from tests.circle import Circle


@pytest.fixture
def here(app: Flask) -> world.World:
    """The world, and what it lacks: a meeting that was cancelled, somebody who came back, mails that wait."""
    here = world.build()
    ours = db.session.get_one(Collective, here.ids["collective_id"])
    factories.meeting(ours, number=9, cancelled_at=clock.now())
    back = here.people["former"]
    factories.membership(back, ours, consents=False, starts_at=clock.now() - timedelta(days=1))
    proposal = get_sheet(here.sheets["proposed"].id).proposal
    proposal.proposed_at = clock.now() - timedelta(days=9)
    ask(MailSheetProposed(back.id, here.sheets["proposed"].id, proposal.id))
    db.session.commit()
    return here


def test_pages_of_several_collectives_hold_what_the_page_of_each_holds(here: world.World) -> None:
    ids = list(db.session.scalars(select(Collective.id).order_by(Collective.id)))
    assert len(ids) > 1
    together = collective_pages(accesses_to(ids))
    assert [page.access.collective.id for page in together] == ids
    for page in together:
        alone = collective_page(get_collective(page.access.collective.id))
        assert (page.access, page.series) == (alone.access, alone.series)
        assert [known(each) for each in page.sheets] == [known(each) for each in alone.sheets]


def test_the_page_of_a_collective_holds_what_each_question_alone_answers(here: world.World) -> None:
    page = collective_page(get_collective(here.ids["collective_id"]))
    assert [each.cancelled_at is None for each in page.series.cancelled] == [False]
    assert [each.meeting.id for each in page.sheets] == [each.id for each in page.series.meetings]
    assert page.presences == presences_of(page.access.collective.id)
    for sheet in page.sheets:
        assert page.series.held(sheet.meeting.id) == facts_of(sheet.meeting)
        assert known(sheet) == get_sheet(sheet.sheet.id) == sheet_at(MeetingAccess(sheet.meeting, page.access))
        assert sheet.attendance == attendance_of(sheet.meeting.id)
        assert is_agreed(sheet.meeting.id, clock.now()) is (sheet.life.agreed_at(clock.now()) is not None)
        agreed = agreed_among([sheet.meeting.id], clock.now())
        assert agreed == ({sheet.meeting.id} if sheet.life.agreed_at(clock.now()) else set())
    assert [each.life.mails_waiting for each in page.sheets if each.proposal].count(True) == 1


def known(sheet: SheetAccess) -> SheetAccess:
    """The same with its rows as the session knows them: what a list told of them is what stands there."""
    rows = {name: at_home(getattr(sheet, name)) for name in ("sheet", "meeting", "proposal", "version", "copy")}
    assert sheet.proposal is None or at_home(sheet.proposal.version) is rows["version"]
    return replace(sheet, **rows, objections=tuple(map(at_home, sheet.objections)))


def at_home(row: Any) -> Any:
    """The row of which a list told some columns."""
    if row is None:
        return None
    told, found = dict(vars(row)), db.session.get_one(type(row), row.id)
    del told["_sa_instance_state"]
    told = {key: value for key, value in told.items() if key not in ("version", "open_objections")}
    assert told == {key: getattr(found, key) for key in told}
    return found


def test_no_collective_asks_nothing_and_shows_nothing(app: Flask) -> None:
    assert collective_pages(accesses_to([])) == []


def test_who_was_just_added_accepted_or_left_is_read_at_once(app: Flask) -> None:
    row = factories.collective()
    came = factories.user("Maud", "Le Bihan")
    assert came.id not in get_collective(row.id).member_ids
    factories.membership(came, row, consents=False)
    assert came.id in get_collective(row.id).member_ids - get_collective(row.id).consent_ids
    accept_charter(get_collective(row.id), now=clock.now(), by=factories.person(came))
    assert [each.has_accepted for each in members_of(row.id) if each.user_id == came.id] == [True]
    leave_collective(get_collective(row.id), now=clock.now(), by=factories.person(came))
    assert came.id not in get_collective(row.id).member_ids
    assert came.id in [each.id for each in get_collective(row.id).everybody]


def test_an_objection_is_read_at_once_and_gone_once_lifted(app: Flask) -> None:
    circle = Circle()
    circle.write_and_propose()
    odile = factories.person(circle.odile)
    before = get_sheet(circle.sheet.id)
    object_to_sheet(before, about=About.TEXT, sentence="", now=clock.now(), by=odile)
    held = get_sheet(circle.sheet.id)
    assert set(held.objections_by(odile.id)) == {About.TEXT}
    assert (before.life.text_objections, held.life.text_objections) == (0, 1)
    lift_objection(held, about=About.TEXT, now=clock.now(), by=odile)
    assert get_sheet(circle.sheet.id).objections == ()


def test_the_sheets_of_a_collective_are_none_of_another(here: world.World) -> None:
    for row in db.session.scalars(select(Collective).order_by(Collective.id)).all():
        assert {each.meeting.collective_id for each in sheets_of(get_collective(row.id))} <= {row.id}


def test_a_neighbour_that_no_query_brought_raises(here: world.World) -> None:
    db.session.expunge_all()
    row = db.session.scalars(select(Membership).order_by(Membership.id)).first()
    with pytest.raises(InvalidRequestError, match="lazy"):
        row.user.family_name  # noqa: B018


def test_every_neighbour_is_only_read_and_is_loaded_by_name() -> None:
    neighbours = [each for mapper in Base.registry.mappers for each in mapper.relationships]
    assert len(neighbours) > 10
    assert {str(each) for each in neighbours if each.lazy != "raise" or not each.viewonly} == set()
